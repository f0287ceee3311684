"""Who and what a question asks about by name, over the bundled sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.bundled_embedder import BundledEmbedder
from corpus.course_names import find_courses
from corpus.index import Index
from corpus.types import Course, Kind, Perspective
from tutor.named import NOBODY, named_in


@pytest.fixture(scope="module")
def index(indexed: Path) -> Iterator[Index]:
    with Index.open(indexed, BundledEmbedder()) as index:
        yield index


@pytest.fixture(scope="module")
def people(index: Index) -> list[Perspective]:
    return [each for each in index.sources(kind=Kind.PERSPECTIVE) if isinstance(each, Perspective)]


@pytest.fixture(scope="module")
def courses(index: Index) -> list[Course]:
    return [each for each in index.sources(kind=Kind.COURSE) if isinstance(each, Course)]


def test_everything_that_a_person_said_is_asked_about(
    index: Index, people: list[Perspective], courses: list[Course]
) -> None:
    for author in {each.author for each in people if each.author}:
        if find_courses(author, courses):
            continue  # A teacher's bare name stands for the course.
        said = {each.id for each in people if each.author == author}
        named = named_in(index, f"{author}怎么看")
        assert said <= {each.id for each in named.people}, author


def test_whoever_makes_a_course_is_not_asked_about_beside_it(
    index: Index, courses: list[Course]
) -> None:
    for course in courses:
        for name in (*course.aliases, course.title.zh, course.title.en):
            named = named_in(index, f"{name} 要学多久")
            if named.course == course:
                assert not named.people, name


def test_a_question_that_names_nobody(index: Index) -> None:
    assert named_in(index, "学深度学习要先学机器学习吗") == NOBODY
