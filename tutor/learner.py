"""The learner: what the advice depends on, and how each part of it became known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.types import Direction, Goal, Language


class Known(StrEnum):
    """How a part of the learner's profile became known."""

    STATED = "stated"  # the learner set it explicitly
    READ = "read"  # named in the question; `goal_words` holds the words
    EARLIER = "earlier"  # known from an earlier turn of the conversation
    LIKELY = "likely"  # not named, but the question is like those of people with this goal
    UNKNOWN = "unknown"


class Level(StrEnum):
    """How much of a subject a learner brings along."""

    NONE = "none"
    BASIC = "basic"
    SOLID = "solid"


@dataclass(frozen=True, slots=True)
class Background:
    """What the learner already knows; None where nothing was said."""

    mathematics: Level | None = None
    programming: Level | None = None
    machine_learning: Level | None = None


@dataclass(frozen=True, slots=True)
class Learner:
    """What is known of the learner. None means that nothing was said, never a silent guess.

    `goal_words` are the learner's own words from which the goal was read ("毕设"), `goal_before`
    the goal that was given up for it in this turn.
    `weeks` and `hours_per_week` are the time available.
    """

    language: Language
    goal: Goal | None = None
    goal_known: Known = Known.UNKNOWN
    goal_words: str = ""
    goal_before: Goal | None = None
    direction: Direction | None = None
    weeks: float | None = None
    hours_per_week: float | None = None
    background: Background = Background()
