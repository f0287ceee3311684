"""What the turns of a conversation say of the learner, put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from tutor.learner import Background, Known, Learner

_SURE = (Known.STATED, Known.READ, Known.EARLIER)
_SUBJECTS = tuple(field.name for field in fields(Background))


@dataclass(frozen=True, slots=True)
class Merged:
    """The learner after a turn, and the names of the fields that this turn changed.

    `changed` holds "goal", "direction", "weeks", "hours_per_week" and the fields of `Background`,
    newly told ones included. A goal that is only likely is no change.
    """

    learner: Learner
    changed: tuple[str, ...]


def carry_over(
    learner_before: Learner | None,
    learner_now: Learner,
    withdrawn: frozenset[str] = frozenset(),
) -> Merged:
    """Put together what was known before with what is read now; what is said now wins.

    A goal known from before becomes `Known.EARLIER` and keeps the words that it was read from; one
    that was only likely stays so. A likely goal never replaces one that the learner named.
    `withdrawn` are the names of the fields that the learner took back in this turn.
    """
    if learner_before is None:
        return Merged(learner_now, ())
    before = _without(learner_before, withdrawn)
    merged = replace(
        _with_goal(before, learner_now, goal_withdrawn="goal" in withdrawn),
        direction=learner_now.direction or before.direction,
        background=_background(before.background, learner_now.background),
        weeks=_first_known(learner_now.weeks, before.weeks),
        hours_per_week=_first_known(learner_now.hours_per_week, before.hours_per_week),
    )
    was, is_now = _values(learner_before), _values(merged)
    return Merged(merged, tuple(name for name in was if was[name] != is_now[name]))


def _without(learner: Learner, withdrawn: frozenset[str]) -> Learner:
    """`learner` without the withdrawn fields, the goal apart."""
    return replace(
        learner,
        direction=None if "direction" in withdrawn else learner.direction,
        weeks=None if "weeks" in withdrawn else learner.weeks,
    )


def _with_goal(before: Learner, now: Learner, *, goal_withdrawn: bool) -> Learner:
    """`now` with the goal that holds after the turn."""
    if goal_withdrawn and now.goal_known not in _SURE:
        return replace(now, goal=None, goal_known=Known.UNKNOWN, goal_words="")
    if now.goal_known is Known.STATED or before.goal is None:
        return now
    said_anew = now.goal_known in _SURE and now.goal is not before.goal
    guessed_anew = now.goal_known is Known.LIKELY and before.goal_known is Known.LIKELY
    if said_anew or guessed_anew:
        return now
    known = Known.EARLIER if before.goal_known in _SURE else before.goal_known
    if now.goal_known in _SURE and known is Known.LIKELY:
        return now
    return replace(now, goal=before.goal, goal_known=known, goal_words=before.goal_words)


def _background(before: Background, now: Background) -> Background:
    return Background(**{n: getattr(now, n) or getattr(before, n) for n in _SUBJECTS})


def _first_known(now: float | None, before: float | None) -> float | None:
    return before if now is None else now


def _values(learner: Learner) -> Mapping[str, object]:
    goal = learner.goal if learner.goal_known in _SURE else None
    told: dict[str, object] = {"goal": goal, "direction": learner.direction}
    told |= {"weeks": learner.weeks, "hours_per_week": learner.hours_per_week}
    return told | {name: getattr(learner.background, name) for name in _SUBJECTS}
