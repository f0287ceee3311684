/** Chips that show what is known of the learner, and the menus by which it is changed. */
import { button, element, icon, said } from "./dom.js";
import { live, say } from "./interface.js";
import { openChoices, openMenu } from "./menu.js";

const ANY_DIRECTION = "general"; // Having none says the same, and shuts out no course.

export const NO_TIME = { weeks: null, hours_per_week: null };

/** The ids of the directions that narrow anything down, of all `ids`. */
export const narrowing = (ids) => ids.filter((id) => id !== ANY_DIRECTION);

/** A chip called `name` with a live `text`; `open(chip)` is called when it is pressed. */
export function chip(name, text, known, open, popup = "menu") {
  const label = live(element("span"), text);
  const attributes = { type: "button", "aria-haspopup": popup, "aria-expanded": "false" };
  const node = element("button.chip", { ...attributes, data: { chip: name } });
  node.append(icon(known ? "edit" : "plus"), label);
  node.classList.toggle("unknown", !known);
  node.addEventListener("click", () => open(node));
  return node;
}

/** A menu of `choices` under a title; `hint` names the text that says what choosing does. */
export function openGuidedChoices(opener, key, hint, choices) {
  openChoices(opener, say(key), choices, title(key, hint));
}

/** What the time chip says of `time`, or `none` where nothing is known of it. */
export function timeText({ weeks, hours_per_week: hours }, { some, none }) {
  const parts = [];
  if (weeks !== null) {
    parts.push(say(weeks === 1 ? "week" : "weeks", { n: weeks }));
  }
  if (hours !== null) {
    parts.push(say("hours_a_week", { n: hours }));
  }
  return parts.length ? say(some, { time: parts.join(say("comma")) }) : say(none);
}

/** Whether anything is known of the time. */
export function isTime({ weeks, hours_per_week: hours }) {
  return weeks !== null || hours !== null;
}

/**
 * A small form for the time that is `known`. `choose` is called with the fields; `words` names the
 * texts that say what it does, and `most` the most weeks and hours that may be.
 */
export function openTimeForm(opener, known, choose, words, most = { weeks: 520, hours: 112 }) {
  const weeksField = numberField("weeks", words.weeks, known.weeks, most.weeks);
  const hoursField = numberField("hours", "hours_field", known.hours_per_week, most.hours);
  const form = element(
    "form.time-form",
    { role: "dialog", "aria-label": say("time_menu") },
    title("time_menu", words.hint),
    element("div.fields", {}, weeksField, hoursField),
    element(
      "div.sheet-buttons",
      {},
      isTime(known) ? button("button.quiet", "time_clear", () => end(NO_TIME)) : null,
      said("button.primary", words.apply, {}, { type: "submit" }),
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

/** A field for a number of half steps, at most `most`. */
export function numberField(name, key, value, most) {
  const limits = { min: "0.5", max: String(most), step: "0.5", inputmode: "decimal" };
  const input = element("input", { type: "number", name, ...limits, value: value ?? null });
  return element("label.field", {}, said("span", key), input);
}

/** The number in `field`, or null. */
export function valueOf(field) {
  const { value } = field.querySelector("input");
  return value === "" ? null : Number(value);
}

function title(key, hint) {
  return element("div.menu-head", {}, said("h2", key), said("p.hint", hint));
}
