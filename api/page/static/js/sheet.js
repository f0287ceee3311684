/** Dialogs: from the bottom on a phone, at the side or in the middle on a wide screen. */
import { element, iconButton, said } from "./dom.js";
import { closedByBack } from "./layers.js";

let opened = 0;

/**
 * Shows a modal dialog of the kind "card" or "question". `title` is a node; it is the name of the
 * dialog. Returns the dialog; it is gone for good once closed, and the focus is back where it was.
 */
export function openSheet(kind, title, ...content) {
  const opener = document.activeElement;
  opened += 1;
  title.id = `sheet-title-${opened}`;
  const dialog = element(`dialog.sheet.${kind}`, { "aria-labelledby": title.id });
  const close = iconButton("button.round", "close", "close", () => dialog.close());
  dialog.append(
    element("header.sheet-head", {}, title, close),
    element("div.sheet-body", { tabindex: "-1" }, ...content),
  );
  const closed = closedByBack(() => dialog.close());
  dialog.addEventListener("close", () => {
    closed();
    dialog.remove();
    if (opener?.isConnected) {
      opener.focus();
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) {
      dialog.close(); // The backdrop was pressed.
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks before something that cannot be undone; whether it was confirmed. */
export function confirmed({ title, text, values = {}, action }) {
  return new Promise((resolve) => {
    let answer = false;
    const end = (value) => () => {
      answer = value;
      dialog.close();
    };
    const cancel = said("button.quiet", "cancel", {}, { type: "button", onclick: end(false) });
    const act = said("button.danger", action, {}, { type: "button", onclick: end(true) });
    const buttons = element("div.sheet-buttons", {}, cancel, act);
    const words = said("p", text, values);
    const dialog = openSheet("question", said("h2", title), words, buttons);
    dialog.addEventListener("close", () => resolve(answer));
    cancel.focus();
  });
}
