/** The language of the interface, and texts that follow it when it changes. */
import { STRINGS } from "./strings.js";
import { stored, store } from "./device.js";

const COLUMNS = ["zh", "en"];
const LANGUAGE_TAGS = { zh: "zh-Hans", en: "en" };
const thunks = new WeakMap();

let current = stored("language") ?? preferred(navigator.languages ?? [navigator.language]);

/** "zh" or "en", whichever of `tags` comes first; English where neither does. */
function preferred(tags) {
  const known = tags
    .map((tag) => tag.toLowerCase().slice(0, 2))
    .find((tag) => COLUMNS.includes(tag));
  return known ?? "en";
}

/** The language of the interface: "zh" or "en". */
export function language() {
  return current;
}

/** Changes the language of the interface and of every live text in the document. */
export function setLanguage(chosen) {
  current = chosen;
  store("language", chosen);
  translate(document);
}

/** The text `key` in the language of the interface, with `{name}` filled in from `values`. */
export function say(key, values = {}) {
  const text = STRINGS[key][COLUMNS.indexOf(current)];
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * Keeps a text of `node` in the language of the interface: `compute` is called now and again after
 * each change. `attribute` is where the text goes, the content of the node if not given.
 */
export function live(node, compute, attribute = "") {
  const all = thunks.get(node) ?? new Map();
  thunks.set(node, all.set(attribute, compute));
  node.setAttribute("data-live", "");
  put(node, attribute, compute);
  return node;
}

/** Brings all live texts within `root` up to date. */
export function translate(root) {
  document.documentElement.lang = LANGUAGE_TAGS[current];
  for (const node of root.querySelectorAll("[data-live]")) {
    for (const [attribute, compute] of thunks.get(node) ?? []) {
      put(node, attribute, compute);
    }
  }
}

/** Makes the texts of the page's own markup live: `data-say`, `data-say-label`, and so on. */
export function adopt(root) {
  const places = { "data-say": "", "data-say-label": "aria-label", "data-say-hint": "placeholder" };
  for (const [mark, attribute] of Object.entries(places)) {
    for (const node of root.querySelectorAll(`[${mark}]`)) {
      const key = node.getAttribute(mark);
      live(node, () => say(key), attribute);
    }
  }
}

/** The `lang` of a text by its letters, for fonts and screen readers. */
export function languageTag(text) {
  return /\p{Script=Han}/u.test(text) ? LANGUAGE_TAGS.zh : LANGUAGE_TAGS.en;
}

/** The `lang` for a language of the tutor, "zh" or "en". */
export function tagOf(code) {
  return LANGUAGE_TAGS[code] ?? code;
}

function put(node, attribute, compute) {
  if (attribute) {
    node.setAttribute(attribute, compute());
  } else {
    node.textContent = compute();
  }
}
