/**
 * The browser's back button for what lies over the page: it closes the topmost of it first.
 *
 * While anything is open, an entry of its own stands in the history. It is taken back when all is
 * closed in another way, or becomes the entry of the next conversation.
 */
const layers = [];
let guarded = false;
let returning = false;

/** Has the back button call `close`. Returns what to call once it was closed in any way. */
export function closedByBack(close) {
  layers.push(close);
  guard();
  return () => {
    const at = layers.indexOf(close);
    if (at >= 0) {
      layers.splice(at, 1);
      setTimeout(unguard); // What is opened or gone to next may use the entry.
    }
  };
}

/** Calls `follow` when the reader goes back or forth, and `stay` when only something was closed. */
export function onTravel(follow, stay) {
  window.addEventListener("popstate", () => {
    if (returning) {
      returning = false;
      stay();
    } else if (guarded) {
      guarded = false;
      layers.pop()?.();
      if (layers.length) {
        guard();
      }
      stay();
    } else {
      follow();
    }
  });
}

/** Whether the present entry of the history may be used for another page; it is then no guard. */
export function guardSpent() {
  const spent = guarded && layers.length === 0;
  guarded &&= !spent;
  return spent;
}

function guard() {
  if (!guarded) {
    guarded = true;
    history.pushState({ guard: true }, "");
  }
}

function unguard() {
  if (guarded && layers.length === 0) {
    guarded = false;
    returning = true;
    history.back();
  }
}
