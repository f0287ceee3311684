"""Finds the courses that a text names, whatever people call them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import normalize

from corpus.types import Course

# What may stand between two words of a name: 周志华老师讲的《机器学习》 is "周志华 机器学习".
_FILLER = (
    r"""(?:['’]s(?![a-z])|[\s\-–—_·:'’"“”「」『』《》()\[\]【】]|的|老师|教授|讲授|主讲|讲|写)"""
)
# \b is no use here: to it Han characters are letters as well.
_LATIN = "0-9a-z\u00df-\u024f"
_TOO_GENERAL = frozenset(
    {
        *("ai", "coursera", "cv", "dl", "llm", "math", "ml", "nlp", "python"),
        *("calculus", "convexoptimization", "deeplearning", "linearalgebra", "machinelearning"),
        *("neuralnetworks", "probability", "stanford", "statistics", "课程", "教程", "斯坦福"),
        *("人工智能", "大模型", "机器学习", "深度学习", "神经网络", "自然语言处理", "计算机视觉"),
        *("线性代数", "微积分", "概率论", "统计学", "凸优化"),
    }
)


class _Name(NamedTuple):
    written: str
    is_title: bool
    course: str


class _Sought(NamedTuple):
    first_word: str
    is_latin: bool
    expression: str
    name: _Name


def course_names(course: Course) -> dict[str, str]:
    """Aliases and titles of `course` as written, by the form in which names are compared."""
    return {_key(name.written): name.written for name in _names(course)}


def is_too_general(name: str) -> bool:
    """Whether a name says no more than a subject does, and so cannot tell one course."""
    return len(_key(name)) <= 1 or _key(name) in _TOO_GENERAL


def find_courses(text: str, courses: Sequence[Course]) -> tuple[str, ...]:
    """Ids of the courses named in `text`, in the order in which they are first named.

    Aliases count in any case; a title only where it begins with its capital, so that "to dive
    into deep learning" is not the book. Of names that begin at the same place the longest wins.
    The bare name of a teacher stands for that teacher's best-known course, unless the text names
    another one of theirs.
    """
    original = normalize("NFKC", text)
    lowered = _lower(original)
    names = tuple(name for course in courses for name in _names(course))
    present = tuple(sought for sought in _prepare(names) if sought.first_word in lowered)
    found: dict[str, set[str]] = {}
    end = 0
    for match, name in _matches(present, lowered):
        capital = original[match.start()].isupper()
        if match.start() < end or (name.is_title and name.written[0].isupper() and not capital):
            continue
        found.setdefault(name.course, set()).add(_key(name.written))
        end = match.end()
    makers = {course.id: _makers(course) for course in courses if course.id in found}
    return tuple(
        course
        for course, used in found.items()
        if not any(used <= makers[other] for other in found if other != course)
    )


def _names(course: Course) -> list[_Name]:
    titles = (course.title.zh, course.title.en)
    return [_Name(title, True, course.id) for title in titles] + [
        _Name(alias, False, course.id) for alias in course.aliases
    ]


def _lower(text: str) -> str:
    """`text` in lower case with every character in its old place."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def _key(name: str) -> str:
    return re.sub(_FILLER, "", _lower(normalize("NFKC", name)))


def _makers(course: Course) -> set[str]:
    people = [course.provider, *course.instructors]
    return {_key(part) for person in people for part in re.split("[()（）]", person)}


@lru_cache(maxsize=8)
def _prepare(names: tuple[_Name, ...]) -> list[_Sought]:
    """The names with what to look for, those that begin in Latin letters first, longest first."""
    sought = []
    for name in sorted(names, key=lambda name: (-len(_key(name.written)), name.is_title, name)):
        words = re.split(r"[\s:()\"“”]+", _lower(normalize("NFKC", name.written)))
        words = [word for word in words if word]
        is_latin = re.match(f"[{_LATIN}]", words[0]) is not None
        end = rf"(?![{_LATIN}])" if re.search(f"[{_LATIN}]$", words[-1]) else ""
        body = f"{_FILLER}{{0,6}}".join(re.escape(word) for word in words)
        sought.append(_Sought(words[0], is_latin, body + end, name))
    return sorted(sought, key=lambda one: not one.is_latin)


def _matches(present: tuple[_Sought, ...], text: str) -> list[tuple[re.Match[str], _Name]]:
    """All places where names stand in `text`, in order, the longest name first at each place."""
    found = [
        (match, rank, one.name)
        for rank, one in enumerate(present)
        for match in _compile(one.expression, one.is_latin).finditer(text)
    ]
    found.sort(key=lambda entry: (entry[0].start(), -entry[0].end(), entry[1]))
    return [(match, name) for match, _, name in found]


@cache
def _compile(expression: str, is_latin: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<![{_LATIN}]){expression}" if is_latin else expression)
