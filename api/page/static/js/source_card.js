/** The card of a citation: who said it, where and when, in whose words, and within which text. */
import { fetched, heading, origin, positionTaken, title, withHeadings } from "./card_parts.js";
import { element, icon, said } from "./dom.js";
import { live, say, tagOf } from "./interface.js";
import { inContext } from "./quotation.js";
import { openSheet } from "./sheet.js";
import { whoseWords } from "./source_names.js";

/**
 * Opens the card of `citation`. `report(citation, sent)` is called when its words are said to be
 * wrongly cited, and calls `sent` in the end; without `report` the card does not ask. `side` is `{topic, stance, guessed}` where the
 * person was chosen as one of a side: one person can take two, each for another goal.
 */
export async function openCitation(citation, { report, side } = {}) {
  const words = element("div.words", {}, quotation(citation.quote, citation.language));
  const position = element("div.position");
  const dialog = openSheet(
    "card",
    heading(citation.author, citation.number),
    origin(citation),
    title(citation.title, citation.url),
    position,
    said("p.whose", whoseWords(citation)),
    words,
    rendering(citation),
    citation.age_warning ? said("p.aged", "old") : null,
    report ? reportRow((sent) => report(citation, sent)) : null,
  );
  const source = await fetched(citation.kind, citation.source_id);
  const context = inContext(citation, source?.texts);
  if (!dialog.isConnected) {
    return;
  }
  if (side) {
    position.append(...positionTaken(source, side));
  }
  if (context) {
    words.replaceChildren(quotation(citation.quote, citation.language, context));
    words.querySelector("mark").scrollIntoView({ block: "nearest" });
  } else {
    words.append(said("p.hint", "context_missing"));
  }
}

/** The quotation, with the text around it where there is one. */
function quotation(quote, code, context = { before: "", quote, after: "" }) {
  const around = (text) => element("span.around", {}, ...withHeadings(text));
  const marked = element("mark", {}, context.quote);
  return element(
    "blockquote",
    { lang: tagOf(code) },
    around(context.before),
    marked,
    around(context.after),
  );
}

function rendering(citation) {
  if (!citation.rendering) {
    return null;
  }
  const code = citation.language === "zh" ? "en" : "zh";
  const text = element("blockquote.rendering", { lang: tagOf(code) }, citation.rendering);
  return element("div", {}, said("p.whose", `rendering_${code}`), text);
}

function reportRow(report) {
  const status = element("span.tool-status", { role: "status" });
  const thank = () => live(status, () => say("feedback_thanks"));
  const attributes = { type: "button", onclick: () => report(thank) };
  const words = said("span", "wrong_citation");
  const ask = element("button.quiet", attributes, icon("flag"), words);
  return element("div.report", {}, ask, status);
}
