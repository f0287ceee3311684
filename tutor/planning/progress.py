"""How far a learner has come with a plan.

A plan is kept as it was drawn, and ticks beside it: a tick moves nothing, and the weeks stay as the
learner saw them, whatever becomes of the sources meanwhile. Drawing it again folds the ticks in:
what is finished is not planned any more, the weeks of the rest go on counting after those that are
finished, and the time asked for is the time from there on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Final

from tutor.learner import Learner
from tutor.planning.types import ModuleKey, Plan, PlanRequest, PlanStep, PlanWeek

PROJECT: Final = "project"
"""Stands for the course in the key of the work on one's own project in a week."""

_WEEK: Final = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class StudyProgress:
    """The plan as it was last drawn, and what the learner has finished, with when (in UTC).

    `weeks_before` weeks were finished before it was drawn: its own weeks are numbered after them.
    Week 1 began, or will begin, on the day `begun`. `finished` may name modules of earlier
    drawings; the work on the own project in week 3 is `ModuleKey(PROJECT, "3")`.
    """

    plan: Plan
    begun: date
    finished: Mapping[ModuleKey, datetime] = field(default_factory=dict)
    weeks_before: int = 0

    @property
    def request(self) -> PlanRequest:
        """What the plan was drawn for."""
        return self.plan.request


def drawn(plan: Plan, begins: date, before: StudyProgress | None = None) -> StudyProgress:
    """`plan` as something to follow, its first week beginning on `begins`.

    With the progress `before`, it takes the place of that plan and holds what was left to do. How
    the goal became known is still known, where it is the same.
    """
    weeks_before = finished_weeks(before) if before else 0
    weeks = tuple(replace(week, number=week.number + weeks_before) for week in plan.weeks)
    request = _as_known(plan.request, before.request.learner) if before else plan.request
    return StudyProgress(
        replace(plan, request=request, weeks=weeks),
        begins - weeks_before * _WEEK,
        before.finished if before else {},
        weeks_before,
    )


def finished_modules(progress: StudyProgress) -> frozenset[ModuleKey]:
    """The modules that are finished, which is what `PlanRequest.done` takes."""
    return frozenset(key for key in progress.finished if key.course != PROJECT)


def finished_weeks(progress: StudyProgress) -> int:
    """How many weeks are finished, from the first one on and without a gap.

    A week is finished once the modules that end in it are. One in which none ends is once those
    that it works on are, or its work on the project is ticked.
    """
    last = _last_weeks(progress)
    finished = takewhile(
        lambda week: any(
            all(task in progress.finished for task in tasks) for tasks in _ways(week, last)
        ),
        progress.plan.weeks,
    )
    return progress.weeks_before + len(list(finished))


def due_by(progress: StudyProgress, number: int) -> frozenset[ModuleKey]:
    """What is to be ticked once the weeks up to `number` are finished, the project included.

    A module that goes on after them is not, where the work on the project tells enough.
    """
    weeks = [week for week in progress.plan.weeks if week.number <= number]
    last = _last_weeks(progress)
    studied = {task for week in weeks for task in _ways(week, last)[-1]}
    project = {task for week in weeks for task, _ in _parts(week) if task.course == PROJECT}
    return frozenset(studied | project)


def share_finished(progress: StudyProgress) -> float:
    """How much of the whole way is done, from 0 to 1: every week counts the same, a finished one
    wholly, and of the others the hours that are ticked."""
    done = finished_weeks(progress)
    begun = [week for week in progress.plan.weeks if week.number > done]
    total = progress.weeks_before + len(progress.plan.weeks)
    shares = sum(_share(week, progress.finished) for week in begun)
    return (done + shares) / total if total else 1.0


def weeks_left(progress: StudyProgress) -> float | None:
    """The weeks that are left after the finished ones, at least one; None for any number."""
    weeks = progress.request.learner.weeks
    if weeks is None:
        return None
    return max(1.0, weeks - (finished_weeks(progress) - progress.weeks_before))


def next_week_begins(progress: StudyProgress, today: date) -> date:
    """The first day of the first week that is not finished: as planned, or the present week of
    the plan where that day has passed by more than a week."""
    planned = progress.begun + finished_weeks(progress) * _WEEK
    return planned + max(0, (today - planned) // _WEEK) * _WEEK


def ticked(progress: StudyProgress) -> Plan:
    """The plan with the modules that are finished marked as such."""
    weeks = tuple(
        replace(week, steps=tuple(_ticked(step, progress.finished) for step in week.steps))
        for week in progress.plan.weeks
    )
    return replace(progress.plan, weeks=weeks)


def tasks(plan: Plan) -> frozenset[ModuleKey]:
    """Everything in `plan` that can be ticked, or was finished when it was drawn."""
    planned = (task for week in plan.weeks for task, _ in _parts(week))
    return frozenset(planned).union(module.key for module in plan.done)


def _as_known(request: PlanRequest, before: Learner) -> PlanRequest:
    learner = request.learner
    if learner.goal is not before.goal:
        return request
    known = replace(learner, goal_known=before.goal_known, goal_words=before.goal_words)
    return replace(request, learner=known)


def _parts(week: PlanWeek) -> Iterator[tuple[ModuleKey, float]]:
    """What can be ticked in `week`, with the hours that it takes there."""
    for step in week.steps:
        if step.course is None:
            yield ModuleKey(PROJECT, str(week.number)), step.hours
        else:
            yield from ((module.key, module.hours) for module in step.modules)


def _last_weeks(progress: StudyProgress) -> dict[ModuleKey, int]:
    """The week in which each part of the plan ends."""
    return {task: week.number for week in progress.plan.weeks for task, _ in _parts(week)}


def _ways(week: PlanWeek, last: Mapping[ModuleKey, int]) -> list[list[ModuleKey]]:
    """What has to be ticked for `week` to be finished: all of one of these, the least last."""
    tasks = [task for task, _ in _parts(week)]
    studied = [task for task in tasks if task.course != PROJECT]
    ending = [task for task in studied if last[task] == week.number]
    project = [task for task in tasks if task.course == PROJECT]
    return [ending] if ending else [way for way in (studied, project) if way] or [[]]


def _share(week: PlanWeek, finished: Mapping[ModuleKey, datetime]) -> float:
    total = sum(hours for _, hours in _parts(week))
    return sum(hours for task, hours in _parts(week) if task in finished) / total if total else 1.0


def _ticked(step: PlanStep, finished: Mapping[ModuleKey, datetime]) -> PlanStep:
    modules = (replace(module, done=module.key in finished) for module in step.modules)
    return replace(step, modules=tuple(modules))
