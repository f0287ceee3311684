/** A quotation within the text that it was cut from. Offsets count code points. */
const AROUND = 200;

/**
 * What stands before and after the quotation of `citation` in the one of `texts` it was cut from:
 * `{before, quote, after}`, or null where that text does not hold these words there.
 */
export function inContext(citation, texts) {
  const text = texts?.find(
    (each) => each.language === citation.language && each.verbatim === citation.verbatim,
  );
  if (!text) {
    return null;
  }
  const points = Array.from(text.body);
  const quote = points.slice(citation.start, citation.end).join("");
  if (quote !== citation.quote) {
    return null;
  }
  const from = Math.max(0, citation.start - AROUND);
  const to = citation.end + AROUND;
  return {
    before: (from > 0 ? "…" : "") + points.slice(from, citation.start).join(""),
    quote,
    after: points.slice(citation.end, to).join("") + (to < points.length ? "…" : ""),
  };
}

/** The first `count` code points of `text`. */
export function beginning(text, count) {
  const points = Array.from(text);
  return points.length > count ? `${points.slice(0, count).join("")}…` : text;
}
