/** The box in which a question is written. */
import { announce } from "./announcer.js";
import { icon } from "./dom.js";
import { live, say } from "./interface.js";

const CONFIRMING = 100; // milliseconds
const LONGEST = 2000; // characters, as the server counts them
const NEAR = 200; // how many may be left before the reader is told

/**
 * The composer in `form`. `send(text)` is called with each question, `stop()` when the button is
 * pressed while an answer is written, and `emptied()` when the reader has deleted what was there.
 */
export class Composer {
  #busy = false;
  #composedAt = -Infinity;

  constructor(form, { send, stop, emptied }) {
    this.field = form.querySelector("textarea");
    this.button = form.querySelector("button");
    this.room = form.querySelector(".room");
    this.send = send;
    this.stop = stop;
    this.field.addEventListener("input", () => {
      this.#adapt();
      if (this.field.value === "") {
        emptied();
      }
    });
    this.field.addEventListener("compositionend", (event) => {
      this.#composedAt = event.timeStamp;
    });
    this.field.addEventListener("keydown", (event) => this.#keyPressed(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    live(this.button, () => say(this.#busy ? "stop" : "send"), "aria-label");
    this.setBusy(false);
  }

  /** Makes the button stop an answer instead of sending a question, or the other way round. */
  setBusy(busy) {
    this.#busy = busy;
    this.button.classList.toggle("stop", busy);
    this.button.replaceChildren(icon(busy ? "stop" : "send"));
    this.button.setAttribute("aria-label", say(busy ? "stop" : "send"));
    this.#adapt();
  }

  /** Puts `text` into the box to be sent later. */
  fill(text) {
    this.field.value = text;
    this.#adapt();
  }

  get empty() {
    return this.field.value.trim() === "";
  }

  focus() {
    this.field.focus();
  }

  #keyPressed(event) {
    if (event.key !== "Enter" || event.shiftKey || this.#composing(event)) {
      return;
    }
    event.preventDefault();
    if (!this.#busy) {
      this.#submit();
    }
  }

  /** Whether this Enter only confirms what an input method has composed. */
  #composing(event) {
    // Safari ends the composition before it tells of the key, so both are looked at.
    const justComposed = event.timeStamp - this.#composedAt < CONFIRMING;
    return event.isComposing || event.keyCode === 229 || justComposed;
  }

  #submit() {
    if (this.#busy) {
      this.stop();
      return;
    }
    const text = this.field.value.trim();
    if (text && lengthOf(text) <= LONGEST) {
      this.field.value = "";
      this.#adapt();
      if (matchMedia("(pointer: coarse)").matches) {
        this.field.blur(); // The keyboard on the screen would hide the answer.
      }
      this.send(text);
    }
  }

  #adapt() {
    const left = LONGEST - lengthOf(this.field.value.trim());
    this.button.disabled = !this.#busy && (this.empty || left < 0);
    this.#showRoom(left);
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  #showRoom(left) {
    const tooLong = left < 0;
    const was = this.field.getAttribute("aria-invalid") === "true";
    live(this.room, () => roomText(left));
    this.room.classList.toggle("exceeded", tooLong);
    this.field.setAttribute("aria-invalid", String(tooLong));
    if (tooLong && !was) {
      announce(this.room.textContent);
    }
  }
}

function roomText(left) {
  if (left < 0) {
    return say("question_too_long", { n: -left, limit: LONGEST });
  }
  return left <= NEAR ? say("question_room", { n: left }) : "";
}

function lengthOf(text) {
  return [...text].length; // Code points: an emoji is one.
}
