"""The command that prints a whole plan."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.learner import Background, Learner
from tutor.planning.types import Budget, PlanRequest


def plan_command(request: PlanRequest) -> str:
    """The `tutor plan …` that draws the plan of `request` again; what is finished, and what was
    swapped, is kept with the learner and not repeated."""
    options = [*_of_learner(request.learner), *_of_background(request.learner.background)]
    if request.budget is Budget.FREE:
        options.append("--budget free")
    return " ".join(["tutor plan", *options])


def _of_learner(learner: Learner) -> Iterator[str]:
    if learner.goal:
        yield f"--goal {learner.goal.value}"
    if learner.direction:
        yield f"--direction {learner.direction.value}"
    if learner.weeks is not None:
        yield f"--weeks {learner.weeks:g}"
    if learner.hours_per_week is not None:
        yield f"--hours {learner.hours_per_week:g}"


def _of_background(background: Background) -> Iterator[str]:
    if background.mathematics:
        yield f"--maths {background.mathematics.value}"
    if background.programming:
        yield f"--programming {background.programming.value}"
    if background.machine_learning:
        yield f"--machine-learning {background.machine_learning.value}"
