"""The parts that answers and plans have in common, as the OpenAPI document describes them."""

from __future__ import annotations

from pydantic import BaseModel

from corpus.types import Direction, Goal, Kind, Language
from tutor.learner import Level


class BackgroundReply(BaseModel):
    """What the learner already knows."""

    mathematics: Level | None
    programming: Level | None
    machine_learning: Level | None


class LearnerReply(BaseModel):
    """The learner that an answer is for, and why this goal is assumed."""

    goal: Goal | None
    goal_reason: str
    direction: Direction | None
    weeks: float | None
    hours_per_week: float | None
    background: BackgroundReply
    language: Language


class CitationReply(BaseModel):
    """A numbered source; `quote` is its stored text from `start` to `end`, in code points."""

    number: int
    author: str
    platform: str
    title: str
    url: str
    published: str | None
    quote: str
    source_id: str
    start: int
    end: int
    kind: Kind
    language: Language
    verbatim: bool
    rendering: str | None
    age_warning: bool
