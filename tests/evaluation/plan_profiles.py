"""Learners who ask for a plan, and what a teacher would look for in it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from evaluation_questions import Half

from corpus.types import Direction, Goal, Language
from tutor.learner import Background, Known, Learner, Level
from tutor.planning.types import Budget, PlanRequest

PROFILES = Path(__file__).with_name("plan_profiles.yaml")
ANY = "any"
_SUBJECTS = ("mathematics", "programming", "machine_learning")


@dataclass(frozen=True, slots=True)
class Checks:
    """What the plan has to hold; see `plan_profiles.yaml` for each."""

    fits: bool | None = None
    teaches: tuple[str, ...] = ()
    teaches_one: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()
    courses_one: tuple[str, ...] = ()
    courses_none: tuple[str, ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    most_courses: int | None = None
    project: bool | None = None
    own_language: float | None = None
    free: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """One learner: their words, what is to be read from them, and the checks of their plan."""

    id: str
    words: str
    asks: dict[str, Any]
    checks: Checks

    @property
    def language(self) -> Language:
        """The language that the learner writes in."""
        return Language(self.id[:2])

    @property
    def half(self) -> Half:
        """Tuning looks at one half only."""
        return Half.TEST if zlib.crc32(self.id.encode()) % 2 else Half.TUNE

    def request(self) -> PlanRequest:
        """The request as it would be, had everything been read rightly."""
        goal, direction = self.wanted("goal"), self.wanted("direction")
        levels = {name: Level(level) for name in _SUBJECTS if (level := self.wanted(name))}
        learner = Learner(
            language=self.language,
            goal=Goal(goal) if goal else None,
            goal_known=Known.STATED if goal else Known.UNKNOWN,
            direction=Direction(direction) if direction else None,
            weeks=self.wanted("weeks"),
            hours_per_week=self.wanted("hours"),
            background=Background(**levels),
        )
        return PlanRequest(learner, Budget(self.asks.get("budget", Budget.ANY)))

    def wanted(self, field: str) -> Any:
        """What the learner says in a field, the likeliest of several; None for what is open."""
        value = self.asks.get(field)
        first = value[0] if isinstance(value, list) else value
        return None if first == ANY else first


def load_profiles(path: Path = PROFILES) -> tuple[Profile, ...]:
    """All profiles, in the order of the file."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_profile(entry) for entry in entries)


def _profile(entry: dict[str, Any]) -> Profile:
    checks = {
        name: tuple(tuple(one) if isinstance(one, list) else one for one in value)
        if isinstance(value, list)
        else value
        for name, value in entry["checks"].items()
    }
    return Profile(entry["id"], entry["words"], entry["asks"], Checks(**checks))
