/** The weeks of a plan as a timeline, one that is not finished unfolded. */
import { announce } from "./announcer.js";
import { element, said } from "./dom.js";
import { live, say, tagOf } from "./interface.js";
import { planStep } from "./plan_step.js";
import { firstDay, hoursText } from "./plan_words.js";

export class PlanWeeks {
  #weeks;
  #boxes;
  #finished = null;

  /** Draws the weeks of `plan`; `options` are those of `planStep`. */
  constructor(plan, options) {
    const drawn = plan.weeks.map((week) => drawWeek(week, options));
    this.#weeks = drawn;
    this.#boxes = drawn.flatMap((week) => week.boxes);
    this.element = element("ol.weeks", {}, ...drawn.map((week) => week.element));
  }

  /** Shows what is ticked and which weeks are finished. */
  show({ finished, weeks_finished: count }) {
    const done = new Set(finished.map((each) => each.part));
    for (const { box, parts } of this.#boxes) {
      const ticked = parts.filter((part) => done.has(part)).length;
      box.checked = ticked === parts.length;
      box.indeterminate = ticked > 0 && ticked < parts.length;
    }
    this.#weeks.forEach((week) => markWeek(week, count));
    this.#tell(count);
  }

  /** Unfolds the first week that is not finished, and folds the others. */
  unfoldPresent() {
    const present = this.#weeks.find((week) => week.element.classList.contains("present"));
    this.#weeks.forEach((week) => {
      week.details.open = week === present;
    });
  }

  /** Unfolds all weeks, or folds them where they all stood open; whether they are open now. */
  toggle() {
    const open = this.#weeks.some((week) => !week.details.open);
    this.#weeks.forEach((week) => {
      week.details.open = open;
    });
    return open;
  }

  #tell(count) {
    if (this.#finished !== null && count > this.#finished) {
      announce(say("plan_week_done", { n: count }));
    }
    this.#finished = count;
  }
}

function drawWeek(week, options) {
  const lang = tagOf(options.code);
  const steps = week.steps.map((step) => planStep(step, week, options));
  const state = element("span.week-state");
  const summary = element(
    "summary.week-head",
    {},
    said("h3", "plan_week", { n: week.number }),
    state,
    week.starts ? live(element("span.week-day"), () => firstDay(week.starts)) : null,
    live(element("span.hours"), () => hoursText(week.hours)),
    element("span.week-topics", { lang }, topics(week)),
  );
  const parts = steps.map((step) => step.element);
  const details = element("details", {}, summary, ...parts, checkpoint(week, lang));
  return {
    number: week.number,
    element: element("li.week", {}, details),
    details,
    state,
    boxes: steps.flatMap((step) => step.boxes),
  };
}

function markWeek({ number, element: node, state }, count) {
  const finished = number <= count;
  const present = number === count + 1;
  node.classList.toggle("finished", finished);
  node.classList.toggle("present", present);
  live(state, () => (finished ? say("plan_finished") : present ? say("plan_present") : ""));
}

/** What a folded week shows: its modules, or the project where there is nothing else. */
function topics({ steps }) {
  const modules = steps.flatMap((step) => step.modules);
  return (modules.length ? modules : steps).map((each) => each.title).join(" · ");
}

function checkpoint({ checkpoints }, lang) {
  if (!checkpoints.length) {
    return null;
  }
  const items = checkpoints.map((text) => element("li", {}, text));
  return element(
    "div.checkpoint",
    {},
    said("h4", "plan_checkpoint"),
    element("ul", { lang }, ...items),
  );
}
