/** The markers [n] of an answer as buttons that open their source. */
import { element } from "./dom.js";
import { live, say } from "./interface.js";

const MARKER = /\[(\d{1,3})\]/g;
const ENDING = /^([^]*?)([^\s\p{Script=Han}]{0,8} ?|\p{Script=Han}?)$/u;
const SIGNS_FIRST = /^([^\p{L}\p{N}\s（(“「]{0,2})([^]*)$/u;

/**
 * Replaces each marker within `root` whose number is in `citations` by a button with `data-number`;
 * a marker without a citation, in code or in a link stays as it is.
 */
export function markCitations(root, citations) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement?.closest("a, code, pre")) {
      texts.push(walker.currentNode);
    }
  }
  for (const text of texts) {
    const parts = pieces(text.data, citations);
    if (parts.length > 1) {
      text.replaceWith(...kept(parts));
    }
  }
}

/** The text of a sentence without Markdown signs. */
export function unmarked(text) {
  return text.replace(/[*_`#]+|^\s*-\s+/gm, "").trim();
}

/** The text of a sentence for the ear: without markers either. */
export function spoken(text) {
  return unmarked(text.replace(/ ?\[\d{1,3}\]/g, ""));
}

function pieces(text, citations) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(MARKER)) {
    const citation = citations.get(Number(match[1]));
    if (citation) {
      parts.push(text.slice(from, match.index), citationMark(citation));
      from = match.index + match[0].length;
    }
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part !== "");
}

/** `parts` with each marker on one line with the end of the words before and the sign after it. */
function kept(parts) {
  const lines = [];
  let marker = null;
  for (const part of parts) {
    if (part instanceof Element) {
      const before = typeof lines.at(-1) === "string" ? lines.pop() : "";
      const [, words, end] = ENDING.exec(before);
      marker = element("span.kept", {}, end, part);
      lines.push(words, marker);
    } else if (marker) {
      const [, signs, words] = SIGNS_FIRST.exec(part);
      marker.append(signs);
      lines.push(words);
    } else {
      lines.push(part);
    }
  }
  return lines.filter((line) => line !== "");
}

/** The button that opens the source of a citation, by its `data-number`. */
export function citationMark({ number, author }) {
  const bracket = (sign) => element("span.bracket", {}, sign); // For those who copy the text.
  const content = [bracket("["), String(number), bracket("]")];
  const button = element("button.cite", { type: "button", data: { number } }, ...content);
  return live(button, () => say("source_label", { n: number, author }), "aria-label");
}
