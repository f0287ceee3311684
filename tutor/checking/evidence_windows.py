"""The words of a source that come closest to a sentence, in whatever language either is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.embedding import Embedder
from corpus.language import detect_language, han_share
from corpus.terms import terms
from corpus.types import Source, Text
from tutor.quoting import Span, sentence_spans, vocabularies_of, windows_of

# Of a long text only the windows that share most words with the claim are compared in meaning,
# and as many taken evenly from the whole, for a claim in the other language.
_BY_WORDS = 24
_EVENLY = 48
_OWN_WORDS = 0.01  # and what it is worth that a text is the author's own
_WORDS_COUNT = 0.10  # what full coverage of the claim's vocabulary is worth in cosine
# What a sentence is compared with for opposites, in characters, by whether the text is mostly Han.
_PASSAGE = {True: 300, False: 900}
_MOSTLY_HAN = 0.25


@dataclass(frozen=True, slots=True)
class Window:
    """`text.body[span.start : span.end]`; `closeness` is its cosine with the claim."""

    text: Text
    span: Span
    closeness: float

    @property
    def words(self) -> str:
        """The words of the window."""
        return self.text.body[self.span.start : self.span.end]


class EvidenceFinder:
    """Finds what a sentence rests on. Give it an embedder that remembers, so that the windows of
    a source are embedded once and not for every sentence."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def best_window(self, source: Source, claim: str) -> Window | None:
        """The one or two sentences of `source` that come closest to `claim`; None without text.

        The author's own words are looked at in any language, restatements in that of the claim
        where there is one. Between texts that say the same, the author's own words win.
        """
        found = [self._best_in(text, claim) for text in _to_compare(source, claim)]
        return max(filter(None, found), key=_preference, default=None)

    def _best_in(self, text: Text, claim: str) -> Window | None:
        spans = windows_of(text.body, 0, len(text.body))
        if not spans:
            return None
        wanted = frozenset(terms(claim))
        vocabularies = vocabularies_of(text.body, 0, len(text.body))
        shares = [len(wanted & used) / (len(wanted) or 1) for used in vocabularies]
        chosen = _compared(shares)
        vectors = self._embedder.embed_passages([text.body[slice(*spans[i])] for i in chosen])
        (vector,) = self._embedder.embed_passages([claim])
        closeness = vectors @ vector
        scores = closeness + _WORDS_COUNT * np.array([shares[i] for i in chosen])
        best = int(scores.argmax())
        start, end = spans[chosen[best]]
        return Window(text, Span(start, end, float(scores[best])), float(closeness[best]))


def _to_compare(source: Source, claim: str) -> list[Text]:
    """The texts that can differ: restatements in two languages say the same."""
    language = detect_language(claim)
    spoken = [text for text in source.texts if text.verbatim or text.language is language]
    return spoken or list(source.texts)


def _preference(window: Window) -> float:
    return window.span.score + _OWN_WORDS * window.text.verbatim


def passage_around(window: Window) -> str:
    """The window with the sentences around it, as many as say what it is about."""
    body = window.text.body
    room = _PASSAGE[han_share(body) > _MOSTLY_HAN]
    spans = sentence_spans(body)
    inside = [i for i, (a, b) in enumerate(spans) if a < window.span.end and b > window.span.start]
    if not inside:
        return window.words[:room]
    first, last = inside[0], inside[-1]
    used = spans[last][1] - spans[first][0]
    while True:
        options = _neighbours(spans, first, last)
        fitting = [(i, size) for i, size in options if used + size <= room]
        if not fitting:
            break
        # What follows explains a sentence less often than what stands before it.
        index, size = fitting[0]
        first, last, used = min(first, index), max(last, index), used + size
    return " ".join(body[a:b] for a, b in spans[first : last + 1])


def _neighbours(spans: Sequence[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    before = [first - 1] if first > 0 else []
    after = [last + 1] if last + 1 < len(spans) else []
    return [(i, spans[i][1] - spans[i][0]) for i in (*before, *after)]


def _compared(shares: Sequence[float]) -> list[int]:
    if len(shares) <= _BY_WORDS + _EVENLY:
        return list(range(len(shares)))
    by_words = sorted(range(len(shares)), key=lambda i: -shares[i])[:_BY_WORDS]
    evenly = np.linspace(0, len(shares) - 1, _EVENLY).astype(int).tolist()
    return sorted({*by_words, *evenly})
