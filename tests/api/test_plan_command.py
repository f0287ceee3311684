"""The command that an answer names for the whole plan is one that the command line takes."""

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from api.cli import app
from corpus.types import Direction, Goal, Language
from tests.api.plan_examples import REQUEST
from tutor.learner import Background, Learner, Level
from tutor.plan_command import plan_command
from tutor.planning.types import Budget, PlanRequest

EVERYTHING = replace(
    REQUEST,
    learner=replace(
        REQUEST.learner, background=Background(Level.BASIC, Level.SOLID, Level.NONE), weeks=2.5
    ),
)


@pytest.mark.parametrize(
    "request_",
    [
        EVERYTHING,
        PlanRequest(Learner(Language.ENGLISH)),
        *(PlanRequest(Learner(Language.CHINESE, goal=goal)) for goal in Goal),
        *(PlanRequest(Learner(Language.CHINESE, direction=each)) for each in Direction),
    ],
)
def test_every_option_is_known_and_takes_its_value(request_: PlanRequest) -> None:
    program, name, *options = shlex.split(plan_command(request_))
    assert (program, name) == ("tutor", "plan")
    commands = get_command(app)
    assert isinstance(commands, TyperGroup)
    given = commands.commands[name].make_context(name, options).params
    learner = request_.learner
    assert given["goal"] == learner.goal
    assert given["direction"] == learner.direction
    numbers = {key: given[key] and float(given[key]) for key in ("weeks", "hours")}
    assert numbers == {"weeks": learner.weeks, "hours": learner.hours_per_week}
    assert (given["budget"] is Budget.FREE) is (request_.budget is Budget.FREE)
    background = learner.background
    assert given["maths"] == background.mathematics
    assert given["programming"] == background.programming
    assert given["machine_learning"] == background.machine_learning
