/** The text of an answer while it grows, drawn at most once a frame. */
import { markCitations } from "./citation_marks.js";
import { fragmentOf } from "./markdown.js";
import { reconcile } from "./reconcile.js";

export class AnswerText {
  #markdown = "";
  #frame = 0;
  #section = "";

  /** Draws into `container`. */
  constructor(container) {
    this.container = container;
    this.citations = new Map();
  }

  get empty() {
    return this.#markdown === "";
  }

  /** Adds a checked sentence with the citations that it is the first to use. */
  add({ new_citations: citations, ...sentence }) {
    this.#append(sentence);
    this.#cite(citations);
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  /** Shows the whole answer; one of a single piece, where its sentences were not kept. */
  complete({ text, sentences, citations }) {
    this.#markdown = "";
    this.#section = "";
    sentences.forEach((sentence) => this.#append(sentence));
    this.#markdown ||= text;
    this.#cite(citations);
    this.#draw();
  }

  #append({ before, text, section }) {
    // The verdict stands alone as a headline; what is said about it begins a paragraph.
    const aside = section === "verdict" && this.#section === "verdict" && !before.includes("\n");
    if (aside) {
      this.container.classList.add("with-aside");
    }
    this.#markdown += (aside ? "\n\n" : before) + text;
    this.#section = section;
  }

  #cite(citations) {
    for (const citation of citations) {
      this.citations.set(citation.number, citation);
    }
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const fragment = fragmentOf(this.#markdown);
    markCitations(fragment, this.citations);
    reconcile(this.container, fragment);
  }
}
