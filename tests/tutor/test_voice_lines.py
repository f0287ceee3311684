"""One person's view as a line, and names and goals as a list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.course_files import BUNDLED_COURSES, load_course
from corpus.embedding import Embedder
from corpus.perspective_files import BUNDLED_PERSPECTIVES, load_perspective
from corpus.types import Bilingual, Language, Position, Stance, Topic
from tutor.answer import Section
from tutor.citations import CitationBook
from tutor.course_section import without_repetition
from tutor.drafts import enumerated
from tutor.learner import Learner
from tutor.opinions import TopicWriter
from tutor.selection import View, select_views, split_by_stance
from tutor.topic_material import TopicMaterial
from tutor.voices import quoted_voice

BOTH = {Language.CHINESE: "转述", Language.ENGLISH: "in our words"}


@pytest.mark.parametrize("language", Language)
def test_our_words_are_never_printed_as_what_somebody_wrote(
    language: Language, embedder: Embedder
) -> None:
    person = load_perspective(BUNDLED_PERSPECTIVES / "en-karpathy-phd.md")
    book = CitationBook(language, embedder, date(2026, 11, 1))
    book.cite_claim(person, person.title)
    ours = book.citations[0]

    retold = quoted_voice(person, ours, language, Section.VOICES).text
    assert BOTH[language] in retold
    assert not any(sign in retold for sign in "「“")

    theirs = quoted_voice(person, replace(ours, verbatim=True), language, Section.VOICES).text
    assert BOTH[language] not in theirs
    assert any(sign in theirs for sign in "「“")


def test_goals_are_listed_as_one_says_them() -> None:
    assert enumerated([], Language.ENGLISH) == ""
    goals = ["getting a job", "research", "training and deploying LLMs"]
    assert enumerated(goals[:1], Language.ENGLISH) == "getting a job"
    assert enumerated(goals[:2], Language.ENGLISH) == "getting a job and research"
    assert (
        enumerated(goals, Language.ENGLISH)
        == "getting a job, research, and training and deploying LLMs"
    )
    assert enumerated(["找工作", "做研究"], Language.CHINESE) == "找工作、做研究"


def test_a_fact_that_another_one_holds_is_not_printed_twice(embedder: Embedder) -> None:
    course = load_course(BUNDLED_COURSES / "cs231n.yaml")
    book = CitationBook(Language.ENGLISH, embedder, date(2026, 11, 1))
    weeks = book.cite_course(course, "It is laid out over weeks.")
    both = book.cite_course(course, "It is laid out over weeks. It takes about hours in total.")
    assert weeks is not None
    assert both is not None
    assert without_repetition([weeks, both], book) == [both]


def material(*stances: Stance) -> TopicMaterial:
    """One person a stance, who speaks without a goal."""
    views = []
    for number, stance in enumerate(stances):
        position = Position(Topic.FRAMEWORK, stance, (), Bilingual("先跑起来", "Run it first"))
        person = load_perspective(BUNDLED_PERSPECTIVES / "en-karpathy-phd.md")
        person = replace(person, id=f"p{number}", author=f"p{number}", positions=(position,))
        views.append(View(person, position, 1.0))
    said = tuple(views)
    return TopicMaterial(
        Topic.FRAMEWORK, None, said, said, split_by_stance(said), select_views(said, None)
    )


@pytest.mark.parametrize(
    ("people", "opening"), [(2, "Both people in the sources"), (3, "All 3 people in the sources")]
)
def test_two_who_agree_are_both(people: int, opening: str, embedder: Embedder) -> None:
    book = CitationBook(Language.ENGLISH, embedder, date(2026, 11, 1))
    agreed = material(*[Stance.NOT_NEEDED] * people)
    lines = list(TopicWriter(agreed, Learner(Language.ENGLISH), book).drafts(says_goal=False))
    assert any(line.text.startswith(opening) for line in lines)
