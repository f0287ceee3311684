"""Finding the exact words of a stored text that a claim rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.embedding import Embedder
from corpus.language import han_share
from corpus.sentences import split_sentences
from corpus.terms import terms

LONGEST_QUOTE = {True: 150, False: 360}  # characters, by whether the text is mostly Han
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_LIST_MARK = re.compile(r"\s*(?:[-*+•>]|\d{1,2}[.)、．])\s*")
_MOSTLY_HAN = 0.25
_LINK = re.compile(r"https?://\S+|www\.\S+")
_LEAST_LETTERS = 3  # besides links, for words that can be quoted
_CANDIDATES = 5
_REMEMBERED = 1024  # texts or parts of texts
_NEARLY_VERBATIM = 0.5  # coverage of a claim by a text in its own wording


@dataclass(frozen=True, slots=True)
class Span:
    """`body[start:end]`, and how much of the claim's vocabulary it covers, at most 1."""

    start: int
    end: int
    score: float


def sentence_spans(body: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of `body[start:end]` as quotable spans: no headings, no list marks."""
    return list(_sentence_spans(body, start, len(body) if end is None else end))


@lru_cache(maxsize=_REMEMBERED)
def _sentence_spans(body: str, start: int, stop: int) -> tuple[tuple[int, int], ...]:
    spans = []
    for left, right in split_sentences(body[start:stop]):
        text = body[start + left : start + right]
        words = _LINK.sub("", text)
        if _HEADING.match(text) or sum(character.isalpha() for character in words) < _LEAST_LETTERS:
            continue
        mark = _LIST_MARK.match(text)
        opening = start + left + (mark.end() if mark else 0)
        spans.append((opening, start + right))
    return tuple(spans)


def windows(body: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Every sentence, and every two neighbours that stand in one paragraph and fit a quote.

    What is far too long for a quotation, such as a table, is cut.
    """
    limit = LONGEST_QUOTE[han_share(body) > _MOSTLY_HAN]
    spans = [(left, right if right - left <= 2 * limit else left + limit) for left, right in spans]
    pairs = [
        (first[0], second[1])
        for first, second in pairwise(spans)
        if second[1] - first[0] <= limit and "\n" not in body[first[1] : second[0]]
    ]
    return [*spans, *pairs]


@lru_cache(maxsize=_REMEMBERED)
def windows_of(body: str, start: int, stop: int) -> tuple[tuple[int, int], ...]:
    """The windows of `body[start:stop]`, remembered: the same texts are quoted again and again."""
    return tuple(windows(body, _sentence_spans(body, start, stop)))


@lru_cache(maxsize=_REMEMBERED)
def vocabularies_of(body: str, start: int, stop: int) -> tuple[frozenset[str], ...]:
    """The terms of each of `windows_of`."""
    return tuple(frozenset(terms(body[a:b])) for a, b in windows_of(body, start, stop))


def lexical_spans(body: str, claim: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The windows of `body[start:end]` by how much of the claim's vocabulary they cover.

    Coverage weighs a term by its rarity in the text; a longer window must earn its length.
    """
    stop = len(body) if end is None else end
    candidates = windows_of(body, start, stop)
    vocabularies = vocabularies_of(body, start, stop)
    frequency = Counter(term for vocabulary in vocabularies for term in vocabulary)
    wanted = set(terms(claim))
    rarity = {term: 1.0 / (1 + frequency[term]) for term in wanted}
    total = sum(rarity.values()) or 1.0
    spans = []
    for (left, right), vocabulary in zip(candidates, vocabularies, strict=True):
        covered = sum(rarity[term] for term in wanted & vocabulary) / total
        spans.append(Span(left, right, covered - 0.0004 * (right - left)))
    return sorted(spans, key=lambda span: (-span.score, span.start))


def best_span(
    body: str,
    claim: str,
    embedder: Embedder,
    start: int = 0,
    end: int | None = None,
    *,
    least: float = 0.0,
) -> Span | None:
    """The words of `body[start:end]` that state `claim` best.

    The few windows that share most vocabulary with the claim are compared in meaning. None when
    nothing is quotable, or nothing at least as near as `least`, a cosine.
    """
    spans = lexical_spans(body, claim, start, end)[:_CANDIDATES]
    if not spans or spans[0].score > _NEARLY_VERBATIM:
        return spans[0] if spans else None
    vectors = embedder.embed_passages([claim, *(body[span.start : span.end] for span in spans)])
    similarity = vectors[1:] @ vectors[0]
    best = max(range(len(spans)), key=lambda i: float(similarity[i]) + 0.15 * spans[i].score)
    return spans[best] if similarity[best] >= least else None
