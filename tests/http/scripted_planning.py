"""Draws the plan that a test wrote down, for whoever orders one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from api.plan_desk import PlanOrder
from corpus.types import Language
from tests.api.plan_examples import FULL
from tutor.learner import Known
from tutor.planning.types import Budget, Plan, PlannedModule, PlanRequest, PlanStep, PlanWeek


@dataclass
class ScriptedDrawing:
    """Gives `plan` without what is finished, for the wishes of the order.

    `error` is raised instead, where one is set. It waits for `go_on` before it ends.
    """

    plan: Plan = FULL
    error: Exception | None = None
    orders: list[PlanOrder] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)
    drawing: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.go_on.set()

    def __call__(self, order: PlanOrder) -> Plan:
        """See `api.plan_desk.Draw`."""
        self.orders.append(order)
        self.drawing.set()
        assert self.go_on.wait(30)
        if self.error is not None:
            raise self.error
        left = (replace(week, steps=tuple(_left(week, order))) for week in self.plan.weeks)
        weeks = [week for week in left if any(step.course for step in week.steps)]
        numbered = (replace(week, number=at) for at, week in enumerate(weeks, 1))
        return replace(
            self.plan,
            request=_request(order),
            weeks=tuple(numbered),
            done=tuple(_done(self.plan, order)),
        )


def _left(week: PlanWeek, order: PlanOrder) -> Iterator[PlanStep]:
    for step in week.steps:
        modules = tuple(each for each in step.modules if each.key not in order.finished)
        if modules or step.course is None:
            yield replace(step, modules=modules)


def _done(plan: Plan, order: PlanOrder) -> Iterator[PlannedModule]:
    steps = [step for week in plan.weeks for step in week.steps]
    modules = {module.key: module for step in steps for module in step.modules}
    yield from plan.done
    for key in sorted(order.finished & modules.keys()):
        yield replace(modules[key], hours=modules[key].of_hours, done=True)


def _request(order: PlanOrder) -> PlanRequest:
    wishes = order.options.wishes
    learner = replace(
        FULL.request.learner,
        language=wishes.language or Language.CHINESE,
        goal=wishes.goal,
        goal_known=Known.STATED if wishes.goal else Known.UNKNOWN,
        goal_words="",
        direction=wishes.direction,
        weeks=wishes.weeks,
        hours_per_week=wishes.hours_per_week,
        background=order.options.background,
    )
    budget = order.options.budget or Budget.ANY
    return PlanRequest(learner, budget, order.done | order.finished, order.swaps)
