/** The names of goals, directions, topics, stances and platforms, from the server. */
import { language } from "./interface.js";
import { requestJson } from "./service.js";

const EMPTY = { goals: [], directions: [], levels: [], topics: [], platforms: [] };
let vocabulary = EMPTY;

/** Fetches the names; until then, and without them, ids stand for themselves. */
export async function loadVocabulary() {
  vocabulary = { ...EMPTY, ...(await requestJson("GET", "/v1/vocabulary")) };
}

/** The ids of all goals, directions or levels, in the order of the server. */
export const idsOf = (kind) => vocabulary[kind].map((entry) => entry.id);

export const goalName = (id) => name(vocabulary.goals, id);
export const directionName = (id) => name(vocabulary.directions, id);
export const levelName = (id) => name(vocabulary.levels, id);
export const topicName = (id) => name(vocabulary.topics, id);
export const platformName = (id) => name(vocabulary.platforms, id);

/** What the people of one side of a topic do: "主张直接开始", "advise starting right away". */
export function stanceLabel(topic, stance) {
  const entry = vocabulary.topics.find((each) => each.id === topic);
  return name(entry?.stances ?? [], stance);
}

function name(entries, id) {
  const entry = entries.find((each) => each.id === id);
  return entry?.[language()] ?? id;
}
