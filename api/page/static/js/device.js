/** What this browser remembers. A browser that forbids it remembers nothing, and all still works. */
const PREFIX = "xianhou.";

/** The stored text `name`, or null. */
export function stored(name) {
  try {
    return window.localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Stores `text` as `name`; null removes it. */
export function store(name, text) {
  try {
    if (text === null) {
      window.localStorage.removeItem(PREFIX + name);
    } else {
      window.localStorage.setItem(PREFIX + name, text);
    }
  } catch {
    // Private windows may refuse; the choice then lasts until the page is left.
  }
}
