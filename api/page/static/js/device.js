/** What this browser remembers. A browser that forbids it remembers nothing, and all still works. */
const PREFIX = "xianhou.";

/** The stored text `name`, or null. */
export function stored(name, storage = "localStorage") {
  try {
    return window[storage].getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Stores `text` as `name`; null removes it. */
export function store(name, text, storage = "localStorage") {
  try {
    if (text === null) {
      window[storage].removeItem(PREFIX + name);
    } else {
      window[storage].setItem(PREFIX + name, text);
    }
  } catch {
    // Private windows may refuse; the choice then lasts until the page is left.
  }
}

/** Removes every stored text whose name starts with `start`. */
export function forgetStored(start, storage) {
  try {
    for (const name of Object.keys(window[storage])) {
      if (name.startsWith(PREFIX + start)) {
        window[storage].removeItem(name);
      }
    }
  } catch {
    // Nothing was kept, so nothing has to be forgotten.
  }
}
