/** Making elements without ever parsing HTML. */
import { live, say } from "./interface.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * A new element. `tag` may name classes ("button.chip"); `properties` are attributes, listeners
 * (`onclick`) or `data`; children are nodes or texts, and null children are left out.
 */
export function element(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  node.classList.add(...classes);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) {
      node.addEventListener(key.slice(2), value);
    } else if (key === "data") {
      Object.assign(node.dataset, value);
    } else if (value !== null && value !== false) {
      node.setAttribute(key, value === true ? "" : value);
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A new element whose text is `key` in the language of the interface. */
export function said(tag, key, values = {}, properties = {}) {
  return live(element(tag, properties), () => say(key, values));
}

/** A button that does `action`; its text is `key` in the language of the interface. */
export function button(tag, key, action, values = {}) {
  return said(tag, key, values, { type: "button", onclick: action });
}

/** A drawing from the sprite in the page, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** A button with a drawing and, beside it or as its label only, the text `key`. */
export function iconButton(tag, name, key, action, { labelled = false, values = {} } = {}) {
  const node = element(tag, { type: "button", onclick: action }, icon(name));
  if (labelled) {
    node.append(said("span", key, values));
  } else {
    live(node, () => say(key, values), "aria-label");
    live(node, () => say(key, values), "title");
  }
  return node;
}

/** A link to another site, or the bare text where `url` is not http(s). */
export function outsideLink(tag, url, ...children) {
  if (!isWebAddress(url)) {
    return element(tag.replace(/^a\b/, "span"), {}, ...children);
  }
  const rel = "noopener noreferrer nofollow";
  return element(tag, { href: url, target: "_blank", rel }, ...children);
}

/** Whether `url` is an absolute http or https address. */
function isWebAddress(url) {
  try {
    return ["http:", "https:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
