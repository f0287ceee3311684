import { guardSpent } from "./layers.js";

/** What is open, in the address of the page, so that a reload and the back button keep it. */
const HASH = /^#\/c\/([\w-]{1,64})$/;

/** The study plan, as a link within the page. */
export const PLAN = "#/plan";

/** The id of the conversation in the address, or null. */
export function openId() {
  return HASH.exec(location.hash)?.[1] ?? null;
}

/** Whether the study plan is in the address. */
export function planIsOpen() {
  return location.hash === PLAN;
}

/** Writes the conversation `id` into the address; `replace` where it is the same page as before. */
export function writeId(id, { replace = false } = {}) {
  write(id === null ? "" : `#/c/${id}`, replace);
}

/** Writes the study plan into the address. */
export function writePlan() {
  write(PLAN, false);
}

function write(hash, replace) {
  if (hash === location.hash) {
    return;
  }
  const inPlace = guardSpent() || replace;
  history[inPlace ? "replaceState" : "pushState"](null, "", hash || location.pathname);
}
