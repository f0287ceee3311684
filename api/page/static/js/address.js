import { guardSpent } from "./layers.js";

/** The open conversation in the address of the page, so that a reload and the back button keep it. */
const HASH = /^#\/c\/([\w-]{1,64})$/;

/** The id in the address, or null. */
export function openId() {
  return HASH.exec(location.hash)?.[1] ?? null;
}

/** Writes `id` into the address; `replace` where it is the same page as before. */
export function writeId(id, { replace = false } = {}) {
  if (id === openId()) {
    return;
  }
  const address = id === null ? location.pathname : `#/c/${id}`;
  const inPlace = guardSpent() || replace;
  history[inPlace ? "replaceState" : "pushState"](null, "", address);
}
