/** What can be done with a finished answer: take it along, and say what it was worth. */
import { element, icon, iconButton, said } from "./dom.js";
import { openFeedback, sendFeedback } from "./feedback.js";
import { say } from "./interface.js";
import { copied, fileName, shared } from "./save_file.js";
import { Failure } from "./service.js";
import { markdownAnswer, plainAnswer } from "./share_text.js";

/** The row of buttons under `answer`; `about` names the kept message, null where none was kept. */
export function answerTools(answer, about) {
  const status = element("span.tool-status", { role: "status" });
  const tell = (key) => {
    status.textContent = say(key);
  };
  const copy = async () => tell((await copied(plainAnswer(answer))) ? "copied" : "copy_failed");
  const share = async () => {
    const { question } = answer;
    if ((await shared(question, markdownAnswer(answer), fileName(question, "md"))) === "saved") {
      tell("saved");
    }
  };
  const tools = element(
    "div.tools",
    {},
    iconButton("button.tool", "copy", "copy", copy, { labelled: true }),
    iconButton("button.tool", "share", "share", share, { labelled: true }),
  );
  if (about) {
    tools.append(...feedbackButtons(answer, about, tell));
  }
  tools.append(status);
  return tools;
}

/** Asks what is wrong with the citation of one source; `sent` is called once the server has it. */
export function reportCitation(answer, about, citation, sent) {
  const cited = (sentence) => sentence.citations.includes(citation.number);
  const sentences = answer.sentences.filter(cited);
  openFeedback({ about, kind: "wrong-citation", sentences, sent });
}

function feedbackButtons(answer, about, tell) {
  const thanks = () => tell("feedback_thanks");
  const sentences = answer.sentences.filter((sentence) => sentence.citations.length);
  const ask = (kind) => () => openFeedback({ about, kind, sentences, sent: thanks });
  const helpful = iconButton("button.tool", "up", "helpful", async () => {
    try {
      await sendFeedback(about, "helpful");
      helpful.setAttribute("aria-pressed", "true");
      helpful.disabled = true;
      thanks();
    } catch (error) {
      if (!(error instanceof Failure)) {
        throw error;
      }
      tell("failed");
    }
  });
  helpful.setAttribute("aria-pressed", "false");
  return [
    helpful,
    iconButton("button.tool", "down", "not_helpful", ask("not-helpful")),
    element(
      "button.tool",
      { type: "button", onclick: ask("wrong-citation") },
      icon("flag"),
      said("span", "wrong_citation"),
    ),
  ];
}
