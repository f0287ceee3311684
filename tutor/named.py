"""The person or the course that a question asks about by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.course_names import find_courses, is_too_general
from corpus.index import Index
from corpus.types import Course, Kind, Perspective


@dataclass(frozen=True, slots=True)
class Named:
    """The source that a question asks about by name, if any."""

    person: Perspective | None
    course: Course | None


NOBODY = Named(None, None)


def named_in(index: Index, question: str) -> Named:
    """The person and the course named in `question`."""
    courses = [source for source in index.sources(kind=Kind.COURSE) if isinstance(source, Course)]
    return Named(_person_asked(index, question), _course_asked(question, courses))


def _person_asked(index: Index, question: str) -> Perspective | None:
    """The person whose name stands in the question; the longest name found wins."""
    folded = question.casefold()
    found = [(len(name), id) for id, name in index.names_in(folded) if is_named(name, folded)]
    source = index.source(max(found)[1]) if found else None
    return source if isinstance(source, Perspective) else None


def is_named(name: str, folded: str) -> bool:
    """Whether `name` stands in case-folded text as whole words.

    A name that is no more than a subject ("深度学习") or a single character names nobody.
    """
    if is_too_general(name):
        return False
    return re.search(rf"(?<![a-z0-9]){re.escape(name.casefold())}(?![a-z0-9])", folded) is not None


def _course_asked(question: str, courses: Sequence[Course]) -> Course | None:
    named = find_courses(question, courses)
    return next((course for course in courses if named and course.id == named[0]), None)
