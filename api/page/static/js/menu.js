/** Small menus beside a button; on a phone they rise from the bottom. */
import { element } from "./dom.js";
import { closedByBack } from "./layers.js";

const GAP = 6;
const MARGIN = 8;

/**
 * Shows `content` beside `opener` until something is chosen, Escape is pressed, or a press lands
 * elsewhere. Returns a function that closes it. The focus goes in, and back to `opener`.
 */
export function openMenu(opener, content) {
  const menu = element("div.menu", { popover: "auto" }, content);
  const closed = closedByBack(() => menu.hidePopover());
  opener.setAttribute("aria-expanded", "true");
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "closed") {
      closed();
      const inside = menu.contains(document.activeElement);
      opener.setAttribute("aria-expanded", "false");
      menu.remove();
      if (inside || document.activeElement === document.body) {
        opener.focus();
      }
    }
  });
  menu.addEventListener("keydown", moveFocus);
  document.body.append(menu);
  menu.showPopover();
  place(menu, opener);
  const chosen = menu.querySelector("[aria-checked=true]");
  (chosen ?? menu.querySelector("button, input"))?.focus();
  return () => menu.hidePopover();
}

/** The choices as a list; `close` is called before one of them acts. */
function choiceList(choices, name, close) {
  const list = element("div.choices", { role: "menu", "aria-label": name });
  for (const { label, chosen, act, danger } of choices) {
    const role = chosen === undefined ? "menuitem" : "menuitemradio";
    const checked = chosen === undefined ? null : String(chosen);
    const choose = () => {
      close();
      act();
    };
    const tag = danger ? "button.choice.danger" : "button.choice";
    list.append(
      element(tag, { type: "button", role, "aria-checked": checked, onclick: choose }, label),
    );
  }
  return list;
}

/**
 * A menu of `choices`, each `{label, chosen, act, danger}`, called `name`, with `head` (a node) above
 * them. Where `chosen` is given, one of them is the present state of things.
 */
export function openChoices(opener, name, choices, head = null) {
  const content = element(
    "div",
    {},
    head,
    choiceList(choices, name, () => close()),
  );
  const close = openMenu(opener, content);
}

function moveFocus(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const items = [...event.currentTarget.querySelectorAll("[role^=menuitem]")];
  if (step && items.length) {
    event.preventDefault();
    const at = items.indexOf(document.activeElement);
    items.at((at + step + items.length) % items.length).focus();
  }
}

/** Puts the menu below its opener, or above where there is no room; on a phone CSS places it. */
function place(menu, opener) {
  if (matchMedia("(max-width: 40rem)").matches) {
    return;
  }
  const from = opener.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = from.bottom + GAP;
  const top = below + height + MARGIN <= innerHeight ? below : from.top - GAP - height;
  const left = Math.min(from.left, innerWidth - width - MARGIN);
  menu.style.top = `${Math.max(MARGIN, top)}px`;
  menu.style.left = `${Math.max(MARGIN, left)}px`;
}
