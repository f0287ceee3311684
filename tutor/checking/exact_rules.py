"""What a sentence may repeat of its sources and must repeat exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from corpus.course_names import course_names, find_courses
from corpus.types import Course
from tutor.checking.attribution import mentioned, same_name, subjects, without_marks
from tutor.checking.quantities import misplaced, unstated
from tutor.checking.quotations import letters, quoted_words, stands_in, titles
from tutor.checking.stated import Stated, latin_terms, people_of, words_of
from tutor.checking.synonyms import things_named


class Problem(StrEnum):
    """Why a sentence may not leave."""

    MARKER = "a marker without a source"
    NO_SOURCE = "no source for a claim"
    NUMBER = "a number that the source does not state"
    TERM = "a name or term that the source does not use"
    COURSE = "a course that the source does not name"
    PERSON = "a person who does not speak in the source"
    QUOTATION = "quotation marks around words that the source does not have"
    MEANING = "too far in meaning from the quotation"
    CONTRARY = "the contrary of what the source says, or more than it"
    UNSUPPORTED = "the source does not say so"
    STANCE = "a side that the person does not take"
    ATTRIBUTION = "a view of somebody's without a source"
    OUTSIDE = "a fact from outside the sources and the question"
    LINK = "a link, mark-up or an instruction"
    LANGUAGE = "not in the language of the answer"
    MARKUP = "a table or code"


def exact_problems(
    claim: str, stated: Stated, courses: Sequence[Course], people: Iterable[str]
) -> list[Problem]:
    """The rules that `claim` breaks beside what its sources state, in the order of `Problem`.

    `claim` may hold Markdown; `people` are all names known to be a person's.
    """
    plain = without_marks(claim)
    found = {
        Problem.NUMBER: _wrong_number(plain, stated),
        Problem.TERM: not latin_terms(plain) <= stated.words | _title_words(plain, courses),
        Problem.COURSE: not _same_courses(plain, stated, courses),
        Problem.PERSON: bool(strangers(claim, stated, people, courses)),
        Problem.QUOTATION: not all(stands_in(w, stated.verbatim) for w in quoted_words(plain)),
    }
    return [problem for problem, true in found.items() if true]


def strangers(
    claim: str, stated: Stated, people: Iterable[str], courses: Sequence[Course] = ()
) -> list[str]:
    """The people whom `claim` names and its sources do not: neither speaking nor spoken of."""
    named = [*mentioned(without_marks(claim), people), *subjects(claim)]
    return [
        name
        for name in named
        if not _is_known(name, stated) and not set(find_courses(name, courses)) & stated.courses
    ]


def _is_known(name: str, stated: Stated) -> bool:
    if any(same_name(name, speaker) for speaker in stated.names):
        return True
    return stands_in(name, stated.text) or bool(things_named(name) & stated.things)


def _wrong_number(claim: str, stated: Stated) -> bool:
    return bool(unstated(claim, stated.quantities) or misplaced(claim, stated.quantities))


def _title_words(claim: str, courses: Sequence[Course]) -> frozenset[str]:
    """The words of courses' names in a claim: whether they are the right ones is another rule."""
    named = set(find_courses(claim, courses))
    titles = (t for c in courses if c.id in named for t in (*c.aliases, c.title.en, c.title.zh))
    return frozenset().union(*(words_of(title) for title in titles))


def _same_courses(claim: str, stated: Stated, courses: Sequence[Course]) -> bool:
    ids = set(find_courses(claim, courses)) - stated.courses
    claimed = (course for course in courses if course.id in ids and _is_titled(course, claim))
    if not all(_by_maker(course, stated, courses) for course in claimed):
        return False
    named = (title for title in titles(claim) if not find_courses(f"《{title}》", courses))
    return all(stands_in(title, stated.text) for title in named)


def _is_titled(course: Course, claim: str) -> bool:
    """Whether a claim names a course by more than its teacher, whom another rule looks at."""
    makers = {letters(name) for name in people_of(course)}
    names = {letters(name) for name in course_names(course).values()} - makers
    return any(name in letters(claim) for name in names)


def _by_maker(course: Course, stated: Stated, courses: Sequence[Course]) -> bool:
    """Whether the source names the teacher of a course, and no course of theirs by its name."""
    makers = set(people_of(course))
    if not any(_is_known(maker, stated) for maker in makers):
        return False
    others = (one for one in courses if one.id in stated.courses)
    return not any(makers & set(people_of(other)) for other in others)
