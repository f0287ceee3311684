"""The solver finds the best choice there is: all others are tried, on problems small enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up import World, requests, worlds

from tutor.planning.choosing import choose
from tutor.planning.problem import Candidate, Problem, Route, Way
from tutor.planning.solver import best_choice, shortest_choice
from tutor.planning.types import ModuleKey, PlanRequest

_MOST = 12  # modules: 4,096 choices to try
_SKILLS = "abcd"
_examples = settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@dataclass(frozen=True)
class Everything:
    """Every choice that a problem allows, written anew from what `Problem` says of itself."""

    problem: Problem

    def allowed(self) -> Iterator[frozenset[int]]:
        """All choices in which whatever is needed is learnt before."""
        count = len(self.problem.candidates)
        for bits in range(1 << count):
            chosen = frozenset(at for at in range(count) if bits >> at & 1)
            if all(self.is_ready(at, chosen) for at in chosen):
                yield chosen

    def is_ready(self, at: int, chosen: frozenset[int]) -> bool:
        """Whether all that a module needs is learnt from chosen modules that stand before it."""
        before = {other for other in chosen if other < at}
        return all(skill in self.learnt(before) for skill in self.problem.candidates[at].needs)

    def learnt(self, chosen: set[int] | frozenset[int]) -> set[str]:
        return {way.skill for way in self.problem.ways if chosen.issuperset(way.modules)}

    def hours(self, chosen: frozenset[int]) -> float:
        return sum(self.problem.candidates[at].hours for at in chosen)

    def value(self, chosen: frozenset[int]) -> float:
        """What is gained and spent, line by line."""
        problem = self.problem
        courses = {problem.candidates[at].key.course for at in chosen}
        spent = sum(problem.candidates[at].cost for at in chosen)
        spent += sum(problem.opening[course] for course in courses)
        gained = problem.first if chosen else 0.0
        gained += max([0.0, *(r.worth for r in problem.routes if chosen.issuperset(r.modules))])
        for skill in problem.wished & self.learnt(chosen):
            gained += problem.essential_worth if skill in problem.essential else 0.0
            gained += max(self._brings(way, chosen) for way in problem.ways if way.skill == skill)
        return gained - spent

    def _brings(self, way: Way, chosen: frozenset[int]) -> float:
        if not chosen.issuperset(way.modules):
            return 0.0
        added = way.worth
        for number, (_, worth) in enumerate(way.more, start=1):
            if chosen.issuperset(at for at, _ in way.more[:number]):
                added += worth
        return added

    def best(self, hours: float | None) -> float:
        """The value of the best choice within the hours."""
        return max(
            self.value(chosen)
            for chosen in self.allowed()
            if hours is None or self.hours(chosen) <= hours
        )

    def fewest_hours(self, skills: frozenset[str]) -> float:
        """The hours of the shortest choice that teaches all of `skills`."""
        return min(self.hours(chosen) for chosen in self.allowed() if skills <= self.learnt(chosen))


def drawn_problem(seed: int, count: int) -> Problem:
    """A problem with `count` modules in a few courses; everything else follows from the number."""
    chance = Random(seed)
    courses = [chance.choice("XYZ") for _ in range(count)]
    candidates = [
        Candidate(
            ModuleKey(course, f"{at}"),
            hours=chance.randint(1, 10) / 2,
            cost=chance.randint(0, 4) / 4,
            needs=frozenset(chance.sample(_SKILLS, chance.choice((0, 0, 1, 2)))),
        )
        for at, course in enumerate(courses)
    ]
    ways = [_way(chance, courses) for _ in range(chance.randint(1, 8))]
    wished = chance.sample(_SKILLS, chance.randint(0, len(_SKILLS)))
    routes = [
        Route(tuple(sorted(chance.sample(range(count), chance.randint(1, count)))), worth)
        for worth in chance.choices((1.0, 4.0, 12.0), k=chance.randint(0, 3))
    ]
    return Problem(
        candidates=tuple(candidates),
        ways=tuple(ways),
        routes=tuple(routes),
        essential=frozenset(wished[: chance.randint(0, len(wished))]),
        essential_worth=chance.choice((0.0, 3.0, 100.0)),
        wished=frozenset(wished),
        opening={course: chance.choice((0.0, 1.0, 6.0, 8.0)) for course in courses},
        first=chance.choice((0.0, 6.0)),
    )


def _way(chance: Random, courses: list[str]) -> Way:
    course = chance.choice(courses)
    own = [at for at, other in enumerate(courses) if other == course]
    modules = sorted(chance.sample(own, chance.randint(1, min(3, len(own)))))
    more = [at for at in own if at not in modules and chance.random() < 0.5]
    worth = chance.randint(0, 40) / 4
    return Way(
        chance.choice(_SKILLS),
        tuple(modules),
        worth,
        tuple((at, chance.randint(0, 8) / 4) for at in more),
    )


_problems = st.builds(drawn_problem, st.integers(0, 2**20), st.integers(1, 10))


@given(_problems, st.sampled_from([None, 0.0, 1.5, 4.0, 8.0, 13.0]))
@_examples
def test_no_allowed_choice_is_worth_more(problem: Problem, hours: float | None) -> None:
    everything = Everything(problem)
    chosen = frozenset(best_choice(problem, hours))
    assert all(everything.is_ready(at, chosen) for at in chosen)
    assert hours is None or everything.hours(chosen) <= hours
    assert everything.value(chosen) == pytest.approx(everything.best(hours))


@given(_problems)
@_examples
def test_no_allowed_choice_teaches_the_essentials_in_fewer_hours(problem: Problem) -> None:
    everything = Everything(problem)
    reached = {skill for chosen in everything.allowed() for skill in everything.learnt(chosen)}
    skills = problem.wished & reached
    chosen = frozenset(shortest_choice(problem, skills))
    assert all(everything.is_ready(at, chosen) for at in chosen)
    assert skills <= everything.learnt(chosen)
    assert everything.hours(chosen) == everything.fewest_hours(skills)


@given(_problems, st.integers(0, 2**10 - 1))
@_examples
def test_a_problem_values_a_choice_as_it_says(problem: Problem, bits: int) -> None:
    chosen = frozenset(at for at, _ in enumerate(problem.candidates) if bits >> at & 1)
    everything = Everything(problem)
    assert problem.value(chosen) == pytest.approx(everything.value(chosen))
    assert problem.hours(chosen) == everything.hours(chosen)
    assert all(
        problem.learnt(skill, chosen) == (skill in everything.learnt(chosen)) for skill in _SKILLS
    )


@pytest.mark.parametrize("seed", range(8))
def test_with_as_many_modules_as_can_be_tried(seed: int) -> None:
    problem = drawn_problem(seed, _MOST)
    everything = Everything(problem)
    hours = everything.hours(frozenset(range(_MOST))) / 2
    chosen = frozenset(best_choice(problem, hours))
    assert everything.value(chosen) == pytest.approx(everything.best(hours))


@st.composite
def _asked(draw: st.DrawFn) -> tuple[World, PlanRequest]:
    world = draw(worlds())
    return world, draw(requests(world))


@given(_asked())
@settings(_examples, max_examples=100)
def test_a_plan_is_the_best_that_the_sources_allow(asked: tuple[World, PlanRequest]) -> None:
    world, request = asked
    choice = choose(request, world.knowledge)
    if len(choice.problem.candidates) > _MOST:
        return
    everything = Everything(choice.problem)
    chosen, unlimited = frozenset(choice.chosen), frozenset(choice.unlimited)
    assert all(everything.is_ready(at, chosen) for at in chosen)
    assert everything.value(unlimited) == pytest.approx(everything.best(None))
    # Where nothing is worth its hours, the plan is a first taste.
    assert max(0.0, everything.value(chosen)) == pytest.approx(everything.best(choice.time.study))
    essential = choice.problem.essential
    assert everything.hours(frozenset(choice.shortest)) == pytest.approx(
        everything.fewest_hours(essential)
    )
    could = max(
        len(essential & everything.learnt(other))
        for other in everything.allowed()
        if choice.time.study is None or everything.hours(other) <= choice.time.study
    )
    assert len(essential & everything.learnt(chosen)) == could
