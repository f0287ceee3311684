/** What an answer assumes about the learner, as chips by which it can be changed. */
import { button, element, icon, said } from "./dom.js";
import { language, live, say } from "./interface.js";
import { openChoices, openMenu } from "./menu.js";
import { directionName, goalName, idsOf } from "./vocabulary.js";

const ANY_DIRECTION = "general"; // Having none says the same, and shuts out no course.
const NO_TIME = { weeks: null, hours_per_week: null };

/**
 * The chips for `learner`. `changed` names the fields that are other than in the turn before;
 * `choose` is called with the fields of a wish, such as `{goal: "job"}`; null takes one back.
 */
export function assumptionChips(learner, changed, choose) {
  const chips = [
    goalChip(learner, choose),
    timeChip(learner, choose),
    directionChip(learner, choose),
  ];
  const fields = [["goal"], ["weeks", "hours_per_week"], ["direction"]];
  chips.forEach((chip, at) => {
    chip.classList.toggle(
      "changed",
      fields[at].some((field) => changed.includes(field)),
    );
  });
  return element("div.chips", {}, ...chips);
}

function goalChip({ goal, goal_reason: reason, language: code }, choose) {
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
    openGuidedChoices(opener, "goal_menu", choices()),
  );
}

function directionChip({ direction }, choose) {
  const text = () =>
    direction
      ? say("direction_chip", { name: directionName(direction) })
      : say("direction_chip_none");
  const ids = () => idsOf("directions").filter((id) => id !== ANY_DIRECTION);
  const act = (id) => () => choose({ direction: id });
  const choices = () => [
    ...ids().map((id) => choice(directionName(id), id === direction, act(id))),
    ...(direction ? [choice(say("direction_none"), false, act(null))] : []),
  ];
  const open = (opener) => openGuidedChoices(opener, "direction_menu", choices());
  return chip("direction", text, Boolean(direction), open);
}

function timeChip({ weeks, hours_per_week: hours }, choose) {
  const text = () => {
    const parts = [];
    if (weeks !== null) {
      parts.push(say(weeks === 1 ? "week" : "weeks", { n: weeks }));
    }
    if (hours !== null) {
      parts.push(say("hours_a_week", { n: hours }));
    }
    return parts.length
      ? say("time_chip", { time: parts.join(say("comma")) })
      : say("time_chip_none");
  };
  return chip(
    "time",
    text,
    isTime({ weeks, hours_per_week: hours }),
    (opener) => openTimeForm(opener, { weeks, hours }, choose),
    "dialog",
  );
}

function chip(name, text, known, open, popup = "menu") {
  const label = live(element("span"), text);
  const attributes = { type: "button", "aria-haspopup": popup, "aria-expanded": "false" };
  const node = element("button.chip", { ...attributes, data: { chip: name } });
  node.append(icon(known ? "edit" : "plus"), label);
  node.classList.toggle("unknown", !known);
  node.addEventListener("click", () => open(node));
  return node;
}

function choice(label, chosen, act) {
  return { label, chosen, act };
}

function openGuidedChoices(opener, key, choices) {
  openChoices(opener, say(key), choices, title(key));
}

function title(key) {
  return element("div.menu-head", {}, said("h2", key), said("p.hint", "wish_hint"));
}

function openTimeForm(opener, { weeks, hours }, choose) {
  const known = { weeks, hours_per_week: hours };
  const weeksField = numberField("weeks", "weeks_field", weeks, 520);
  const hoursField = numberField("hours", "hours_field", hours, 112);
  const form = element(
    "form.time-form",
    { role: "dialog", "aria-label": say("time_menu") },
    title("time_menu"),
    element("div.fields", {}, weeksField, hoursField),
    element(
      "div.sheet-buttons",
      {},
      isTime(known) ? button("button.quiet", "time_clear", () => end(NO_TIME)) : null,
      said("button.primary", "apply", {}, { type: "submit" }),
    ),
  );
  const end = (wish) => {
    close();
    if (isTime(wish) || isTime(known)) {
      choose(wish);
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    end({ weeks: valueOf(weeksField), hours_per_week: valueOf(hoursField) });
  });
  const close = openMenu(opener, form);
}

function isTime({ weeks, hours_per_week: hours }) {
  return weeks !== null || hours !== null;
}

function numberField(name, key, value, most) {
  const limits = { min: "0.5", max: String(most), step: "0.5", inputmode: "decimal" };
  const input = element("input", { type: "number", name, ...limits, value: value ?? null });
  return element("label.field", {}, said("span", key), input);
}

function valueOf(field) {
  const { value } = field.querySelector("input");
  return value === "" ? null : Number(value);
}
