/** The cards of people in the split of opinion: one who is not cited, and a whole side. */
import {
  fetched,
  heading,
  inLanguage,
  origin,
  positionTaken,
  title,
  withHeadings,
} from "./card_parts.js";
import { element, icon, said } from "./dom.js";
import { language, languageTag, live, tagOf } from "./interface.js";
import { beginning } from "./quotation.js";
import { openSheet } from "./sheet.js";
import { nameOf } from "./source_names.js";
import { platformName, stanceLabel } from "./vocabulary.js";

const EXCERPT = 700;

/** Opens the card of a person on one `side` of a topic who is not cited in the answer. */
export async function openVoice(voice, side) {
  const body = element("div.words", {}, said("p.hint", "loading"));
  const dialog = openSheet("card", heading(voice.author), body);
  const source = await fetched("perspective", voice.source_id);
  if (!dialog.isConnected) {
    return;
  }
  if (!source) {
    body.replaceChildren(origin(voice), title("", voice.url), said("p.hint", "source_missing"));
    return;
  }
  const text = bestText(source.texts ?? []);
  body.replaceChildren(
    origin(source),
    title(inLanguage(source.title), source.url),
    element("div.position", {}, ...positionTaken(source, side)),
  );
  if (text) {
    const excerpt = element("blockquote", { lang: tagOf(text.language) });
    excerpt.append(...withHeadings(beginning(text.body, EXCERPT)));
    body.append(said("p.whose", text.verbatim ? "words_own" : "words_ours"), excerpt);
  }
}

/** Opens a card with everybody on one side of a topic; `open` is called with the chosen voice. */
export function openSide(topic, stance, voices, open) {
  const people = voices.map((voice) => {
    const name = element("span.name", { lang: languageTag(voice.author) }, nameOf(voice.author));
    const place = element("span.hint", {}, platformName(voice.platform));
    const choose = () => {
      dialog.close();
      open(voice);
    };
    const attributes = { type: "button", onclick: choose };
    return element("li", {}, element("button.person", attributes, name, place, icon("next")));
  });
  const label = live(element("h2"), () => stanceLabel(topic, stance));
  const dialog = openSheet("card", label, element("ul.people", {}, ...people));
}

function bestText(texts) {
  const inOurs = texts.filter((text) => text.language === language());
  return inOurs.find((text) => text.verbatim) ?? inOurs[0] ?? texts[0];
}
