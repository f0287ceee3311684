"""What a question says: its language, its topics and what it tells about the learner."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from corpus.language import detect_language, simplified
from corpus.types import Direction, Goal, Language, Topic
from tutor.duration import time_available
from tutor.learner import Background, Known, Learner, Level
from tutor.lexicon import Lexicon, lexicon

# A more specific goal wins over a general one read from the same words.
_SPECIFIC_FIRST = (
    Goal.GRADUATION_PROJECT,
    Goal.LLM_ENGINEERING,
    Goal.LLM_APPLICATION,
    Goal.JOB,
    Goal.RESEARCH,
    Goal.CURIOSITY,
    Goal.APPLICATION,
)
_CONTEXT = 60  # characters around a goal in which it can be turned down
_CLAUSE = re.compile(r"[^，。；！？,.;!?\n]+[，。；！？,.;!?\n]*")
_ASKS = re.compile(
    r"[吗么呢？?]|能(?!力)|要|需|(?<!还)可以|怎|如何|多|还是|哪|什么"
    r"|(?<![a-z])(?:how|what|which|need|enough)(?![a-z])"
    r"|^\W*(?:(?:and|but|so|or|then|also) )?(?:can|could|do|does|should|is|are)(?!['’]t|[a-z])"
)


# From which score on, and with which lead over "no goal", a goal that is not named is assumed.
LIKELY_FROM = -0.6
LIKELY_LEAD = 0.2


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the learner set explicitly; every field that is given wins over the question."""

    goal: Goal | None = None
    direction: Direction | None = None
    weeks: float | None = None
    hours_per_week: float | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question as the tutor understands it; `topics` in order of their mention.

    `text` is the question in simplified characters, for searching. `wants_courses` tells that
    something to learn from is asked for, `wants_free` that it must cost nothing. `continues` are
    the topics of the last answer, where the question may go on with it without saying so.
    """

    question: str
    learner: Learner
    topics: tuple[Topic, ...]
    text: str
    wants_courses: bool = False
    wants_free: bool = False
    continues: tuple[Topic, ...] = ()

    @property
    def language(self) -> Language:
        """The language to answer in."""
        return self.learner.language


def understand(question: str, wishes: Wishes | None = None) -> Understanding:
    """Read `question` with rules and the bundled lexicon; no model, no input or output."""
    wishes = wishes or Wishes()
    words = lexicon()
    folded = simplified(question).casefold()
    goal, goal_words = _goal(folded, words)
    time = time_available(folded)
    if goal_words and (start := folded.find(goal_words)) >= 0 and len(folded) == len(question):
        goal_words = question[start : start + len(goal_words)]
    learner = Learner(
        language=wishes.language or detect_language(question),
        goal=goal,
        goal_known=Known.READ if goal else Known.UNKNOWN,
        goal_words=goal_words,
        direction=wishes.direction or _direction(folded, words),
        weeks=time.weeks if wishes.weeks is None else wishes.weeks,
        hours_per_week=(
            time.hours_per_week if wishes.hours_per_week is None else wishes.hours_per_week
        ),
        background=_background(folded, words),
    )
    if wishes.goal is not None:
        learner = replace(learner, goal=wishes.goal, goal_known=Known.STATED, goal_words="")
    topics = _topics(folded, words)
    if learner.weeks is not None and Topic.TIME_PLAN not in topics:
        topics = (*topics, Topic.TIME_PLAN)
    wants_courses = words.resources.search(folded) is not None
    wants_free = wants_courses and words.free.search(folded) is not None
    return Understanding(question, learner, topics, simplified(question), wants_courses, wants_free)


def with_likely_goal(
    understanding: Understanding, goals: Mapping[Goal | None, float]
) -> Understanding:
    """`understanding` with the goal that the question is most like, where it names none.

    `goals` are scores of about -1 to 1, with None for no goal; the best must stand out.
    """
    if understanding.learner.goal_known is not Known.UNKNOWN:
        return understanding
    goal = max(goals, key=lambda aim: goals[aim])
    if goal is None or goals[goal] < LIKELY_FROM or goals[goal] - goals[None] < LIKELY_LEAD:
        return understanding
    learner = replace(understanding.learner, goal=goal, goal_known=Known.LIKELY)
    return replace(understanding, learner=learner)


def _goal(question: str, words: Lexicon) -> tuple[Goal | None, str]:
    """The goal that the question names, unless the words around it turn it down.

    Where the learner tells of a change of mind, a goal named after it goes first.
    """
    pivots = list(words.pivot.finditer(question))
    if pivots and (changed := _named_goal(question[pivots[-1].end() :], words))[0]:
        return changed
    return _named_goal(question, words)


def _named_goal(question: str, words: Lexicon) -> tuple[Goal | None, str]:
    found: list[tuple[int, int, Goal, str]] = []
    for rank, goal in enumerate(_SPECIFIC_FIRST):
        for match in words.goals[goal].finditer(question):
            before = question[max(0, match.start() - _CONTEXT) : match.start()]
            after = question[match.end() : match.end() + _CONTEXT]
            denied = any(pattern.search(before) for pattern in words.denials)
            postponed = any(pattern.search(after) for pattern in words.postponements)
            if not denied and not postponed:
                found.append((rank, match.start(), goal, match.group()))
                break
    if not found:
        return None, ""
    _, _, goal, matched = min(found)
    return goal, matched.strip()


def _direction(question: str, words: Lexicon) -> Direction | None:
    for direction, pattern in words.directions.items():
        if pattern.search(question):
            return direction
    return None


def _background(question: str, words: Lexicon) -> Background:
    """What the learner tells of their own knowledge. To ask whether one must be able to program
    does not tell that one is, while "I can't program, can I …" tells that one is not."""
    told = "".join(clause for clause in _CLAUSE.findall(question) if not _ASKS.search(clause))
    levels: dict[str, Level] = {}
    for (subject, level), pattern in words.backgrounds.items():
        where = question if level is Level.NONE else told
        if subject not in levels and pattern.search(where):
            levels[subject] = level
    return Background(**levels)


def _topics(question: str, words: Lexicon) -> tuple[Topic, ...]:
    """The topics the question asks about; what it only tells of the learner asks nothing."""
    told = [m.span() for p in words.backgrounds.values() for m in p.finditer(question)]
    asked = "".join(
        clause.group()
        for clause in _CLAUSE.finditer(question)
        if _ASKS.search(clause.group())
        or not any(start < clause.end() and clause.start() < end for start, end in told)
    )
    places = {
        topic: match.start()
        for topic, pattern in words.topics.items()
        if (match := pattern.search(asked))
    }
    return tuple(sorted(places, key=lambda topic: places[topic]))
