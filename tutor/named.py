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
    """What a question asks about by name: all that one person said, and a course, if any."""

    people: tuple[Perspective, ...]
    course: Course | None


_ASKS_OF_A_COURSE = re.compile(
    r"课|教程|教材|这本书|那本书|(?<![a-z])(?:courses?|tutorials?|books?)(?![a-z])"
)
NOBODY = Named((), None)


def named_in(index: Index, question: str) -> Named:
    """The person and the course named in `question`.

    The name of whoever makes a course, beside that of the course, stands for the course; so it
    does in "the Hugging Face course" where they make no other.
    """
    courses = [source for source in index.sources(kind=Kind.COURSE) if isinstance(source, Course)]
    people, course = _person_asked(index, question), _course_asked(question, courses)
    if people and course is None and _ASKS_OF_A_COURSE.search(question.casefold()):
        course = _only_course_of(people, courses)
    if course and any(_makes(person, course) for person in people):
        people = ()
    return Named(people, course)


def _person_asked(index: Index, question: str) -> tuple[Perspective, ...]:
    """All that the person said whose name stands in the question; the longest name found wins."""
    folded = question.casefold()
    found = [(name, id) for id, name in index.names_in(folded) if is_named(name, folded)]
    longest = max((len(name) for name, _ in found), default=0)
    names = sorted(name for name, _ in found if len(name) == longest)
    ids = [id for name, id in found if names and name == names[-1]]
    return tuple(each for each in index.sources(ids) if isinstance(each, Perspective))


def _only_course_of(people: Sequence[Perspective], courses: Sequence[Course]) -> Course | None:
    made = [course for course in courses if any(_makes(person, course) for person in people)]
    return made[0] if len(made) == 1 else None


def _makes(person: Perspective, course: Course) -> bool:
    """Whether a person teaches or offers a course, by any of their names."""
    names = [name for name in (person.author, *person.author_aliases) if name]
    makers = [maker.casefold() for maker in (course.provider, *course.instructors)]
    return any(is_named(name, maker) for name in names for maker in makers)


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
