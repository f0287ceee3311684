/** The question that waits for its answer, kept in this window so that a reload does not lose it. */
const NAME = "xianhou.unanswered";

/** Keeps `question` until it is answered. */
export function keepQuestion(question) {
  inSession((session) => session.setItem(NAME, question));
}

/** Forgets `question` if it is the one that waits; any question if none is given. */
export function dropQuestion(question = keptQuestion()) {
  if (question === keptQuestion()) {
    inSession((session) => session.removeItem(NAME));
  }
}

/** The question that waits, or "". */
export function keptQuestion() {
  return inSession((session) => session.getItem(NAME)) ?? "";
}

function inSession(act) {
  try {
    return act(window.sessionStorage);
  } catch {
    return null; // A browser may forbid it; the question is then lost with the page.
  }
}
