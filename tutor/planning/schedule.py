"""Laying the chosen modules out over the weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.planning.units import Unit

_SLIVER = 1.0  # hours: what is left of a module is finished rather than carried over
_LONGEST_PROJECT = 2.0  # times the hours of study
_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Portion:
    """The part of a module that is studied in one week; `last` where it is finished in it."""

    unit: Unit
    hours: float
    last: bool


@dataclass(frozen=True, slots=True)
class Week:
    """One week of study, and the hours left in it for a project."""

    portions: tuple[Portion, ...]
    project: float


@dataclass(frozen=True, slots=True)
class Time:
    """The time there is: `weeks` of `hours` each, `project` the share kept for a project.

    `weeks` is None where the plan may take as long as it needs.
    """

    weeks: int | None
    hours: float
    project: float

    @property
    def available(self) -> float | None:
        """All hours, None where they are not limited."""
        return None if self.weeks is None else self.weeks * self.hours

    @property
    def study(self) -> float | None:
        """The hours that may go into modules, None where they are not limited."""
        return None if self.weeks is None else self.weeks * self.hours * (1 - self.project)

    def in_all(self, study: float) -> float:
        """The hours of a plan with so many hours of study, its project included."""
        return study / (1 - self.project)


def lay_out(units: Sequence[Unit], time: Time) -> tuple[Week, ...]:
    """The weeks of the plan in order; no week is longer than it may be.

    The units have to fit into the time for study. Study and project share each week; once there is
    nothing left to study, the project goes on to the end of the time, at most for
    `_LONGEST_PROJECT` times the hours of study.
    """
    weeks: list[Week] = []
    left = [(unit, unit.hours) for unit in units]
    ahead = 0.0  # hours studied beyond the share of the weeks so far
    while left:
        share = time.hours * (1 - time.project) - ahead
        portions = _fill(left, share, time.hours)
        studied = sum(portion.hours for portion in portions)
        ahead = studied - share
        weeks.append(Week(tuple(portions), time.hours - studied if time.project else 0.0))
    return (*weeks, *_project_alone(weeks, time))


def _fill(left: list[tuple[Unit, float]], share: float, most: float) -> list[Portion]:
    """Takes from `left` what is studied in one week: its share, and the end of a module begun."""
    portions: list[Portion] = []
    studied = 0.0
    while left and studied < share - _NOTHING:
        unit, hours = left.pop(0)
        room = share - studied
        fits = hours <= max(room, min(room + _SLIVER, most - studied)) + _NOTHING
        portions.append(Portion(unit, hours if fits else room, last=fits))
        studied += portions[-1].hours
        if not fits:
            left.insert(0, (unit, hours - room))
    return portions


def _project_alone(weeks: Sequence[Week], time: Time) -> list[Week]:
    if not time.project or time.weeks is None:
        return []
    studied = sum(portion.hours for week in weeks for portion in week.portions)
    more = _LONGEST_PROJECT * studied - sum(week.project for week in weeks)
    count = min(time.weeks - len(weeks), int(more / time.hours))
    return [Week((), time.hours)] * count
