"""The days on which the weeks of a plan begin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from tutor.planning.types import Plan

_MONDAY = 7  # `isoweekday` counts Monday as 1, and so the Monday after as 8


def local_today() -> date:
    """The day where the learner is."""
    return datetime.now(UTC).astimezone().date()


def next_monday(today: date) -> date:
    """The first Monday after `today`."""
    return today + timedelta(days=_MONDAY + 1 - today.isoweekday())


def starts_of_weeks(plan: Plan, start: date | None) -> Sequence[date | None]:
    """The first day of each week of `plan`, the first week beginning on `start`; None without."""
    if start is None:
        return [None] * len(plan.weeks)
    return [start + timedelta(weeks=week.number - 1) for week in plan.weeks]
