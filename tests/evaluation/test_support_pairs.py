"""The labelled sentences are well formed, balanced, and their halves do not mix."""

from __future__ import annotations

from collections import Counter

import pytest
from evaluation_questions import Half
from support_pairs import OwnSentence, Pair, half_of_source, load_own_sentences, load_pairs

SUPPORTED = {"paraphrase", "summary", "attributed", "translated", "partial", "inferred-number"}
UNSUPPORTED = {
    *("altered-number", "invented-number", "wrong-person", "negated", "other-course", "invented"),
    *("overstated", "swapped-goal", "swapped-order", "false-quote", "off-topic"),
}


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return load_pairs()


@pytest.fixture(scope="module")
def own() -> list[OwnSentence]:
    return load_own_sentences()


def test_the_set_is_large_enough_to_tell_a_percent_apart(
    pairs: list[Pair], own: list[OwnSentence]
) -> None:
    assert len(pairs) >= 1000
    assert len(own) >= 60


def test_every_change_belongs_to_its_verdict(pairs: list[Pair]) -> None:
    wrong = [p for p in pairs if p.change not in (SUPPORTED if p.supported else UNSUPPORTED)]
    assert wrong == []


def test_claims_carry_no_markers(pairs: list[Pair]) -> None:
    assert [pair.claim for pair in pairs if "[1]" in pair.claim] == []


def test_a_source_is_in_one_half_whatever_file_it_stands_in(pairs: list[Pair]) -> None:
    halves = {(pair.evidence.source, pair.half) for pair in pairs}
    assert len(halves) == len({source for source, _ in halves})


def test_the_half_of_a_source_never_changes() -> None:
    # Whoever changes the salt mixes what was tuned on with what is measured.
    assert half_of_source("xin-junbo-overfitting") is Half.TUNE
    assert half_of_source("lyon-entering-the-field") is Half.TEST


def test_the_halves_are_alike(pairs: list[Pair]) -> None:
    shares = {}
    for half in Half:
        members = [pair for pair in pairs if pair.half is half]
        shares[half] = Counter(pair.supported for pair in members)[True] / len(members)
        assert 0.4 <= len(members) / len(pairs) <= 0.6
        assert {pair.change for pair in members} == SUPPORTED | UNSUPPORTED
    assert abs(shares[Half.TUNE] - shares[Half.TEST]) < 0.05


def test_both_verdicts_are_there_in_every_pair_of_languages(pairs: list[Pair]) -> None:
    cells = Counter((pair.languages, pair.supported, pair.half) for pair in pairs)
    assert min(cells.values()) >= 20
    assert len(cells) == 4 * 2 * 2
