/** What this browser remembers. Where it forbids that, it is remembered until the page is left. */
const PREFIX = "xianhou.";
const untilLeft = new Map();

/** The stored text `name`, or null. */
export function stored(name) {
  try {
    return window.localStorage.getItem(PREFIX + name) ?? untilLeft.get(name) ?? null;
  } catch {
    return untilLeft.get(name) ?? null;
  }
}

/** Stores `text` as `name`; null removes it. */
export function store(name, text) {
  untilLeft.delete(name);
  try {
    if (text === null) {
      window.localStorage.removeItem(PREFIX + name);
    } else {
      window.localStorage.setItem(PREFIX + name, text);
    }
  } catch {
    if (text !== null) {
      untilLeft.set(name, text);
    }
  }
}
