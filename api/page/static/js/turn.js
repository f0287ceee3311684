/** A question with its answer, from the first event to the last. */
import { announce } from "./announcer.js";
import { answerEnd } from "./answer_end.js";
import { reportCitation } from "./answer_tools.js";
import { AnswerText } from "./answer_text.js";
import { assumptionChips } from "./assumptions.js";
import { spoken } from "./citation_marks.js";
import { button, element, said } from "./dom.js";
import { languageTag, live, say, tagOf } from "./interface.js";
import { problemBox } from "./problem.js";
import { openCitation } from "./source_card.js";
import { nameOf } from "./source_names.js";
import { openVoice } from "./voice_card.js";

const NAMES_SHOWN = 3;

export class Turn {
  #chips = element("div");
  #understood = element("p.hint.understood");
  #status = said("p.working", "looking");
  #prose = element("div.prose");
  #notices = element("div.notices");
  #end = element("div.turn-end");
  #answer = null;
  #about = null;
  #spoken = [];

  /**
   * `actions.choose(question, learner, wish)` asks the same for the learner shown but for a wish,
   * `actions.ask(question)` asks something else, and `actions.retry(turn)` asks once more what
   * could not be answered.
   */
  constructor(question, actions) {
    this.question = question;
    this.wish = {};
    this.actions = actions;
    this.text = new AnswerText(this.#prose);
    this.#prose.addEventListener("click", (event) => this.#openMarker(event));
    const heading = element("h2.question", { lang: languageTag(question), tabindex: "-1" });
    this.heading = heading;
    heading.append(said("span.visually-hidden", "you_asked"), question);
    this.element = element(
      "article.turn",
      {},
      heading,
      this.#chips,
      this.#understood,
      element("div.answer", {}, this.#prose, this.#status, this.#notices, this.#end),
    );
  }

  /** Takes an event of the stream; whether it was the last word on the answer. */
  take({ event, data }) {
    const takers = {
      understood: () => this.#takeUnderstanding(data),
      sources: () => this.#takeSources(data.sources),
      sentence: () => this.#takeSentence(data),
      notice: () => this.#notices.append(notice(() => data.message)),
      answer: () => this.complete(data.answer, aboutOf(data)),
    };
    takers[event]?.();
  }

  get answered() {
    return this.#answer !== null;
  }

  /** Whether the server keeps the answer. */
  get kept() {
    return this.#about !== null;
  }

  /** Shows the whole `answer`; `about` names the kept message for feedback, null for none. */
  complete(answer, about) {
    this.#answer = answer;
    this.#about = about;
    this.#showLearner(answer.learner, []);
    this.#showAsked(answer.asked);
    this.text.complete(answer);
    this.#prose.lang = tagOf(answer.language);
    this.#status.remove();
    const said = answer.notices.map((each) => notice(() => each[answer.language] ?? each.zh));
    this.#notices.replaceChildren(...said);
    const end = answerEnd(answer, about, {
      open: (citation) => this.#open(citation),
      read: (voice, side) => this.#read(voice, side),
      ask: (question) => this.actions.ask(question),
    });
    this.#end.replaceChildren(...end);
  }

  /** Says that the answer came to its end before the reader's eyes. */
  announceEnd() {
    announce(say("finished"));
  }

  /** Marks the answer as stopped by the reader. */
  stop() {
    this.#status.remove();
    const key = this.text.empty ? "stopped_empty" : "stopped";
    this.#end.replaceChildren(said("p.stopped", key, {}, { role: "status" }), this.#retryButton());
  }

  /** Shows why there is no (whole) answer; it can be asked again unless it was refused as it is. */
  fail(failure) {
    this.#status.remove();
    const retry = failure.refused ? null : () => this.actions.retry(this);
    this.#end.replaceChildren(problemBox(failure, retry));
  }

  #takeUnderstanding({ learner, asked, changed }) {
    this.#showLearner(learner, changed);
    this.#showAsked(asked);
    this.#prose.lang = tagOf(learner.language);
  }

  #takeSources(sources) {
    const names = [...new Set(sources.map((source) => nameOf(source.author)))];
    live(this.#status, () => readingLine(sources.length, names));
  }

  #takeSentence(sentence) {
    this.text.add(sentence);
    live(this.#status, () => say("checking"));
    if (this.#spoken.push(spoken(sentence.text)) === 1) {
      requestAnimationFrame(() => {
        announce(this.#spoken.join(" "));
        this.#spoken = [];
      });
    }
  }

  #showLearner(learner, changed) {
    const choose = (wish) => this.actions.choose(this.question, learner, wish);
    this.#chips.replaceChildren(assumptionChips(learner, changed, choose));
  }

  #showAsked(asked) {
    const other = asked && asked.trim() !== this.question.trim();
    if (other) {
      live(this.#understood, () => say("understood_as", { asked }));
    } else {
      this.#understood.replaceChildren();
    }
  }

  #retryButton() {
    return button("button.quiet", "try_again", () => this.actions.retry(this));
  }

  #openMarker(event) {
    const number = Number(event.target.closest?.(".cite")?.dataset.number);
    const citation = this.text.citations.get(number);
    if (citation) {
      this.#open(citation);
    }
  }

  #open(citation, side) {
    const report =
      this.#about && ((wrong, sent) => reportCitation(this.#answer, this.#about, wrong, sent));
    openCitation(citation, { report, side });
  }

  #read(voice, side) {
    const citation = voice.citation === null ? null : this.text.citations.get(voice.citation);
    if (citation) {
      this.#open(citation, side);
    } else {
      openVoice(voice, side);
    }
  }
}

/** What feedback on an answer is about: `{conversation_id, message_id}`, or null. */
export function aboutOf({ conversation_id, message_id }) {
  return conversation_id && message_id ? { conversation_id, message_id } : null;
}

function readingLine(n, names) {
  const some = names.slice(0, NAMES_SHOWN).join(say("comma"));
  const shown = names.length > NAMES_SHOWN ? say("and_more", { names: some }) : some;
  return say(n === 1 ? "reading_one" : "reading", { n, names: shown });
}

function notice(text) {
  return live(element("p.notice"), () => say("note", { text: text() }));
}
