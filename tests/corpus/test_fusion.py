"""Two rankings become one, and a lexical one without evidence cannot bury a good dense one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fusion import FusedHit, fuse
from corpus.hits import Hit


def hits(*scored: tuple[str, float]) -> list[Hit]:
    return [Hit(name, score) for name, score in scored]


def order(*arguments) -> list[str]:
    return [hit.passage_id for hit in fuse(*arguments)]


DENSE = hits(("a", 0.91), ("b", 0.90), ("c", 0.84))
LEXICAL = hits(("c", 12.0), ("d", 9.0), ("b", 2.0))


def test_without_known_words_the_dense_order_stays() -> None:
    assert order(DENSE, LEXICAL, 0.0)[:3] == ["a", "b", "c"]


def test_a_passage_that_holds_all_the_words_comes_first() -> None:
    assert order(DENSE, LEXICAL, 1.0)[0] == "c"


def test_faint_lexical_evidence_does_not_bury_a_good_dense_list() -> None:
    assert order(DENSE, LEXICAL, 0.1)[0] in "ab"


def test_places_and_scores_in_both_lists_are_told() -> None:
    found = {hit.passage_id: hit for hit in fuse(DENSE, LEXICAL, 0.5)}
    assert found["b"] == FusedHit("b", found["b"].score, 2, 0.90, 3, 2.0)
    assert found["d"] == FusedHit("d", found["d"].score, None, None, 2, 9.0)
    assert found["a"] == FusedHit("a", found["a"].score, 1, 0.91, None, None)


@pytest.mark.parametrize("coverage", [0.0, 0.4, 1.0])
def test_one_list_alone_keeps_its_order(coverage: float) -> None:
    assert order(DENSE, [], coverage) == ["a", "b", "c"]
    assert order([], LEXICAL, coverage) == ["c", "d", "b"]
    assert fuse([], [], coverage) == []


def test_equal_scores_are_no_trouble() -> None:
    same = hits(("a", 0.8), ("b", 0.8))
    assert order(same, hits(("b", 3.0), ("a", 3.0)), 1.0) == ["a", "b"]
    assert order(hits(("a", 0.8)), [], 1.0) == ["a"]


def ranking(names: str, highest: float) -> st.SearchStrategy[list[Hit]]:
    scores = st.lists(
        st.floats(0.0, highest, allow_subnormal=False), min_size=len(names), max_size=len(names)
    )
    return scores.map(lambda found: hits(*zip(names, sorted(found, reverse=True), strict=True)))


@given(ranking("abcd", 1.0), ranking("cdef", 40.0), st.floats(0.0, 1.0))
def test_what_both_lists_prefer_is_preferred(dense, lexical, coverage: float) -> None:
    fused = fuse(dense, lexical, coverage)
    names = [hit.passage_id for hit in fused]
    assert sorted(names) == sorted("abcdef")
    assert all(0.0 <= hit.score <= 1.0 + 1e-9 for hit in fused)
    assert [hit.score for hit in fused] == sorted((hit.score for hit in fused), reverse=True)
    assert names.index("c") < names.index("d")
    assert names.index("a") < names.index("b")
    assert names.index("e") < names.index("f")
