/** What stands under the text of an answer. */
import { PLAN } from "./address.js";
import { answerTools } from "./answer_tools.js";
import { element, said } from "./dom.js";
import { languageTag, live, tagOf } from "./interface.js";
import { opinionSections } from "./opinions.js";
import { smallPrint } from "./small_print.js";
import { originLine } from "./source_names.js";

/**
 * The parts under the text of `answer`: sides, sources, tools, what to ask next, small print.
 * `open(citation)`, `read(voice, side)` and `ask(question)` are called for what is chosen there;
 * `about` is what feedback is about, or null.
 */
export function answerEnd(answer, about, { open, read, ask }) {
  const parts = [...opinionSections(answer, read), answerTools(answer, about)];
  if (answer.citations.length) {
    parts.splice(-1, 0, sourceList(answer.citations, open));
  }
  if (answer.plan && about) {
    parts.unshift(said("a.quiet.to-plan", "plan_open", {}, { href: PLAN }));
  }
  if (answer.follow_ups.length) {
    parts.push(followUps(answer, ask));
  }
  if (answer.writer) {
    parts.push(smallPrint(answer));
  }
  return parts;
}

/** The numbered sources, folded away; `open(citation)` is called with the chosen one. */
export function sourceList(citations, open) {
  const rows = citations.map((citation) => {
    const line = live(element("span.source-origin"), () => originLine(citation));
    const badge = element("span.badge", {}, String(citation.number));
    const attributes = { type: "button", onclick: () => open(citation) };
    const name = element("span.source-title", { lang: languageTag(citation.title) }, citation.title);
    const words = element("span", {}, name, line);
    return element("li", {}, element("button.source", attributes, badge, words));
  });
  const title = said("summary", "sources", { n: citations.length });
  return element("details.source-list", {}, title, element("ol", {}, ...rows));
}

function followUps({ follow_ups: questions, language }, ask) {
  const buttons = questions.map((question) => {
    const attributes = { type: "button", lang: tagOf(language), onclick: () => ask(question) };
    return element("button.suggestion", attributes, question);
  });
  return element("section.follow-ups", {}, said("h3", "follow_ups"), ...buttons);
}
