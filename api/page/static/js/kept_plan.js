/** The plan that the server keeps for the learner, changed by one request after the other. */
import { request, requestJson } from "./service.js";

const PLACE = "/v1/learner/plan";

export class KeptPlan {
  #queue = Promise.resolve();
  #pending = 0;
  #learner = 0;
  #known = null;

  /** `settled(kept)` is called with `{plan, progress}` whenever nothing more is under way. */
  constructor(settled) {
    this.settled = settled;
  }

  /** Fetches it. Throws Failure, as all of these do. */
  fetch() {
    return this.#send("GET", PLACE);
  }

  /** Has a plan drawn for `wish` and kept. */
  draw(wish) {
    return this.#send("PUT", PLACE, wish);
  }

  /** Ticks `parts`, or takes their ticks away. */
  tick(parts, done) {
    return this.#send("POST", `${PLACE}/done`, { parts, done });
  }

  /** Erases it. */
  erase() {
    return this.#change(async () => {
      await request("DELETE", PLACE);
      return { plan: null, progress: null };
    });
  }

  /** The plan as a file of this kind, "md" or "ics", with everything that is under way in it. */
  file(kind) {
    return this.#inTurn(async () => (await request("GET", `${PLACE}.${kind}`)).blob());
  }

  /** Forgets everything: whatever still comes was for somebody else. */
  leave() {
    this.#learner += 1;
    this.#known = null;
  }

  #send(method, path, body) {
    return this.#change(() => requestJson(method, path, { body }));
  }

  // Requests go one by one, so that each reply is newer than the one before; while another is
  // under way it is not shown, for it does not know yet what that one changes.
  async #change(act) {
    const learner = this.#learner;
    this.#pending += 1;
    try {
      const reply = await this.#inTurn(act);
      if (learner === this.#learner) {
        this.#known = reply;
      }
    } finally {
      this.#pending -= 1;
      this.#settle(learner);
    }
  }

  #inTurn(act) {
    const turn = this.#queue.then(act);
    this.#queue = turn.catch(() => {}); // Whoever asked for it is told.
    return turn;
  }

  #settle(learner) {
    if (this.#pending === 0 && this.#known && learner === this.#learner) {
      this.settled(this.#known);
    }
  }
}
