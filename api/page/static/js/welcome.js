/** The first screen: what this is, what one could ask, and what it promises. */
import { element, said } from "./dom.js";
import { language, tagOf } from "./interface.js";

const SAMPLES = {
  zh: [
    "学深度学习要先学机器学习吗？我只是做毕设",
    "数学要学到什么程度才够？",
    "想做大模型应用，还要补机器学习的基础吗？",
    "每周 10 小时、一共 8 周，怎么安排？",
  ],
  en: [
    "Do I need machine learning before deep learning?",
    "How much mathematics do I need for research?",
    "I want to build LLM applications. Do I still need the foundations?",
    "I have 8 weeks at 10 hours a week. How should I plan them?",
  ],
};

/** Draws the first screen into `container`; `ask` is called with a chosen question. */
export function drawWelcome(container, ask) {
  const samples = SAMPLES[language()].map((question) =>
    element(
      "button.suggestion",
      {
        type: "button",
        lang: tagOf(language()),
        onclick: () => ask(question),
      },
      question,
    ),
  );
  const promises = ["promise_words", "promise_split", "promise_abstain"].map((key) =>
    said("li", key),
  );
  container.replaceChildren(
    said("h1", "welcome_title"),
    said("p.lead", "welcome"),
    element("section.samples", {}, said("h2", "samples_label"), ...samples),
    element("section.promises", {}, said("h2", "promises_label"), element("ul", {}, ...promises)),
  );
}
