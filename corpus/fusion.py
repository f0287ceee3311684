"""One ranking out of a dense and a lexical one.

A weighted sum of scores scaled to [0, 1] in each list: "convex combination", which Bruch, Gai and
Ingber ("An Analysis of Fusion Functions for Hybrid Retrieval", ACM TOIS 42(1), 2023) find better
than reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009). Here, too: ranks alone
cannot tell a lexical list that found every word of the question from one that found its particles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.hits import Hit

# Weight of a lexical list that knows every term of the question, beside 1 for the dense list.
_LEXICAL_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class FusedHit:
    """A passage of the fused ranking, with its place and score in each list that holds it.

    `score` is in [0, 1]; ranks count from 1; None where a list does not hold the passage.
    """

    passage_id: str
    score: float
    dense_rank: int | None = None
    dense_score: float | None = None
    lexical_rank: int | None = None
    lexical_score: float | None = None


def fuse(dense: Sequence[Hit], lexical: Sequence[Hit], coverage: float) -> list[FusedHit]:
    """Every passage of both lists, each given best first, in one ranking, best first.

    The lexical list counts only as far as the index knows the terms of the question: `coverage`,
    in [0, 1], as `Index.lexical` tells it. With coverage 0 it cannot change the order of the
    dense list. Ties go to the passage that stands higher in the dense list, then the lexical one.
    """
    weight = _LEXICAL_WEIGHT * coverage
    dense_places = {hit.passage_id: place for place, hit in enumerate(dense)}
    lexical_places = {hit.passage_id: place for place, hit in enumerate(lexical)}
    dense_shares, lexical_shares = _shares(dense, lowest=True), _shares(lexical, lowest=False)
    fused = []
    for passage_id in dense_places | lexical_places:
        near, far = dense_places.get(passage_id), lexical_places.get(passage_id)
        share = dense_shares.get(passage_id, 0.0) + weight * lexical_shares.get(passage_id, 0.0)
        fused.append(
            FusedHit(
                passage_id,
                share / (1.0 + weight),
                None if near is None else near + 1,
                None if near is None else dense[near].score,
                None if far is None else far + 1,
                None if far is None else lexical[far].score,
            )
        )
    # The sort is stable, and passages stand in the order of the dense list, then the lexical one.
    return sorted(fused, key=lambda hit: -hit.score)


def _shares(hits: Sequence[Hit], *, lowest: bool) -> dict[str, float]:
    """Scores scaled so that the best hit has 1 and 0 is the worst hit's or, without `lowest`,
    that of a passage that was not found: a BM25 score has a natural zero, a cosine has none."""
    if not hits:
        return {}
    best = max(hit.score for hit in hits)
    zero = min(hit.score for hit in hits) if lowest else 0.0
    span = best - zero
    return {hit.passage_id: (hit.score - zero) / span if span > 0 else 1.0 for hit in hits}
