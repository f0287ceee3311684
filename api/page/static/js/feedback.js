/** What the reader says about an answer, about one of its sentences, or about a source. */
import { element, said } from "./dom.js";
import { languageTag } from "./interface.js";
import { Failure, request } from "./service.js";
import { openSheet } from "./sheet.js";
import { unmarked } from "./citation_marks.js";

const KINDS = {
  helpful: "helpful",
  "not-helpful": "not_helpful",
  "wrong-citation": "wrong_citation",
};

/** Sends one remark. `about` is `{conversation_id, message_id}`. Throws Failure. */
export async function sendFeedback(about, kind, sentence, comment) {
  const body = { ...about, kind };
  if (sentence) {
    body.sentence = sentence;
  }
  if (comment) {
    body.comment = comment;
  }
  await request("POST", "/v1/feedback", { body });
}

/**
 * Asks what the reader has to say, with `kind` chosen. `sentences` are those of the answer that cite something,
 * or that cite the source in question. `sent` is called once the server has it.
 */
export function openFeedback({ about, kind, sentences, sent }) {
  const kinds = Object.entries(KINDS).map(([value, key]) =>
    choice("kind", value, value === kind, said("span", key)),
  );
  const texts = sentences.map(({ text }) => {
    const words = element("span", { lang: languageTag(text) }, unmarked(text));
    return choice("sentence", text, false, words);
  });
  const which = group(said("legend", "feedback_sentence"), texts);
  const comment = element("textarea", { name: "comment", rows: "3", maxlength: "2000" });
  const problem = element("p.problem-text", { role: "alert" });
  const form = element(
    "form.feedback-form",
    {},
    group(said("legend.visually-hidden", "feedback"), kinds), // The title asks it already.
    which,
    element("label.field", {}, said("span", "feedback_comment"), comment),
    problem,
    said("button.primary", "feedback_send", {}, { type: "submit" }),
  );
  const adapt = () => {
    which.hidden = form.elements.kind.value !== "wrong-citation" || texts.length === 0;
  };
  form.addEventListener("change", adapt);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = which.hidden ? null : form.querySelector("[name=sentence]:checked");
    try {
      await sendFeedback(about, form.elements.kind.value, chosen?.value, comment.value.trim());
      dialog.close();
      sent();
    } catch (error) {
      if (!(error instanceof Failure)) {
        throw error;
      }
      problem.textContent = error.message;
    }
  });
  const dialog = openSheet("question", said("h2", "feedback"), form);
  adapt();
}

function choice(name, value, chosen, label) {
  const input = element("input", { type: "radio", name, value, checked: chosen });
  return element("label.choice-line", {}, input, label);
}

function group(legend, choices) {
  return element("fieldset", {}, legend, element("div.choice-lines", {}, ...choices));
}
