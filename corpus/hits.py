"""What a search returns: passage ids with scores, best first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found; what `score` means, and its range, is told by the search that made it."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class LexicalResult:
    """Passages that share words with a query.

    `hits` are best first; `score` is BM25, positive, without an upper bound.
    `coverage`, in [0, 1], is the share of the query's terms, weighted by inverse document
    frequency, that occur in the index at all: near 0 the list is no evidence, as with an English
    question over Chinese text.
    """

    hits: tuple[Hit, ...]
    coverage: float
