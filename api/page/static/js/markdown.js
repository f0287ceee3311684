/**
 * Markdown from outside as nodes that can do no harm.
 *
 * Three walls: raw HTML is text to the parser, only these elements and attributes pass the
 * sanitiser, and the page's content security policy allows nothing from elsewhere.
 */
import DOMPurify from "../vendor/dompurify/purify.es.mjs";
import { Marked } from "../vendor/marked/marked.esm.js";

const ALLOWED = {
  ALLOWED_TAGS: [
    ..."p br strong em del code pre ul ol li blockquote hr a".split(" "),
    ..."h3 h4 h5 h6 table thead tbody tr th td".split(" "),
  ],
  ALLOWED_ATTR: ["href", "start"],
  ALLOWED_URI_REGEXP: /^https?:\/\//i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

const escaped = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

// In Chinese the closing ** often stands between 。 and a letter, where CommonMark sees no end.
const boldBeforeHan = {
  name: "boldBeforeHan",
  level: "inline",
  start: (source) => source.indexOf("**"),
  tokenizer(source) {
    const match = /^\*\*(?=[^\s*])([^*\n]*\p{P})\*\*(?=\p{Script=Han})/u.exec(source);
    if (!match) {
      return undefined;
    }
    const tokens = this.lexer.inlineTokens(match[1]);
    return { type: "boldBeforeHan", raw: match[0], tokens };
  },
  renderer(token) {
    return `<strong>${this.parser.parseInline(token.tokens)}</strong>`;
  },
};

const marked = new Marked({
  gfm: true,
  extensions: [boldBeforeHan],
  tokenizer: {
    // HTML is no markup here but text.
    html: () => undefined,
    tag: () => undefined,
    // "[1]: …" would turn the marker [1] into a link.
    def: () => undefined,
  },
  renderer: {
    image: ({ text }) => escaped(text),
    checkbox: ({ checked }) => (checked ? "☑ " : "☐ "),
    heading({ tokens, depth }) {
      const level = Math.min(depth + 2, 6);
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
    },
  },
});

/** `text` as a fragment of safe nodes; links lead out of the page, images are their alt text. */
export function fragmentOf(text) {
  const fragment = clean(marked.parse(text));
  promoteHeadings(fragment);
  return fragment;
}

/** What is harmless of `html`. */
export function clean(html) {
  const fragment = DOMPurify.sanitize(html, ALLOWED);
  for (const link of fragment.querySelectorAll("a")) {
    if (link.hasAttribute("href")) {
      link.target = "_blank";
      link.rel = "noopener noreferrer nofollow";
      link.title = link.href;
    } else {
      link.replaceWith(...link.childNodes);
    }
  }
  return fragment;
}

/** A paragraph that is nothing but bold is a heading, and screen readers should know; not the first. */
function promoteHeadings(fragment) {
  for (const paragraph of [...fragment.children].slice(1)) {
    const [only, ...others] = paragraph.childNodes;
    if (paragraph.nodeName === "P" && only?.nodeName === "STRONG" && others.length === 0) {
      const heading = document.createElement("h3");
      heading.append(...only.childNodes);
      paragraph.replaceWith(heading);
    }
  }
}
