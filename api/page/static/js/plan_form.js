/** The form for a first plan: a sentence of one's own, and fields for what it leaves open. */
import { narrowing, numberField, valueOf } from "./chips.js";
import { button, element, said } from "./dom.js";
import { live, say } from "./interface.js";
import { MOST } from "./plan_chips.js";
import { SUBJECTS } from "./plan_words.js";
import { directionName, goalName, idsOf, levelName } from "./vocabulary.js";

const BUDGETS = { any: "plan_budget_any", free: "plan_budget_free" };

/**
 * The form, filled in with what is `known` of the learner. `draw(wish)` is called when it is sent;
 * `problem` is where it is said why that failed.
 */
export function planForm(known, draw, problem) {
  const words = element("textarea", { name: "words", rows: "3", maxlength: "2000" });
  live(words, () => say("plan_words_hint"), "placeholder");
  const example = button("button.plan-example", "plan_words_example", () => {
    words.value = say("plan_words_hint");
    words.focus();
  });
  const fields = wishFields(known);
  const form = element(
    "form.plan-form",
    {},
    element("label.field", {}, said("span", "plan_words"), words),
    example,
    element(
      "fieldset.plan-fields",
      {},
      said("legend", "plan_fields"),
      ...Object.values(fields.nodes),
    ),
    problem,
    said("button.primary", "plan_draw", {}, { type: "submit" }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    draw({ words: words.value.trim(), ...fields.wish() });
  });
  return form;
}

function wishFields(known) {
  const levels = SUBJECTS.map(({ id, text }) => [
    id,
    choiceField(id, text, idsOf("levels"), levelName, known.background?.[id]),
  ]);
  const nodes = {
    goal: choiceField("goal", "plan_goal", idsOf("goals"), goalName, known.goal),
    direction: choiceField(
      "direction",
      "plan_direction",
      narrowing(idsOf("directions")),
      directionName,
      known.direction,
    ),
    weeks: numberField("weeks", "weeks_ahead_field", known.weeks, MOST.weeks),
    hours_per_week: numberField("hours", "hours_field", known.hours_per_week, MOST.hours),
    ...Object.fromEntries(levels),
    budget: choiceField("budget", "plan_budget", Object.keys(BUDGETS), budgetName, known.budget),
  };
  const wish = () => ({
    goal: chosen(nodes.goal),
    direction: chosen(nodes.direction),
    weeks: valueOf(nodes.weeks),
    hours_per_week: valueOf(nodes.hours_per_week),
    budget: chosen(nodes.budget),
    background: Object.fromEntries(SUBJECTS.map(({ id }) => [id, chosen(nodes[id])])),
  });
  return { nodes, wish };
}

function choiceField(name, key, ids, nameOf, present) {
  const options = ids.map((id) => live(element("option", { value: id }), () => nameOf(id)));
  const unsaid = said("option", "plan_unsaid", {}, { value: "" });
  const select = element("select", { name }, unsaid, ...options);
  select.value = present ?? "";
  return element("label.field", {}, said("span", key), select);
}

function chosen(field) {
  return field.querySelector("select").value || null;
}

function budgetName(id) {
  return say(BUDGETS[id]);
}
