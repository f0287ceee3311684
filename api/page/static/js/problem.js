/** A failure as a message with a button to try again. */
import { button, element } from "./dom.js";
import { live, say } from "./interface.js";

const SECOND = 1000;

/**
 * The message of `failure`; the button waits as long as the server asked for, then calls `retry`.
 * There is no button where `retry` is null.
 */
export function problemBox({ message, wait = 0 }, retry) {
  const again = retry && button("button.quiet", "try_again", retry);
  const box = element("div.problem", { role: "alert" }, element("p", {}, message), again);
  if (again && wait > 0) {
    countDown(again, wait);
  }
  return box;
}

function countDown(again, seconds) {
  const until = Date.now() + seconds * SECOND;
  again.disabled = true;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / SECOND);
    again.disabled = left > 0;
    live(again, () => (left > 0 ? say("wait", { n: left }) : say("try_again")));
    if (left > 0) {
      setTimeout(tick, SECOND);
    }
  };
  tick();
}
