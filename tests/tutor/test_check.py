"""What the check lets out, and what it keeps back: mutations of a supported sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.embedding import Embedder
from corpus.index import Index
from corpus.types import Course, Kind, Language, Perspective, Stance, Topic
from tutor.answer import Section, SentenceKind
from tutor.checking.check import Checker, Problem
from tutor.citations import CitationBook
from tutor.drafts import Draft

SAID = "先用两个月学吴恩达的机器学习，再碰深度学习"


class Bench:
    """A checker for sentences that cite one person's view of machine learning first."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        person = index.source("liangziwei-five-months")
        assert isinstance(person, Perspective)
        position = next(p for p in person.positions if p.topic is Topic.ML_BEFORE_DL)
        book = CitationBook(Language.CHINESE, embedder, date(2026, 11, 21))
        book.cite_view(person, position)
        courses = [c for c in index.sources(kind=Kind.COURSE) if isinstance(c, Course)]
        self._checker = Checker(book.citations, {person.id: person}, courses, embedder)
        self.supported = Draft(
            f"{SAID}[1]。", SAID, (1,), SentenceKind.OPINION, Section.VOICES, Stance.NEEDED
        )

    def problems(self, draft: Draft) -> set[Problem]:
        return set(self._checker.check([draft])[0].problems)

    def claiming(self, claim: str) -> Draft:
        return replace(self.supported, text=f"{claim}[1]。", claim=claim)


@pytest.fixture(scope="module")
def bench(index: Index, embedder: Embedder) -> Bench:
    return Bench(index, embedder)


def test_a_supported_sentence_leaves(bench: Bench) -> None:
    assert bench.problems(bench.supported) == set()


@pytest.mark.parametrize(
    ("claim", "problem"),
    [
        ("先用九个月学吴恩达的机器学习，再碰深度学习", Problem.NUMBER),
        ("先用 17 周学吴恩达的机器学习，再碰深度学习", Problem.NUMBER),
        ("先用两个月学 Bishop 的机器学习，再碰深度学习", Problem.TERM),
        ("先用两个月学 scikit-learn，再碰深度学习", Problem.TERM),
        ("先用两个月学西瓜书，再碰深度学习", Problem.COURSE),
        ("周末去爬山，天气好的话晚上露营看星星", Problem.MEANING),
    ],
)
def test_a_mutation_stays(bench: Bench, claim: str, problem: Problem) -> None:
    assert problem in bench.problems(bench.claiming(claim))


def test_a_marker_needs_a_source(bench: Bench) -> None:
    beyond = replace(bench.supported, text=f"{SAID}[9]。", citations=(9,))
    unlisted = replace(bench.supported, text=f"{SAID}[1][2]。")
    assert bench.problems(beyond) == bench.problems(unlisted) == {Problem.MARKER}


def test_a_claim_needs_a_source_unless_it_is_the_tutors_own(bench: Bench) -> None:
    bare = replace(bench.supported, text=f"{SAID}。", citations=())
    assert bench.problems(bare) == {Problem.NO_SOURCE}
    assert bench.problems(replace(bare, kind=SentenceKind.INFERENCE)) == set()


def test_nobody_is_put_on_a_side_they_do_not_take(bench: Bench) -> None:
    wrong = replace(bench.supported, stance=Stance.NOT_NEEDED)
    assert bench.problems(wrong) == {Problem.STANCE}
