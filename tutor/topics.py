"""Which topics a question asks about."""

from __future__ import annotations

import re

from corpus.types import Goal, Topic
from tutor.examples import Likeness
from tutor.learner import Level
from tutor.understanding import Understanding

MOST_TOPICS = 2
# Fitted on the tune half of the evaluation set: what a word of the lexicon adds to the likeness,
# and how far behind the first topic a second one may be.
NAMED = 1.0
BEHIND = 1.0
_GENERIC = (Topic.STUDY_ORDER, Topic.TIME_PLAN)
_CLEARLY = 0.3
_NAMES_DEEP_LEARNING = re.compile(r"深度学习|神经网络|deep learning|neural|(?<![a-z])dl(?![a-z])")


def asked_topics(
    understanding: Understanding, likeness: Likeness, *, asks_of_source: bool = False
) -> tuple[Topic, ...]:
    """At most two topics, the main one first.

    The lexicon and the example questions vote. Where a course or a person is asked about
    (`asks_of_source`), only a particular topic that is clearly asked counts.
    """
    if understanding.time_of is not None:
        return (understanding.time_of,)
    named = [topic for topic in understanding.topics if not _is_shadow(topic, understanding)]
    ranked = _ranked(named, likeness)
    if asks_of_source:
        told = understanding.learner.weeks is not None
        return tuple(t for t in ranked if _clear(t, named, likeness) or (told and t in named))
    first = [] if any(topic not in _GENERIC for topic in named) else _first_to_settle(understanding)
    return tuple(dict.fromkeys([*first, *ranked]))[:MOST_TOPICS]


def _ranked(named: list[Topic], likeness: Likeness) -> tuple[Topic, ...]:
    scores = {topic: likeness.topics[topic] + NAMED * (topic in named) for topic in Topic}
    ranked = sorted(scores, key=lambda topic: -scores[topic])[:MOST_TOPICS]
    return tuple(topic for topic in ranked if scores[topic] >= scores[ranked[0]] - BEHIND)


def _clear(topic: Topic, named: list[Topic], likeness: Likeness) -> bool:
    return topic not in _GENERIC and (topic in named or likeness.topics[topic] > _CLEARLY)


def _is_shadow(topic: Topic, understanding: Understanding) -> bool:
    """Whether a topic was named only because a question on LLMs also names machine learning."""
    about_llm = Topic.FOUNDATIONS_FOR_LLM in understanding.topics
    names_dl = _NAMES_DEEP_LEARNING.search(understanding.text.casefold())
    return topic is Topic.ML_BEFORE_DL and about_llm and not names_dl


def _first_to_settle(understanding: Understanding) -> list[Topic]:
    """What a learner who asks for a plan must decide first: what to do about missing basics,
    and for work with LLMs, how much of the foundations to take."""
    learner = understanding.learner
    lacking = {
        Topic.ML_BEFORE_DL: learner.background.machine_learning,
        Topic.MATH_DEPTH: learner.background.mathematics,
        Topic.PROGRAMMING_FIRST: learner.background.programming,
    }
    missing = [topic for topic, level in lacking.items() if level is Level.NONE]
    if learner.goal in (Goal.LLM_APPLICATION, Goal.LLM_ENGINEERING):
        missing.insert(0, Topic.FOUNDATIONS_FOR_LLM)
    return missing[:1]
