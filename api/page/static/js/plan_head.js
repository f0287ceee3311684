/** The top of a plan: whether the time is enough, how far the learner is, and what it was drawn for. */
import { button, element, iconButton, said } from "./dom.js";
import { live, say, tagOf } from "./interface.js";
import { MOST, planChips, swapRows } from "./plan_chips.js";

export class PlanHead {
  #bar = element("progress", { max: "1" });
  #far = element("p.plan-far");
  #chips = element("div");
  #weeksLeft;

  /**
   * Draws the top of `plan`. `acts.change(wish)` has it drawn again, `acts.unswap(swap)` without
   * one of its swaps; `acts.tools` are `[icon, key, act]`, for a button each.
   */
  constructor(plan, acts) {
    const { request, verdict, assumptions } = plan;
    const lang = tagOf(request.language);
    this.plan = plan;
    this.change = acts.change;
    const tools = acts.tools.map(([name, key, act]) =>
      iconButton("button.tool", name, key, act, { labelled: true }),
    );
    this.element = element(
      `header.plan-head.${verdict.fits ? "fits" : "too-short"}`,
      {},
      element("h1.plan-verdict", { tabindex: "-1", lang }, verdict.says),
      enoughTime(verdict, acts.change),
      this.#far,
      this.#bar,
      said("h2.plan-label", "plan_drawn_for"),
      this.#chips,
      swapRows(request.swaps, acts.unswap),
      assumed(assumptions, lang),
      element("div.tools", {}, ...tools),
    );
  }

  /** Shows how far the learner is. */
  show({ weeks_finished: done, weeks_left: left, share }) {
    const all = this.plan.weeks.at(-1)?.number ?? done;
    const far = () => (share === 1 ? say("plan_all_done") : say("plan_far", { done, all }));
    this.#bar.value = share;
    live(this.#far, far);
    live(this.#bar, far, "aria-label");
    if (left !== this.#weeksLeft) {
      this.#weeksLeft = left;
      this.#chips.replaceChildren(planChips(this.plan.request, left, this.change));
    }
  }
}

/** Where the time is too short: a button that takes as many weeks as would do. */
function enoughTime({ fits, weeks_least: weeks }, change) {
  return fits || weeks > MOST.weeks
    ? null
    : button("button.quiet", "plan_take_weeks", () => change({ weeks }), { n: weeks });
}

function assumed(assumptions, lang) {
  if (!assumptions.length) {
    return null;
  }
  const items = assumptions.map((text) => element("li", { lang }, text));
  return element("div.plan-assumed", {}, said("h2", "plan_assumed"), element("ul", {}, ...items));
}
