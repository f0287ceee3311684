/** The two views of the page: the conversation ("talk") and the study plan ("plan"). */
export class Views {
  #shown = "talk";
  #scrolled = { talk: 0, plan: 0 };

  /** `tabs` are the buttons by the name of their view; `chosen(name)` is called when one is pressed. */
  constructor(app, tabs, chosen) {
    this.app = app;
    this.tabs = tabs;
    for (const [name, tab] of Object.entries(tabs)) {
      tab.addEventListener("click", () => chosen(name));
    }
    this.#mark();
  }

  /** Whether the study plan is shown. */
  get planning() {
    return this.#shown === "plan";
  }

  /** Shows the view `name`, as far down as it was left. */
  show(name) {
    if (name === this.#shown) {
      return;
    }
    this.#scrolled[this.#shown] = window.scrollY;
    this.#shown = name;
    this.#mark();
    window.scrollTo({ top: this.#scrolled[name], behavior: "instant" });
  }

  #mark() {
    this.app.classList.toggle("planning", this.planning);
    for (const [name, tab] of Object.entries(this.tabs)) {
      if (name === this.#shown) {
        tab.setAttribute("aria-current", "page");
      } else {
        tab.removeAttribute("aria-current");
      }
    }
  }
}
