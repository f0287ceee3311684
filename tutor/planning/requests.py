"""Checks what a plan is asked for with."""

from __future__ import annotations

import math
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from corpus.errors import UsageError
from corpus.types import Bilingual
from tutor.planning.knowledge import PlanKnowledge
from tutor.planning.types import PlanRequest, Swap

MOST_WEEKS = 260
MOST_HOURS = 100.0
# A week. With any number of weeks, fewer hours would stretch a plan over a lifetime.
LEAST_HOURS = 0.5


def check_request(request: PlanRequest, knowledge: PlanKnowledge) -> None:
    """Raise UsageError where the time is out of range, or swaps name no course or lead in a
    circle; one after the other is fine."""
    weeks, hours = request.learner.weeks, request.learner.hours_per_week
    if weeks is not None and not (math.isfinite(weeks) and 0 < weeks <= MOST_WEEKS):
        raise UsageError(
            Bilingual(
                f"周数要大于 0，最多 {MOST_WEEKS}；请改正后再试。",
                f"The number of weeks must be more than 0 and at most {MOST_WEEKS}; correct it "
                "and try again.",
            )
        )
    if hours is not None and not (math.isfinite(hours) and LEAST_HOURS <= hours <= MOST_HOURS):
        raise UsageError(
            Bilingual(
                f"每周至少 {LEAST_HOURS:g} 小时才能排计划，最多 {MOST_HOURS:g} 小时；请改正。",
                f"A plan takes at least {LEAST_HOURS:g} hours a week and at most {MOST_HOURS:g}; "
                "correct them and try again.",
            )
        )
    for course in (name for swap in request.swaps for name in swap):
        if course not in knowledge.courses:
            raise UsageError(
                Bilingual(
                    f"没有编号为 {course} 的课程；用 tutor courses 查看有哪些。",
                    f"There is no course with the id {course}; see tutor courses for those there "
                    "are.",
                )
            )
    _require_straight(request.swaps)


def _require_straight(swaps: Iterable[Swap]) -> None:
    order: TopologicalSorter[str] = TopologicalSorter()
    for swap in swaps:
        order.add(swap.away, swap.to)
    try:
        order.prepare()
    except CycleError as error:
        circle = " → ".join(reversed(error.args[1]))
        raise UsageError(
            Bilingual(
                zh=f"换课绕回了原来的课（{circle}）。请去掉其中一处替换。",
                en=f"The swaps lead back to the same course ({circle}). Leave one of them out.",
            )
        ) from None
