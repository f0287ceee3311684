/** One step of a week: a course or the own project, its parts to tick, why, and what else would do. */
import { citationMark } from "./citation_marks.js";
import { element, icon, outsideLink, said } from "./dom.js";
import { live, say, tagOf } from "./interface.js";
import { openChoices } from "./menu.js";
import { difference, hoursText, isEstimated, moduleHours } from "./plan_words.js";

/**
 * The step as `{element, boxes}`, `boxes` being its checkboxes as `{box, parts}`. `citations` are
 * those of the plan by number, `code` is its language; `tick(parts, done)` and `swap(away, to)`
 * are called for what is chosen.
 */
export function planStep(step, week, { citations, code, tick, swap }) {
  const parts = partsOf(step, week);
  const boxes = [];
  const box = (each) => {
    const node = element("input", { type: "checkbox" });
    node.addEventListener("change", () => tick(each, node.checked));
    boxes.push({ box: node, parts: each });
    return node;
  };
  const lang = tagOf(code);
  const hours = live(element("span.hours"), () => hoursText(step.hours, isEstimated(step)));
  const title = element("span.step-title", { lang }, step.title);
  const head = element(
    "div.step-head",
    {},
    element("label.tick", {}, box(parts), title),
    element("span.step-side", {}, hours, courseLink(step), swapButton(step, swap)),
  );
  const modules = step.modules.map((module) => moduleRow(module, lang, parts.length > 1 && box));
  const list = modules.length ? element("ul.parts", {}, ...modules) : null;
  const node = element(`div.step.${step.kind}`, {}, head, list, because(step, lang, citations));
  return { element: node, boxes };
}

/** A sentence that says why, with the numbers of its sources. */
export function because({ why, citations: numbers }, lang, citations) {
  const marks = numbers.flatMap((number) => citations.get(number) ?? []).map(citationMark);
  return element("p.why", {}, element("span", { lang }, why), element("span.kept", {}, ...marks));
}

function partsOf({ course, modules }, week) {
  return course === null ? [`project/${week.number}`] : modules.map((module) => module.key);
}

function moduleRow(module, lang, box) {
  const title = element("span.part-title", { lang }, module.title);
  const hours = live(element("span.hours"), () => moduleHours(module));
  const words = [title, hours];
  return element("li", {}, box ? element("label.tick", {}, box([module.key]), ...words) : row(words));
}

function row(words) {
  return element("span.untickable", {}, ...words);
}

function courseLink({ url, title }) {
  if (!url) {
    return null;
  }
  const link = outsideLink("a.round.small", url, icon("outside"));
  live(link, () => say("plan_open_course", { title }), "aria-label");
  return live(link, () => say("plan_open_course", { title }), "title");
}

function swapButton({ course, title, alternatives }, swap) {
  if (!alternatives.length) {
    return null;
  }
  const node = element("button.round.small", { type: "button", "aria-haspopup": "menu" }, icon("swap"));
  live(node, () => say("plan_swap", { title }), "aria-label");
  live(node, () => say("plan_swap", { title }), "title");
  node.addEventListener("click", () => {
    const choices = alternatives.map((other) => ({
      label: otherLabel(other),
      act: () => swap(course, other.course),
    }));
    const head = element(
      "div.menu-head",
      {},
      said("h2", "plan_swap_menu", { title }),
      said("p.hint", "plan_swap_hint"),
    );
    openChoices(node, say("plan_swap_menu", { title }), choices, head);
  });
  return node;
}

function otherLabel({ title, hours, free }) {
  const price = say(free ? "plan_is_free" : "plan_costs");
  return say("plan_other", { title, price, hours: difference(hours) });
}
