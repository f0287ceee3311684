/** What an answer assumes about the learner, as chips by which it can be changed. */
import { chip, isTime, narrowing, openGuidedChoices, openTimeForm, timeText } from "./chips.js";
import { element } from "./dom.js";
import { language, say } from "./interface.js";
import { directionName, goalName, idsOf } from "./vocabulary.js";

const HINT = "wish_hint";
const TIME = { some: "time_chip", none: "time_chip_none" };
const TIME_FORM = { hint: HINT, apply: "apply", weeks: "weeks_field" };

/**
 * The chips for `learner`. `changed` names the fields that are other than in the turn before;
 * `choose` is called with the fields of a wish, such as `{goal: "job"}`; null takes one back.
 */
export function assumptionChips(learner, changed, choose) {
  const chips = [
    goalChip(learner, choose, HINT),
    timeChip(learner, choose),
    directionChip(learner, choose, HINT),
  ];
  const fields = [["goal"], ["weeks", "hours_per_week"], ["direction"]];
  chips.forEach((each, at) => {
    each.classList.toggle(
      "changed",
      fields[at].some((field) => changed.includes(field)),
    );
  });
  return element("div.chips", {}, ...chips);
}

/** The chip for the goal; `hint` names the text that says what choosing another does. */
export function goalChip({ goal, goal_reason: reason, language: code }, choose, hint) {
  const text = () => {
    if (!goal) {
      return say("goal_chip_none");
    }
    // The reason comes in the language of the answer only.
    const key = reason && code === language() ? "goal_chip" : "goal_chip_plain";
    return say(key, { name: goalName(goal), reason });
  };
  const choices = () => [
    ...idsOf("goals").map((id) => choice(goalName(id), id === goal, () => choose({ goal: id }))),
    ...(goal ? [choice(say("goal_none"), false, () => choose({ goal: null }))] : []),
  ];
  return chip("goal", text, Boolean(goal), (opener) =>
    openGuidedChoices(opener, "goal_menu", hint, choices()),
  );
}

/** The chip for the direction, like the one for the goal. */
export function directionChip({ direction }, choose, hint) {
  const text = () =>
    direction
      ? say("direction_chip", { name: directionName(direction) })
      : say("direction_chip_none");
  const act = (id) => () => choose({ direction: id });
  const choices = () => [
    ...narrowing(idsOf("directions")).map((id) =>
      choice(directionName(id), id === direction, act(id)),
    ),
    ...(direction ? [choice(say("direction_none"), false, act(null))] : []),
  ];
  return chip("direction", text, Boolean(direction), (opener) =>
    openGuidedChoices(opener, "direction_menu", hint, choices()),
  );
}

function timeChip({ weeks, hours_per_week: hours }, choose) {
  const known = { weeks, hours_per_week: hours };
  const open = (opener) => openTimeForm(opener, known, choose, TIME_FORM);
  return chip("time", () => timeText(known, TIME), isTime(known), open, "dialog");
}

function choice(label, chosen, act) {
  return { label, chosen, act };
}
