/** How an answer came about, folded away under it. */
import { element, said } from "./dom.js";
import { live, say } from "./interface.js";

/** The small print of `answer`. */
export function smallPrint(answer) {
  const lines = [() => writtenBy(answer), () => checked(answer.check)];
  if (hasOwnConclusions(answer)) {
    lines.push(() => say("own_conclusions"));
  }
  const total = answer.timings_ms?.total;
  if (total) {
    lines.push(() => say("answered_in", { seconds: (total / 1000).toFixed(1) }));
  }
  const paragraphs = lines.map((compute) => live(element("p"), compute));
  return element("details.small-print", {}, said("summary", "small_print"), ...paragraphs);
}

function writtenBy({ writer, model }) {
  return writer === "model" ? say("written_by", { model }) : say("composed");
}

function checked(check) {
  const ways = ["repaired", "reworded"]
    .filter((way) => check[way])
    .map((way) => say(way, { n: check[way] }));
  const mended = ways.length ? say("mended", { ways: ways.join(say("comma")) }) : "";
  return say("check", { ...check, mended });
}

function hasOwnConclusions({ writer, sentences }) {
  const own = ({ section, kind, citations }) =>
    section === "body" && kind === "inference" && citations.length === 0;
  return writer === "model" && sentences.some(own);
}
