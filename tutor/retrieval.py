"""Finding candidate passages for a question: dense and lexical lists, fused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import Embedder
from corpus.fusion import FusedHit, fuse
from corpus.hits import Hit, LexicalResult
from corpus.index import Index
from corpus.language import simplified
from corpus.terms import share_held, terms
from corpus.types import Kind, Passage, Source
from tutor.content_words import content_terms, without_goal

DEPTH = {Kind.PERSPECTIVE: 60, Kind.COURSE: 30}
# So many of the closest passages must hold the words of a question between them. In a large
# collection any word stands somewhere, which says nothing of what the collection is about.
_CLOSEST = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage found for a question, its source, and how it was found."""

    passage: Passage
    source: Source
    hit: FusedHit


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a question found, best first; `vector` is the question's, (dimension,) float32.

    `coverage`, in [0, 1], is the share of the question's content words, with those of the
    learner's goal or without, that the closest passages of one kind hold.
    """

    vector: NDArray[np.float32]
    perspectives: tuple[Candidate, ...]
    courses: tuple[Candidate, ...]
    coverage: float

    def relevance(self) -> dict[str, float]:
        """For each source found, how well its best passage did beside the best of all, (0, 1]."""
        scores: dict[str, float] = {}
        for candidates in (self.perspectives, self.courses):
            top = max((candidate.hit.score for candidate in candidates), default=1.0) or 1.0
            for candidate in candidates:
                scores.setdefault(candidate.source.id, candidate.hit.score / top)
        return scores


def retrieve(index: Index, embedder: Embedder, question: str) -> Retrieved:
    """Search both kinds of source for `question` and fuse the dense and the lexical list."""
    question = simplified(question)
    vector = embedder.embed_query(question)
    perspectives = _candidates(index, vector, question, Kind.PERSPECTIVE)
    courses = _candidates(index, vector, question, Kind.COURSE)
    coverage = max(_share_held(question, found) for found in (perspectives, courses))
    return Retrieved(vector, perspectives, courses, coverage)


def _share_held(question: str, found: Sequence[Candidate]) -> float:
    """The share of the content words of `question` in the closest of the passages `found`.

    They need not speak of what the learner wants to reach: "how much math? I want a job" asks
    about math. Where they do, it counts.
    """
    held = _words_of(found)
    asked = (question, without_goal(question))
    return max(share_held(content_terms(words), held) for words in asked)


def _words_of(found: Sequence[Candidate]) -> set[str]:
    """The terms of the closest passages of those `found`."""
    return {
        term for candidate in found[:_CLOSEST] for term in terms(simplified(candidate.passage.text))
    }


def united(first: Retrieved, second: Retrieved) -> Retrieved:
    """What either question found, each passage by its better score; the vector is the first's."""
    return Retrieved(
        first.vector,
        _united(first.perspectives, second.perspectives),
        _united(first.courses, second.courses),
        max(first.coverage, second.coverage),
    )


def _united(first: tuple[Candidate, ...], second: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    ranked = sorted((*first, *second), key=lambda candidate: -candidate.hit.score)
    best: dict[str, Candidate] = {}
    for candidate in ranked:
        best.setdefault(candidate.passage.id, candidate)
    return tuple(best.values())


def _candidates(
    index: Index, vector: NDArray[np.float32], question: str, kind: Kind
) -> tuple[Candidate, ...]:
    dense: list[Hit] = index.dense(vector, kind, DEPTH[kind])
    lexical: LexicalResult = index.lexical(question, kind, DEPTH[kind])
    fused = fuse(dense, lexical.hits, lexical.coverage)[: DEPTH[kind]]
    passages = {p.id: p for p in index.passages([hit.passage_id for hit in fused])}
    sources = {s.id: s for s in index.sources({p.source_id for p in passages.values()})}
    return tuple(
        Candidate(passage, sources[passage.source_id], hit)
        for hit in fused
        if (passage := passages.get(hit.passage_id)) and passage.source_id in sources
    )
