/** Says to screen readers what happens, politely and a sentence at a time. */
import { element } from "./dom.js";
import { languageTag } from "./interface.js";

const KEPT = 30;

/** Has `text` read out after what is being read now. */
export function announce(text) {
  const log = document.getElementById("announcements");
  log.append(element("p", { lang: languageTag(text) }, text));
  while (log.childElementCount > KEPT) {
    log.firstElementChild.remove();
  }
}
