"""Chooses the modules of a plan, and what would be chosen with all the time in the world."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tutor.planning.background import HOURS_A_WEEK, skills_brought
from tutor.planning.candidates import shortlist, still_lacking
from tutor.planning.knowledge import PlanKnowledge
from tutor.planning.problem import Problem, Way
from tutor.planning.recommendations import Recommendations, recommendations
from tutor.planning.routes import PathRoute, advised_paths, routes
from tutor.planning.schedule import Time
from tutor.planning.solver import best_choice, shortest_choice
from tutor.planning.targets import Targets, targets
from tutor.planning.types import PlanRequest
from tutor.planning.units import Unit
from tutor.planning.weighing import weigh


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for a request, and from what.

    `units` are all modules that came into question, `problem.candidates` the same as numbers;
    `routes` are those of `problem` as people laid them out.
    `chosen`, `unlimited` (with no limit of time) and `shortest` (the fewest hours for all
    essential skills that can be reached) are positions among them. `lacking` are the skills that
    the learner lacks at the start, `missing` the essential ones that the plan leaves out. `value`
    is that of the best choice; where that would reach nothing essential, `chosen` is the beginning
    of the shortest way instead.
    """

    request: PlanRequest
    knowledge: PlanKnowledge
    targets: Targets
    advice: Recommendations
    time: Time
    problem: Problem
    routes: tuple[PathRoute, ...]
    units: tuple[Unit, ...]
    chosen: tuple[int, ...]
    unlimited: tuple[int, ...]
    shortest: tuple[int, ...]
    lacking: frozenset[str]
    missing: tuple[str, ...]
    value: float

    def planned(self) -> list[Unit]:
        """The chosen modules in the order of study."""
        return [self.units[position] for position in self.chosen]

    def route(self) -> PathRoute | None:
        """The path that the plan follows to its end, if any."""
        held = [
            (route.worth, path)
            for route, path in zip(self.problem.routes, self.routes, strict=True)
            if set(route.modules) <= set(self.chosen)
        ]
        return max(held, key=lambda pair: pair[0])[1] if held else None

    def learnt(self, skill: str) -> bool:
        """Whether the learner has a skill at the end of the plan."""
        return skill not in self.lacking or self.problem.learnt(skill, self.chosen)


def choose(request: PlanRequest, knowledge: PlanKnowledge) -> Choice:
    """The best choice of modules for the request."""
    learner = request.learner
    asked = targets(knowledge, learner.goal, learner.direction)
    advice = recommendations(knowledge, learner.goal)
    known = skills_brought(learner, knowledge.skills)
    lacking = still_lacking(knowledge, known, request, asked)
    paths = advised_paths(knowledge, request, advice)
    on_paths = {course for path in paths for course in path.courses}
    listed = shortlist(knowledge, request, asked, lacking, advice, on_paths)
    followed = tuple(routes(knowledge, request, paths, listed, advice))
    weighed = weigh(listed, request, asked, advice, followed)
    problem = weighed.problem
    time = time_of(request, asked.project)
    essential = [skill for skill in asked.essential if skill in lacking]
    unlimited = best_choice(problem, None)
    enough = time.study is None or problem.hours(unlimited) <= time.study
    best = unlimited if enough else best_choice(problem, time.study)
    shortest = shortest_choice(problem, problem.essential)
    hopeless = bool(essential) and not any(problem.learnt(skill, best) for skill in essential)
    begun = _beginning(problem, shortest, time.study) if hopeless and time.study else ()
    chosen = begun or best
    return Choice(
        request=request,
        knowledge=knowledge,
        targets=asked,
        advice=advice,
        time=time,
        problem=problem,
        routes=weighed.paths,
        units=weighed.units,
        chosen=chosen,
        unlimited=unlimited,
        lacking=listed.lacking,
        shortest=shortest,
        value=problem.value(best),
        missing=tuple(skill for skill in essential if not problem.learnt(skill, chosen)),
    )


def time_of(request: PlanRequest, project: float) -> Time:
    """The whole weeks that there are, or one shorter one where there is less than a week."""
    weeks = request.learner.weeks
    hours = request.learner.hours_per_week or HOURS_A_WEEK
    if weeks is None:
        return Time(None, hours, project)
    return Time(max(1, math.floor(weeks)), hours * min(1.0, weeks), project)


def with_needs(
    choice: Choice, wanted: Collection[int], given: Collection[int], *, without: str | None = None
) -> list[int]:
    """`wanted` with what they need besides `given`, in the order of study.

    Of several ways to learn what is needed, one of the unlimited plan is taken first, then the
    one that takes the fewest hours more, in the course `without` only where there is no other.
    """
    problem = choice.problem
    have, added = set(given) | set(wanted), set(wanted) - set(given)
    todo = sorted(added)

    def price(way: Way) -> tuple[bool, bool, float]:
        avoided = choice.units[way.modules[0]].key.course == without
        unusual = not set(way.modules) <= {*have, *choice.unlimited}
        return avoided, unusual, problem.hours(set(way.modules) - have)

    while todo:
        position = todo.pop()
        for skill in sorted(problem.candidates[position].needs):
            ways = [way for way in problem.ways_to(skill) if way.modules[-1] < position]
            new = set(min(ways, key=price).modules) - have
            have |= new
            added |= new
            todo.extend(sorted(new))
    return sorted(added)


def _beginning(problem: Problem, shortest: Sequence[int], hours: float) -> tuple[int, ...]:
    """As much as fits of the shortest way to everything essential, from its first step on.

    What a module needs stands before it, so that every beginning can be studied.
    """
    begun: list[int] = []
    for position in sorted(shortest):
        if problem.hours([*begun, position]) > hours:
            break
        begun.append(position)
    return tuple(begun)
