"""What several documents say of one source becomes one source, in whatever order they came."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_material import EN, ZH, course, perspective, position

from corpus.catalogue_types import Origin
from corpus.merging import (
    Edition,
    EditionText,
    current_texts,
    identity,
    merged,
    searchable_texts,
)
from corpus.types import Perspective, Stance


def edition(source: Perspective, uri: str = "a", origin: Origin = Origin.INGESTED) -> Edition:
    return Edition(uri, origin, source)


def text(
    uri: str,
    *,
    verbatim: bool = True,
    length: int = 10,
    origin: Origin = Origin.INGESTED,
    language=ZH,
    passages: int = 1,
) -> EditionText:
    return EditionText(uri, origin, language, verbatim, length, passages)


def test_the_canonical_url_makes_a_perspective_and_the_id_a_course() -> None:
    assert identity(perspective("x", source_id="1")) == identity(perspective("x", source_id="2"))
    assert identity(perspective("x")) != identity(perspective("y"))
    assert identity(course("c")) == identity(replace(course("c"), url="https://example.org/moved"))


def test_labels_and_id_of_the_bundled_edition_win() -> None:
    ours = perspective("x", source_id="shipped", positions=[position(Stance.NEEDED)])
    theirs = perspective("x", source_id="read", positions=[position(Stance.NOT_NEEDED)])
    both = [edition(theirs, "a"), edition(ours, "z", Origin.BUNDLED)]
    assert merged(both).id == "shipped"
    assert merged(both).positions == ours.positions


def test_facts_come_from_whichever_edition_knows_them() -> None:
    ours = perspective("x", author="", votes=None)
    theirs = perspective("x", author="某人", votes=12)
    both = merged([edition(ours, "a", Origin.BUNDLED), edition(theirs, "b")])
    assert (both.author, both.votes) == ("某人", 12)


def test_no_votes_is_a_known_number() -> None:
    both = merged(
        [edition(perspective("x", votes=0), "a"), edition(perspective("x", votes=7), "b")]
    )
    assert both.votes == 0


def test_a_label_that_a_person_confirmed_wins_over_a_guess() -> None:
    guess = perspective("x", positions=[position(Stance.NEEDED, guessed=True)])
    sure = perspective("x", positions=[position(Stance.NOT_NEEDED)])
    assert merged([edition(guess, "a"), edition(sure, "b")]).positions == sure.positions
    assert merged([edition(guess, "a")]).positions == guess.positions


def test_of_two_texts_the_bundled_one_speaks_then_the_longest() -> None:
    short, long = text("a", length=5), text("b", length=9)
    assert current_texts([short, long]) == {long.place}
    ours = text("z", length=1, origin=Origin.BUNDLED)
    assert current_texts([short, long, ours]) == {ours.place}


def test_own_words_shadow_a_restatement_in_their_language_only() -> None:
    own = text("read")
    ours_zh = text("shipped", verbatim=False, origin=Origin.BUNDLED)
    ours_en = text("shipped", verbatim=False, origin=Origin.BUNDLED, language=EN)
    assert searchable_texts([own, ours_zh, ours_en]) == {own.place, ours_en.place}
    assert searchable_texts([ours_zh, ours_en]) == {ours_zh.place, ours_en.place}


def test_own_words_without_a_passage_shadow_nothing() -> None:
    own, ours = text("read", passages=0), text("shipped", verbatim=False)
    assert ours.place in searchable_texts([own, ours])


@given(
    st.permutations(
        [
            edition(perspective("x", votes=votes, author=author), uri, origin)
            for uri, origin, votes, author in [
                ("a", Origin.INGESTED, 3, ""),
                ("b", Origin.INGESTED, 4, "甲"),
                ("c", Origin.BUNDLED, None, ""),
                ("d", Origin.INGESTED, None, "乙"),
            ]
        ]
    )
)
def test_the_order_of_arrival_does_not_matter(editions: list[Edition]) -> None:
    found = merged(editions)
    assert (found.author, found.votes) == ("甲", 3)


@pytest.mark.parametrize("origin", list(Origin))
def test_a_single_edition_is_the_source(origin: Origin) -> None:
    only = course("c")
    assert merged([Edition("a", origin, only)]) == only
