"""The people and the courses that an answer printed, and which of them a turn points at."""

from __future__ import annotations

import re

from corpus.types import Language
from tutor.conversation import Conversation
from tutor.phrases import section_title
from tutor.turns.turn_words import turn_words

_PERSON = re.compile(r"\*\*([^*\n]{1,40})\*\*\s?[（(]")
_COURSE = re.compile(
    r"^- (《[^》\n]+》|[^\n]+?(?= \(named by )|[A-Z0-9][^\n]*?(?=: [A-Z]))", re.MULTILINE
)
_PLACES = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4}
_PLACES |= {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "1st": 0, "2nd": 1}
_PLACES |= {"3rd": 2, "last": -1, "最后": -1, **{str(n): n - 1 for n in range(1, 6)}}
_OF_COURSES = re.compile(r"课|书|教|资料|[门本套]|course|book|tutorial|class")
_OF_PEOPLE = re.compile(r"人|主|作者|位|person|author|guy|voice")
_SHORTEST_NAME = 2


def people(answer: str) -> tuple[str, ...]:
    """The people whose views `answer` gives, in their order."""
    return tuple(dict.fromkeys(_PERSON.findall(answer)))


def is_person(name: str, answer: str) -> bool:
    """Whether `name` is one of the people in `answer`."""
    return name in people(answer)


def courses(answer: str) -> tuple[str, ...]:
    """The courses and books that `answer` lists, in their order."""
    for language in Language:
        _, heading, listed = answer.partition(section_title("courses", language))
        if heading:
            return tuple(dict.fromkeys(_COURSE.findall(listed)))
    return ()


def named_person(text: str, conversation: Conversation) -> tuple[str, str] | None:
    """The person of an earlier answer named in `text`, as (whole name, name as written).

    A part of the name will do where it is all that is written: 大鹏 for 精神抖擞王大鹏.
    """
    folded = text.casefold()
    names = dict.fromkeys(name for turn in conversation.turns for name in people(turn.answer))
    for name in sorted(names, key=len, reverse=True):
        if re.search(rf"(?<![a-z0-9]){re.escape(name.casefold())}(?![a-z0-9])", folded):
            return name, name
    for name in names:
        part = _shared_end(name, text)
        if len(part) >= _SHORTEST_NAME:
            return name, part
    return None


def named_course(words: str, conversation: Conversation) -> str | None:
    """The course of an earlier answer that is called `words`, as a part of its title: 花书."""
    if len(words) < _SHORTEST_NAME:
        return None
    titles = (title for turn in reversed(conversation.turns) for title in courses(turn.answer))
    return next((title for title in titles if words.casefold() in title.casefold()), None)


def pointed_at(text: str, asked: str, answer: str) -> tuple[str, str] | None:
    """The course or person that `text` points at with 第一门课, 他 or "this book".

    Returns (name, the pointing words), or None where nothing or more than one could be meant.
    `asked` and `answer` are those of the turn before.
    """
    words = turn_words()
    if match := words.ordinal.search(text):
        return _in_row(match, answer)
    for pattern, listed in ((words.course, courses(answer)), (words.person, people(answer))):
        if match := pattern.search(text):
            meant = [name for name in listed if name.strip("《》").casefold() in asked.casefold()]
            meant = meant or list(listed)
            return (meant[0], match.group()) if len(meant) == 1 else None
    return None


def _in_row(match: re.Match[str], answer: str) -> tuple[str, str] | None:
    place = next(_PLACES[g.casefold()] for g in match.groups() if g and g.casefold() in _PLACES)
    kind = match.group().casefold()
    if _OF_COURSES.search(kind):
        listed = courses(answer)
    elif _OF_PEOPLE.search(kind):
        listed = people(answer)
    else:
        listed = courses(answer) or people(answer)
    return (listed[place], match.group()) if -len(listed) <= place < len(listed) else None


def _shared_end(name: str, text: str) -> str:
    """The longest end of a Chinese name that stands in `text`."""
    ends = (name[start:] for start in range(1, len(name)) if not name[start:].isascii())
    return next((end for end in ends if len(end) >= _SHORTEST_NAME and end in text), "")
