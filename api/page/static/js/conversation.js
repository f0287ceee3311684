/** A conversation on the page: its turns, and the answer being written. */
import { element } from "./dom.js";
import { language, say } from "./interface.js";
import { askStream, Failure, failureOfEvent, request, requestJson } from "./service.js";
import { aboutOf, Turn } from "./turn.js";
import { dropQuestion, keepQuestion } from "./unanswered.js";

const WISHES = ["goal", "direction", "weeks", "hours_per_week"];

export class Conversation {
  #running = null;
  #holdsAnswer = false;
  #refused = null;

  /**
   * `id` is null until the first question. `hooks.changed()` is called when it begins or ends an
   * answer or gets or loses its id; `hooks.draft(question)` when a question goes back into the box.
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
        this.#holdsAnswer = true;
        dropQuestion(question);
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
   * Asks `question`, for the fields of `wish` where some were chosen; what is null there is taken
   * back first. The server remembers both for later questions, until one of them says otherwise.
   */
  async ask(question, wish = {}) {
    if (this.busy) {
      this.hooks.draft(question);
      return;
    }
    this.#refused?.element.remove();
    this.#refused = null;
    keepQuestion(question);
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
    if (turn.answered) {
      dropQuestion(turn.question);
    }
    this.#holdsAnswer ||= turn.kept;
    if (!this.#holdsAnswer && this.id !== null) {
      discard(this.id);
      this.id = null; // Whatever is asked next begins a new one.
      this.hooks.changed();
    }
  }

  async #answer(turn, signal) {
    await this.#begin(signal);
    const { given, takenBack } = parted(turn.wish);
    if (takenBack) {
      await request("PATCH", "/v1/learner", { body: takenBack, signal });
    }
    const asking = { question: turn.question, conversation_id: this.id, ...given };
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
    this.#giveBack(turn, error);
  }

  /** Puts the question of `turn` back into the box where trying again as it is would not help. */
  #giveBack(turn, { refused, needsKey }) {
    if (refused || needsKey) {
      this.hooks.draft(turn.question);
    }
    if (refused) {
      this.#refused = turn;
    }
    if (needsKey) {
      turn.element.remove(); // The form for the key says what is wrong.
    }
  }

  #addTurn(question) {
    const turn = new Turn(question, {
      choose: (text, learner, wish) => this.ask(text, { ...wishesOf(learner), ...wish }),
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

/** Erases the conversation `id` if no answer came to be kept in it; that may fail unnoticed. */
export async function discard(id) {
  const path = `/v1/conversations/${encodeURIComponent(id)}`;
  try {
    // An answer may have been kept just before the connection was cut.
    const { turns } = await requestJson("GET", path);
    if (turns === 0) {
      await request("DELETE", path);
    }
  } catch (error) {
    if (!(error instanceof Failure)) {
      throw error;
    }
  }
}

function scrolling() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

/** The fields of `learner` that can be wished for, as far as they are known. */
function wishesOf(learner) {
  const known = WISHES.filter((field) => learner[field] !== null);
  return Object.fromEntries(known.map((field) => [field, learner[field]]));
}

/** What `wish` asks for, and the fields that it takes back (null where it takes back none). */
function parted(wish) {
  const fields = Object.entries(wish);
  const takenBack = fields.filter(([, value]) => value === null);
  return {
    given: Object.fromEntries(fields.filter(([, value]) => value !== null)),
    takenBack: takenBack.length ? Object.fromEntries(takenBack) : null,
  };
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
