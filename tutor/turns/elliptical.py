"""Turns that leave out what the conversation already says: "那数学呢？", "and for a job?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from corpus.types import Direction, Goal, Topic
from tutor.content_words import content_words
from tutor.duration import time_available
from tutor.lexicon import lexicon
from tutor.turns.turn_words import Subject, is_bare, turn_words
from tutor.understanding import understand

EDGE = " \t\n，,。.?？!！~～…、;；:：-—'\"“”「」"
_LONGEST_BARE = 40  # characters
_NUMBER = re.compile(
    r"(?:\d+|[一二两三四五六七八九十半几])\s*个?半?(?:天|周|星期|礼拜|月|年|学期|小时|h(?![a-z]))"
    r"|(?<![a-z])(?:\d+|an?|one|two|three|four|five|six|ten)?[ -]*"
    r"(?:days?|weeks?|months?|years?|hours?|hrs?)(?![a-z])|每?[天周日]"
)
_WITH_NUMBER = re.compile(
    r"只有|还有|还剩|剩下?|有|左右|大概|每|差不多|(?<![a-z])(?:only|have|got|per|each|every|an?|about"
    r"|around|left|in|with|or|so|just|i|at|most|i've|free|total)(?![a-z])|[\s，,、~～-]|到"
)
_PARTICLE = re.compile(r"[的了是地得一个就还]|(?<![a-z])(?:an?|the|to|my|i)(?![a-z])")
_WHAT = re.compile(r"^(?:what|how)(?: about)?\s+(?=if|for|to)", re.IGNORECASE)
_OPENS = re.compile(r"(?:如果|要是|假如|假设|倘若|为|(?:for|if|to) )", re.IGNORECASE)
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Named:
    """A topic named by a bare word; `plain` where the word is no more than the topic's name."""

    topic: Topic
    word: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Fragment:
    """What a turn of bare words names; `words` are those words, and nothing else is in the turn.

    `opening` is the turn as the beginning of a question ("如果我想读博"), or "" where it is none.

    One word may name several things: "机器学习" is a subject and a topic.
    """

    words: str
    opening: str = ""
    goal: Goal | None = None
    direction: Direction | None = None
    subject: Subject | None = None
    topics: tuple[Named, ...] = ()
    time: bool = False


def after_lead(text: str) -> Iterator[str]:
    """`text`, and what is left after each word such as "ok" or "那" in front of it."""
    lead = turn_words().lead
    yield text
    while (match := lead.match(text)) and not is_bare(text[match.end() :]):
        text = text[match.end() :].lstrip(EDGE)
        yield text


def goes_on(text: str) -> bool:
    """Whether `text` says by a connective that it goes on with what was said."""
    return any(turn_words().connective.match(part) for part in after_lead(text))


def fragment(text: str) -> Fragment | None:
    """What `text` names, if it is nothing but bare words with a frame such as 那…呢 around."""
    if len(text) > _LONGEST_BARE:
        return None
    candidates = (_whole(part) or _several(part) for part in _unframed(text))
    found = next(filter(None, candidates), None) or _in_other_words(text)
    return replace(found, opening=_opening(text)) if found else None


def bare_words(text: str) -> str:
    """`text` without its frame: 花书 of "那花书呢？"."""
    *_, shortest = _unframed(text)
    return shortest


def says_only_topics(text: str) -> bool:
    """Whether nothing is left of `text` but words of topics, goals, times, asking and judging."""
    known = lexicon()
    rest = _NUMBER.sub(" ", text.casefold())
    for patterns in (known.topics, known.goals, known.directions):
        for pattern in patterns.values():
            rest = pattern.sub(" ", rest)
    for noun in turn_words().nouns.values():
        rest = noun.plain.sub(" ", noun.words.sub(" ", rest))
    for aim in turn_words().aims.values():
        rest = aim.sub(" ", rest)
    return _says_nothing(turn_words().kinds["vague"].words.sub(" ", rest))


def subject_in(text: str) -> Subject | None:
    """The most particular subject that `text` names."""
    return next((one for one in turn_words().subjects if one.words.search(text)), None)


def _unframed(text: str) -> Iterator[str]:
    """`text` with ever more of its frame taken off, the end of it first."""
    words = turn_words()
    text = text.strip(EDGE)
    yield text
    while end := _end(words.frame_end, text):
        text = text[: end.start()].strip(EDGE)
        yield text
    while (start := words.frame_start.match(text)) and start.end():
        text = text[start.end() :].strip(EDGE)
        yield text


def _end(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next((match for match in pattern.finditer(text) if match.end() == len(text)), None)


def _opening(text: str) -> str:
    words = turn_words()
    text = text.strip(EDGE)
    while end := _end(words.frame_end, text):
        text = text[: end.start()].strip(EDGE)
    text = _WHAT.sub("", text)
    return text if _OPENS.match(text) else ""


def _whole(text: str) -> Fragment | None:
    words = turn_words()
    found = Fragment(
        text,
        goal=_key(words.aims, text),
        direction=_key(words.fields, text),
        subject=next((one for one in words.subjects if one.words.fullmatch(text)), None),
        topics=_topic(text),
        time=_is_time(text),
    )
    return found if found != Fragment(text) else None


def _several(text: str) -> Fragment | None:
    """Topics joined as in "数学和编程"."""
    parts = [part.strip(EDGE) for part in turn_words().joiner.split(text)]
    topics = [_topic(part) for part in parts if part]
    if len(topics) < 2 or not all(topics):  # noqa: PLR2004
        return None
    return Fragment(text, topics=tuple(topic for found in topics for topic in found))


def _topic(text: str) -> tuple[Named, ...]:
    for topic, noun in turn_words().nouns.items():
        if noun.plain.fullmatch(text):
            return (Named(topic, text, plain=True),)
        if noun.words.fullmatch(text):
            return (Named(topic, text, plain=False),)
    return ()


def _key(patterns: Mapping[_Key, re.Pattern[str]], text: str) -> _Key | None:
    return next((key for key, pattern in patterns.items() if pattern.fullmatch(text)), None)


def _is_time(text: str) -> bool:
    time = time_available(text)
    told = time.weeks is not None or time.hours_per_week is not None
    return told and not _WITH_NUMBER.sub("", _NUMBER.sub("", text.casefold())).strip(EDGE)


def _in_other_words(text: str) -> Fragment | None:
    """A goal or field in a phrase that the lexicon reads, with nothing besides."""
    read = understand(text)
    goal, direction = read.learner.goal, read.learner.direction
    if read.topics or read.wants_courses or not (goal or direction):
        return None
    known = lexicon()
    rest = text.casefold()
    if goal:
        rest = known.goals[goal].sub(" ", rest)
    if direction in known.directions:
        rest = known.directions[direction].sub(" ", rest)
    if not is_bare(_outside_frame(rest)):
        return None
    return Fragment(text.strip(EDGE), goal=goal, direction=direction)


def _outside_frame(text: str) -> str:
    words = turn_words()
    for pattern in (words.frame_start, words.frame_end, _PARTICLE):
        text = pattern.sub(" ", text)
    return text


def _says_nothing(text: str) -> bool:
    return is_bare(content_words(turn_words().filler.sub(" ", text)))
