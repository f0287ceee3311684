/** The parts of which the cards of sources and people are made. */
import { element, icon, outsideLink, said } from "./dom.js";
import { language, languageTag, live, say } from "./interface.js";
import { requestJson } from "./service.js";
import { nameOf } from "./source_names.js";
import { platformName, stanceLabel } from "./vocabulary.js";

/** The source from the server, or null: the card then says that it shows less. */
export async function fetched(kind, id) {
  const place = kind === "course" ? "courses" : "perspectives";
  try {
    return await requestJson("GET", `/v1/${place}/${encodeURIComponent(id)}`);
  } catch {
    return null;
  }
}

/** The title of a card: a name, and the number of the citation where there is one. */
export function heading(author, number) {
  const name = element("span", { lang: languageTag(author) }, nameOf(author));
  const badge = number === undefined ? null : element("span.badge", {}, String(number));
  return element("h2", {}, badge, name);
}

/** Platform and date. */
export function origin({ platform, published, kind }) {
  const date = () => (kind === "course" ? "" : ` · ${published ?? say("undated")}`);
  return live(element("p.origin"), () => platformName(platform) + date());
}

/** The title of a source with the link to the original. */
export function title(text, url) {
  const words = text ? element("span", { lang: languageTag(text) }, text) : null;
  const link = outsideLink("a.original", url, said("span", "open_original"), icon("outside"));
  return element("p.title", {}, words, link);
}

/** Which side the person of `source` takes, in our words. */
export function positionTaken(source, { topic, stance, guessed }) {
  const taken = source?.positions?.find((each) => each.topic === topic && each.stance === stance);
  const label = live(element("p.stance"), () =>
    say("position_here", { label: stanceLabel(topic, stance) }),
  );
  const says = taken?.says ? element("p.says", {}, inLanguage(taken.says)) : "";
  return [label, says, guessed ? said("p.aged", "guessed_legend") : ""];
}

/** `text` with the lines that are headings in Markdown shown as such. */
export function withHeadings(text) {
  return text.split(/^(#{1,6} .*)$/m).map((part, at) => {
    return at % 2 ? element("span.heading", {}, part.replace(/^#+ /, "")) : part;
  });
}

/** The half of a bilingual text that fits the interface. */
export function inLanguage(bilingual) {
  return bilingual?.[language()] ?? "";
}
