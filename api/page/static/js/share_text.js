/** An answer as text to take along, with every source behind it. */
import { say } from "./interface.js";
import { originLine, whoseWords } from "./source_names.js";

/** The answer and a line for each source, to be pasted anywhere. */
export function plainAnswer({ text, citations }) {
  const lines = citations.map((each) => {
    const origin = [originLine(each), each.title].filter(Boolean).join(" · ");
    return `[${each.number}] ${origin} ${each.url}`;
  });
  const sources = lines.length
    ? `\n\n${say("sources", { n: lines.length })}\n${lines.join("\n")}`
    : "";
  return `${text.replaceAll("**", "")}${sources}\n`;
}

/** The answer as a Markdown document: question, text, and each source with its quotation. */
export function markdownAnswer({ question, text, citations }) {
  const parts = [`# ${escaped(question)}`, text];
  if (citations.length) {
    parts.push(`## ${say("sources", { n: citations.length })}`, ...citations.map(sourceEntry));
  }
  return `${parts.join("\n\n")}\n`;
}

function sourceEntry(citation) {
  const quote = citation.quote
    .split(/\s*\n\s*/)
    .map(escaped)
    .join(" ");
  const title = escaped(citation.title);
  const link = /^https?:/i.test(citation.url) ? `[${title}](<${linkTarget(citation.url)}>)` : title;
  const origin = escaped(originLine(citation));
  return `- \\[${citation.number}\\] ${origin} · ${link}\n  > ${say(whoseWords(citation))}: ${quote}`;
}

function escaped(text) {
  return text.replace(/[\\`*_[\]<>#|~]/g, "\\$&").replace(/\s*\n\s*/g, " ");
}

function linkTarget(url) {
  return url.replace(/[<>\s]/g, encodeURIComponent);
}
