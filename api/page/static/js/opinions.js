/** The split of opinion: for each topic a bar of its sides, and everybody by name. */
import { element, said } from "./dom.js";
import { languageTag, live, say } from "./interface.js";
import { nameOf } from "./source_names.js";
import { stanceLabel, topicName } from "./vocabulary.js";
import { openSide } from "./voice_card.js";

/**
 * The sides of each topic of `answer`. `read` is called with a voice and its side,
 * `{topic, stance, guessed}`, when somebody is chosen.
 */
export function opinionSections(answer, read) {
  const topics = new Map();
  for (const side of answer.positions) {
    topics.set(side.topic, [...(topics.get(side.topic) ?? []), side]);
  }
  return [...topics].map(([topic, sides]) => {
    const oneSided = answer.one_sided.includes(topic);
    return section(topic, sides, oneSided, read);
  });
}

function section(topic, sides, oneSided, read) {
  const heading = live(element("h3"), () => say("opinions", { topic: topicName(topic) }));
  const guessed = sides.some((side) => side.perspectives.some((voice) => voice.guessed));
  return element(
    "section.opinions",
    {},
    heading,
    element("div.bar", {}, ...sides.map((side) => segment(side, read))),
    element("ul.sides", {}, ...sides.map((side) => row(side, read))),
    oneSided ? said("p.one-sided", "one_sided") : null,
    guessed ? said("p.hint", "guessed_legend") : null,
  );
}

function segment({ topic, stance, perspectives: voices }, read) {
  const n = voices.length;
  const open = () =>
    openSide(topic, stance, voices, (voice) => read(voice, sideOf(topic, stance, voice)));
  const attributes = { type: "button", data: { stance }, onclick: open };
  const node = element("button.segment", attributes, String(n));
  node.style.flexGrow = String(n);
  const label = () => say("segment_label", { label: stanceLabel(topic, stance), n });
  return live(live(node, label, "aria-label"), label, "title");
}

function row({ topic, stance, perspectives: voices }, read) {
  const label = live(element("span.side-label"), () => stanceLabel(topic, stance));
  const count = said("span.count", "people_count", { n: voices.length });
  const names = voices.map((voice) =>
    person(voice, () => read(voice, sideOf(topic, stance, voice))),
  );
  return element(
    "li.side",
    { data: { stance } },
    element("p.side-head", {}, label, count),
    element("p.names", {}, ...names),
  );
}

function sideOf(topic, stance, { guessed }) {
  return { topic, stance, guessed };
}

function person({ author, citation, guessed }, act) {
  const name = nameOf(author);
  const node = element(
    "button.name",
    { type: "button", lang: languageTag(name), onclick: act },
    name,
  );
  if (guessed) {
    node.append(element("span.guess", {}, "?"));
    live(node, () => say("guessed"), "title");
  }
  if (citation) {
    node.append(element("span.number", {}, String(citation)));
  }
  return node;
}
