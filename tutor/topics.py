"""Which topics a question asks about."""

from __future__ import annotations

import re

from corpus.types import Topic
from tutor.examples import Likeness
from tutor.learner import Level
from tutor.understanding import Understanding

MOST_TOPICS = 2
_GENERIC = (Topic.STUDY_ORDER, Topic.TIME_PLAN)
_NAMES_DEEP_LEARNING = re.compile(r"深度学习|神经网络|deep learning|neural|(?<![a-z])dl(?![a-z])")
_CLOSE = 0.01


def asked_topics(
    understanding: Understanding, likeness: Likeness, *, asks_of_source: bool = False
) -> tuple[Topic, ...]:
    """At most two topics, the main one first; none where a course or a person is asked about.

    The lexicon names candidates; where it names none, the nearest example questions decide, and
    they break ties among several. A particular topic goes before study order and time plan.
    """
    named = [topic for topic in understanding.topics if not _is_shadow(topic, understanding)]
    particular = [topic for topic in named if topic not in _GENERIC]
    if asks_of_source and not particular:
        return ()
    if not particular:
        particular = _lacking(understanding)
    if not named and not particular:
        named = [likeness.topic]
        particular = [topic for topic in named if topic not in _GENERIC]
    generic = [topic for topic in named if topic in _GENERIC]
    if len(particular) > 1:
        best = max(likeness.topics[topic] for topic in particular)
        near = [t for t in particular if likeness.topics[t] >= best - 2 * _CLOSE]
        particular = sorted(near, key=lambda topic: -likeness.topics[topic])
    return tuple([*particular, *generic][:MOST_TOPICS])


def _is_shadow(topic: Topic, understanding: Understanding) -> bool:
    """Whether a topic was named only because a question on LLMs also names machine learning."""
    about_llm = Topic.FOUNDATIONS_FOR_LLM in understanding.topics
    names_dl = _NAMES_DEEP_LEARNING.search(understanding.question.casefold())
    return topic is Topic.ML_BEFORE_DL and about_llm and not names_dl


def _lacking(understanding: Understanding) -> list[Topic]:
    """What a learner who asks for a plan must decide first: what to do about missing basics."""
    background = understanding.learner.background
    lacking = {
        Topic.ML_BEFORE_DL: background.machine_learning,
        Topic.MATH_DEPTH: background.mathematics,
        Topic.PROGRAMMING_FIRST: background.programming,
    }
    return [topic for topic, level in lacking.items() if level is Level.NONE][:1]
