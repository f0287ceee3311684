/** How a source is called: its person, its origin, and whose words it holds. */
import { say } from "./interface.js";
import { platformName } from "./vocabulary.js";

/** The name of a person, or that it is not known. */
export function nameOf(author) {
  return author || say("unnamed");
}

/** Which of the texts says whose words `citation` quotes. */
export function whoseWords({ kind, verbatim }) {
  if (kind === "course") {
    return "words_course";
  }
  return verbatim ? "words_own" : "words_ours";
}

/** Person, platform and date of a citation in one line. */
export function originLine({ author, platform, published, kind }) {
  const parts = [nameOf(author), platformName(platform)];
  if (kind !== "course") {
    parts.push(published ?? say("undated"));
  }
  return [...new Set(parts)].join(" · ");
}
