/** What stands under the weeks of a plan: what was left out, notes, what is done, the sources. */
import { sourceList } from "./answer_end.js";
import { button, element, said } from "./dom.js";
import { live, tagOf } from "./interface.js";
import { because } from "./plan_step.js";
import { figure, hoursText, leftReason } from "./plan_words.js";

/**
 * The parts for `plan`. `open(citation)` is called with a chosen source, `undo(key)` with a module
 * that is not finished after all.
 */
export function planRest(plan, citations, { open, undo }) {
  const lang = tagOf(plan.request.language);
  return [
    leftOut(plan.left_out, lang, citations),
    listed("plan_notes", plan.notes, lang),
    finishedBefore(plan.done, lang, undo),
    plan.citations.length ? sourceList(plan.citations, open) : null,
    holdsEstimates(plan) ? said("p.hint.plan-estimates", "plan_estimates") : null,
  ].filter(Boolean);
}

function leftOut(all, lang, citations) {
  if (!all.length) {
    return null;
  }
  const rows = all.map((left) => {
    const price = live(element("span.hours"), () => `+${hoursText(left.hours)}`);
    const reason = live(element("span.left-reason"), () => leftReason(left.reason));
    const title = element("span.left-title", { lang }, left.title);
    const head = element("p.left-head", {}, title, price, reason);
    return element("li", { data: { reason: left.reason } }, head, because(left, lang, citations));
  });
  const title = said("h2", "plan_left_out");
  return element("section.plan-left", {}, title, element("ul", {}, ...rows));
}

function listed(key, texts, lang) {
  if (!texts.length) {
    return null;
  }
  const items = texts.map((text) => element("li", { lang }, text));
  return element("section.plan-notes", {}, said("h2", key), element("ul", {}, ...items));
}

function finishedBefore(modules, lang, undo) {
  if (!modules.length) {
    return null;
  }
  const rows = modules.map((module) => {
    const title = element("span.part-title", { lang }, module.title);
    const back = button("button.plain", "plan_not_done", () => undo(module.key));
    return element("li", {}, title, back);
  });
  const summary = said("summary", "plan_done_before", { n: modules.length });
  return element("details.source-list.plan-done", {}, summary, element("ul", {}, ...rows));
}

function holdsEstimates({ weeks }) {
  const modules = weeks.flatMap((week) => week.steps.flatMap((step) => step.modules));
  return modules.some((module) => module.hours_basis === "estimated" && figure(module.hours) !== "0");
}
