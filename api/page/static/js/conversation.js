/** A conversation on the page: its turns, and the answer being written. */
import { element } from "./dom.js";
import { language, say } from "./interface.js";
import { askStream, Failure, failureOfEvent, requestJson } from "./service.js";
import { aboutOf, Turn } from "./turn.js";

export class Conversation {
  #running = null;

  /**
   * `id` is null until the first question. `hooks.changed()` is called when it begins or ends an
   * answer or gets its id; `hooks.draft(question)` when a question has to wait for another.
   */
  constructor(id, hooks) {
    this.id = id;
    this.hooks = hooks;
    this.title = "";
    this.element = element("div.turns");
  }

  get busy() {
    return this.#running !== null;
  }

  get empty() {
    return this.element.childElementCount === 0;
  }

  /** Fetches and shows what was said. Throws Failure. */
  async load() {
    const whole = await requestJson("GET", `/v1/conversations/${encodeURIComponent(this.id)}`);
    this.title = whole.title;
    let question = "";
    for (const message of whole.messages) {
      if (message.role === "learner") {
        question = message.text;
      } else {
        this.#addTurn(question).complete(
          answerOf(message, question),
          aboutOf({
            conversation_id: this.id,
            message_id: message.id,
          }),
        );
      }
    }
  }

  /**
   * Asks `question`, for `wish` as well where one was just made. The server remembers it for later
   * questions, until one of them says otherwise.
   */
  async ask(question, wish = {}) {
    if (this.busy) {
      this.hooks.draft(question);
      return;
    }
    const turn = this.#addTurn(question);
    turn.wish = wish;
    if (document.activeElement?.nodeName !== "TEXTAREA") {
      turn.heading.focus({ preventScroll: true }); // The pressed button may be gone.
    }
    turn.element.scrollIntoView({ block: "start", behavior: scrolling() });
    await this.#run(turn);
  }

  /** Breaks off the answer that is being written. */
  stop() {
    this.#running?.abort();
  }

  async #run(turn) {
    const running = new AbortController();
    this.#running = running;
    this.hooks.changed();
    try {
      await this.#answer(turn, running.signal);
    } catch (error) {
      this.#fail(turn, error, running.signal);
    } finally {
      this.#running = null;
      this.hooks.changed();
    }
  }

  async #answer(turn, signal) {
    await this.#begin(signal);
    const asking = { question: turn.question, conversation_id: this.id, ...turn.wish };
    for await (const each of askStream(asking, signal)) {
      if (each.event === "error") {
        throw failureOfEvent(each.data);
      }
      if (each.event === "done") {
        turn.announceEnd();
        return;
      }
      turn.take(each);
    }
    if (!turn.answered) {
      throw new Failure(say("cut"));
    }
  }

  async #begin(signal) {
    if (this.id === null) {
      const body = { language: language() };
      const head = await requestJson("POST", "/v1/conversations", { body, signal });
      this.id = head.id;
      this.hooks.changed();
    }
  }

  #fail(turn, error, signal) {
    if (turn.answered) {
      return; // Everything is there; only the goodbye was lost.
    }
    if (signal.aborted) {
      turn.stop();
      return;
    }
    if (error.code === "conversation_not_found") {
      this.id = null; // Erased elsewhere: trying again begins a new one.
    }
    turn.fail(error instanceof Failure ? error : new Failure(say("failed")));
    if (!(error instanceof Failure)) {
      throw error;
    }
  }

  #addTurn(question) {
    const turn = new Turn(question, {
      choose: (text, wish) => this.ask(text, wish),
      ask: (text) => this.ask(text),
      retry: (failed) => this.#retry(failed),
    });
    this.title ||= question;
    this.element.append(turn.element);
    return turn;
  }

  #retry(failed) {
    if (!this.busy) {
      failed.element.remove();
      this.ask(failed.question, failed.wish);
    }
  }
}

function scrolling() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

/** The answer of a stored message; one that holds only its text becomes the least that can be shown. */
function answerOf({ answer, text }, question) {
  if (answer) {
    return answer;
  }
  const nothing = { citations: [], positions: [], one_sided: [], sentences: [], follow_ups: [] };
  const check = { sentences: 0, supported: 0, dropped: 0 };
  const learner = {
    goal: null,
    goal_reason: "",
    direction: null,
    weeks: null,
    hours_per_week: null,
  };
  return {
    question,
    asked: "",
    text,
    language: language(),
    learner,
    check,
    notices: [],
    ...nothing,
  };
}
