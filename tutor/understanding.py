"""What a question says: its language, its topics and what it tells about the learner."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from corpus.language import detect_language, simplified
from corpus.types import Direction, Goal, Language, Topic
from tutor.duration import time_available
from tutor.learner import Known, Learner
from tutor.lexicon import Lexicon, lexicon
from tutor.plan_wish import asks_for_plan
from tutor.told_background import ASKS, CLAUSE, told_background

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
GENERAL_TOPICS = (Topic.STUDY_ORDER, Topic.TIME_PLAN)
"""Topics that say nothing of what is learned."""
# What is learned for the sake of something else.
_PREPARES = (Topic.PROGRAMMING_FIRST, Topic.MATH_DEPTH, Topic.FRAMEWORK)
_FIELD = re.compile(
    r"深度学习|机器学习|神经网络|人工智能|大模型|语言模型|算法岗|视觉|自然语言"
    r"|(?<![a-z])(?:deep learning|machine learning|neural|ai|ml|dl|llms?|nlp|cv|data scien\w+)"
    r"(?![a-z])"
)
_CONTEXT = 60  # characters around a goal in which it can be turned down


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
    something to learn from is asked for, `wants_free` that it must cost nothing. `wants_plan`
    tells that a plan of study is asked for or a time is given for it. `time_of` is the topic that
    is not studied for its own sake and whose time is asked ("Python 要学多久"). `tells_weeks` tells
    that the weeks are said anew, not known from before. `continues` are the
    topics of the last answer, where the question may go on with it without saying so.
    """

    question: str
    learner: Learner
    topics: tuple[Topic, ...]
    text: str
    wants_courses: bool = False
    wants_free: bool = False
    wants_plan: bool = False
    time_of: Topic | None = None
    tells_weeks: bool = False
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
        background=told_background(folded, words),
    )
    if wishes.goal is not None:
        learner = replace(learner, goal=wishes.goal, goal_known=Known.STATED, goal_words="")
    topics = _topics(folded, words)
    gives_time = learner.weeks is not None or learner.hours_per_week is not None
    time_of = None if gives_time else _time_of(topics, folded, words)
    if time_of is not None:
        topics = tuple(topic for topic in topics if topic is not Topic.TIME_PLAN)
    if learner.weeks is not None and Topic.TIME_PLAN not in topics:
        topics = (*topics, Topic.TIME_PLAN)
    wants_plan = gives_time or asks_for_plan(folded)
    wants_courses = time_of is not None or words.resources.search(folded) is not None
    return Understanding(
        question,
        learner,
        topics,
        simplified(question),
        wants_courses,
        wants_free=words.free.search(folded) is not None,
        wants_plan=wants_plan,
        time_of=time_of,
        tells_weeks=learner.weeks is not None,
    )


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


def _time_of(topics: tuple[Topic, ...], question: str, words: Lexicon) -> Topic | None:
    """The one topic whose own time is asked, where the question names no field and no goal."""
    asked = [topic for topic in topics if topic in _PREPARES]
    named = [topic for topic in topics if topic not in (*_PREPARES, *GENERAL_TOPICS)]
    if Topic.TIME_PLAN not in topics or len(asked) != 1 or named:
        return None
    aims = any(pattern.search(question) for pattern in words.goals.values())
    return None if aims or _FIELD.search(question) else asked[0]


def _topics(question: str, words: Lexicon) -> tuple[Topic, ...]:
    """The topics the question asks about; what it only tells of the learner asks nothing."""
    told = [m.span() for p in words.backgrounds.values() for m in p.finditer(question)]
    asked = "".join(
        clause.group()
        for clause in CLAUSE.finditer(question)
        if ASKS.search(clause.group())
        or not any(start < clause.end() and clause.start() < end for start, end in told)
    )
    places = {
        topic: match.start()
        for topic, pattern in words.topics.items()
        if (match := pattern.search(asked))
    }
    return tuple(sorted(places, key=lambda topic: places[topic]))
