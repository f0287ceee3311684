/** What a plan was drawn for, as chips: changing one has it drawn again. */
import { directionChip, goalChip } from "./assumptions.js";
import { fetched, inLanguage } from "./card_parts.js";
import { chip, isTime, openGuidedChoices, openTimeForm, timeText } from "./chips.js";
import { element, icon, said } from "./dom.js";
import { live, say, tagOf } from "./interface.js";
import { SUBJECTS } from "./plan_words.js";
import { idsOf, levelName } from "./vocabulary.js";

const HINT = "plan_wish_hint";
const TIME = { some: "plan_time_chip", none: "time_chip_none" };
const TIME_FORM = { hint: HINT, apply: "plan_again", weeks: "weeks_ahead_field" };

/** The most weeks and hours a week that a plan is drawn for. */
export const MOST = { weeks: 260, hours: 100 };

/** The chips for `request` with the time that is left; `choose` is called with the fields to change. */
export function planChips(request, weeksLeft, choose) {
  return element(
    "div.chips",
    {},
    goalChip(request, choose, HINT),
    directionChip(request, choose, HINT),
    timeChip({ weeks: weeksLeft, hours_per_week: request.hours_per_week }, choose),
    ...SUBJECTS.map((subject) =>
      levelChip(subject, request.background[subject.id], (level) =>
        choose({ background: { [subject.id]: level } }),
      ),
    ),
    pairChip(BUDGETS, request.budget, (budget) => choose({ budget })),
    pairChip(LANGUAGES, request.language, (code) => choose({ language: code })),
  );
}

/** A row for each course that was put in place of another; `undo(swap)` takes it back. */
export function swapRows(swaps, undo) {
  const rows = swaps.map((swap) => {
    const words = live(element("span"), () => say("plan_swapped", swap));
    nameCourses(words, swap);
    const attributes = { type: "button", onclick: () => undo(swap) };
    const back = element("button.plan-undo", attributes, icon("close"));
    live(back, () => say("plan_swap_undo"), "aria-label");
    live(back, () => say("plan_swap_undo"), "title");
    return element("li", {}, words, back);
  });
  return rows.length ? element("ul.plan-swaps", {}, ...rows) : null;
}

const BUDGETS = {
  name: "budget",
  menu: "plan_budget_menu",
  options: { any: "plan_budget_any", free: "plan_budget_free" },
};
const LANGUAGES = {
  name: "language",
  menu: "plan_language_menu",
  options: { zh: "plan_language_zh", en: "plan_language_en" },
};

function timeChip(known, choose) {
  const open = (opener) => openTimeForm(opener, known, choose, TIME_FORM, MOST);
  return chip("time", () => timeText(known, TIME), isTime(known), open, "dialog");
}

function levelChip(subject, level, choose) {
  const name = () => (level ? levelName(level) : say("plan_level_unsaid"));
  const choices = () =>
    idsOf("levels").map((id) => ({
      label: levelName(id),
      chosen: id === level,
      act: () => choose(id),
    }));
  const text = () => say("plan_level_chip", { subject: say(subject.text), level: name() });
  return chip(subject.id, text, Boolean(level), (opener) =>
    openGuidedChoices(opener, subject.menu, HINT, choices()),
  );
}

/** A chip for one of two, which is always known. */
function pairChip({ name, menu, options }, present, choose) {
  const choices = () =>
    Object.entries(options).map(([id, option]) => ({
      label: say(option),
      chosen: id === present,
      act: () => choose(id),
    }));
  return chip(name, () => say(options[present]), true, (opener) => openGuidedChoices(opener, menu, HINT, choices()));
}

/** Puts the titles of the courses of a swap in place of their ids, once they are known. */
async function nameCourses(node, { away, to }) {
  const [left, taken] = await Promise.all([fetched("course", away), fetched("course", to)]);
  if (left && taken) {
    live(node, () => say("plan_swapped", { away: inLanguage(left.title), to: inLanguage(taken.title) }));
  }
}
