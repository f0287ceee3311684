/** The study plan: the form for the first one, or the plan with everything that changes it. */
import { announce } from "./announcer.js";
import { element, said } from "./dom.js";
import { live, say } from "./interface.js";
import { KeptPlan } from "./kept_plan.js";
import { planForm } from "./plan_form.js";
import { PlanHead } from "./plan_head.js";
import { planRest } from "./plan_rest.js";
import { PlanWeeks } from "./plan_weeks.js";
import { PlanWish } from "./plan_wish.js";
import { problemBox } from "./problem.js";
import { saveFile } from "./save_file.js";
import { Failure, requestJson } from "./service.js";
import { confirmed } from "./sheet.js";
import { openCitation } from "./source_card.js";

export class PlanView {
  #kept = new KeptPlan((kept) => this.#show(kept));
  #status = element("p.working.plan-status", { role: "status", hidden: true });
  #problem = element("div.plan-problem");
  #busy = 0;
  #shape = null;
  #plan = null;
  #wish = new PlanWish();
  #head = null;
  #weeks = null;
  #citations = new Map();

  /** Draws into `container`. */
  constructor(container) {
    this.container = container;
    container.addEventListener("click", (event) => this.#openMarker(event));
  }

  /** Shows the plan as the server has it now. */
  async open() {
    if (this.#shape === null) {
      this.container.replaceChildren(said("p.hint", "loading"), this.#problem);
    }
    await this.#try(() => this.#kept.fetch());
  }

  /** Forgets whose plan it was. */
  leave() {
    this.#kept.leave();
    this.#shape = null;
    this.#plan = null;
    this.container.replaceChildren();
  }

  /** Moves the focus to what is shown. */
  focus() {
    this.container.querySelector("h1")?.focus();
  }

  #show({ plan, progress }) {
    const shape = JSON.stringify(plan, withoutTicks);
    const before = this.#plan;
    const isNew = shape !== this.#shape;
    [this.#shape, this.#plan] = [shape, plan];
    if (isNew && plan === null) {
      this.#drawForm(before?.request);
    } else if (isNew) {
      this.#draw();
    }
    if (plan !== null) {
      this.#wish.show(plan, progress);
      this.#head.show(progress);
      this.#weeks.show(progress);
    }
    if (isNew && plan !== null) {
      this.#weeks.unfoldPresent();
    }
  }

  /** Draws the form, filled in with what is `known` or with the profile of the learner. */
  async #drawForm(known) {
    const shape = this.#shape;
    const filled = known ?? (await profile());
    if (shape === this.#shape) {
      const form = planForm(filled, (wish) => this.#redraw(wish), this.#problem);
      const title = said("h1", "plan_title", {}, { tabindex: "-1" });
      this.container.replaceChildren(title, said("p.lead", "plan_lead"), form, this.#status);
    }
  }

  #draw() {
    const plan = this.#plan;
    this.#citations = new Map(plan.citations.map((each) => [each.number, each]));
    this.#head = new PlanHead(plan, {
      change: (wish) => this.#change(wish),
      unswap: (swap) => this.#redraw(this.#wish.unswap(swap)),
      tools: [
        ["calendar", "plan_to_calendar", () => this.#save("ics")],
        ["list", "plan_to_checklist", () => this.#save("md")],
        ["unfold", "plan_unfold", () => this.#weeks.toggle()],
        ["erase", "plan_erase", () => this.#erase()],
      ],
    });
    this.#weeks = new PlanWeeks(plan, {
      citations: this.#citations,
      code: plan.request.language,
      tick: (parts, done) => this.#try(() => this.#kept.tick(parts, done)),
      swap: (away, to) => this.#redraw(this.#wish.swap(away, to)),
    });
    const rest = planRest(plan, this.#citations, {
      open: (citation) => openCitation(citation),
      undo: (key) => this.#undo(key),
    });
    const parts = [this.#head.element, this.#weeks.element, ...rest];
    this.container.replaceChildren(...parts, this.#status, this.#problem);
  }

  /** Has the plan drawn again for what it was drawn for but for `wish`. */
  #change(wish) {
    return this.#redraw(this.#wish.change(wish));
  }

  async #redraw(wish) {
    const drawn = await this.#try(() => this.#kept.draw(wish), { slow: true });
    if (drawn && this.#plan !== null) {
      this.focus();
      window.scrollTo({ top: 0 });
      announce(this.#plan.verdict.says);
    }
  }

  async #undo(key) {
    if (await this.#try(() => this.#kept.tick([key], false))) {
      await this.#change({});
    }
  }

  async #save(kind) {
    await this.#try(async () => {
      saveFile(`xianhou-plan.${kind}`, await this.#kept.file(kind));
      announce(say("saved"));
    });
  }

  async #erase() {
    const words = { title: "plan_erase_title", text: "plan_erase_text", action: "delete" };
    if ((await confirmed(words)) && (await this.#try(() => this.#kept.erase()))) {
      this.focus();
    }
  }

  /** Does `action`; where it fails that is said, with a button to try again. Whether it worked. */
  async #try(action, { slow = false } = {}) {
    this.#problem.replaceChildren();
    this.#wait(slow, 1);
    try {
      await action();
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) {
        throw error;
      }
      this.#fail(error, () => this.#try(action, { slow }));
      return false;
    } finally {
      this.#wait(slow, -1);
    }
  }

  #fail(error, retry) {
    if (error.needsKey) {
      return; // The form for the key says so.
    }
    const outdated = error.status === 404;
    this.#problem.replaceChildren(problemBox(error, error.refused || outdated ? null : retry));
    if (outdated) {
      this.#kept.fetch().catch(() => {}); // It was changed elsewhere; what was wrong is said.
    }
  }

  /** Says while something `slow` is under way that the plan is being drawn. */
  #wait(slow, step) {
    this.#busy += slow ? step : 0;
    if (this.#busy === 0) {
      this.#wish.settle();
    }
    this.#status.hidden = this.#busy === 0;
    live(this.#status, () => (this.#busy ? say("plan_drawing") : ""));
    this.container.classList.toggle("redrawing", this.#busy > 0);
    const send = this.container.querySelector(".plan-form .primary");
    if (send) {
      send.disabled = this.#busy > 0;
    }
  }

  #openMarker(event) {
    const number = Number(event.target.closest?.(".cite")?.dataset.number);
    const citation = this.#citations.get(number);
    if (citation) {
      openCitation(citation);
    }
  }
}

/** What is known of the learner, as far as it can be had: the form can be filled in without. */
async function profile() {
  try {
    return (await requestJson("GET", "/v1/learner")).learner ?? {};
  } catch {
    return {};
  }
}

/** Ticks are shown without drawing the plan again. */
function withoutTicks(key, value) {
  return key === "done" && typeof value === "boolean" ? undefined : value;
}
