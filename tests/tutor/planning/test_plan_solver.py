"""The solver finds what trying every choice finds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.planning.problem import Candidate, Problem, Route, Way
from tutor.planning.solver import best_choice, shortest_choice
from tutor.planning.types import ModuleKey

_MOST = 8  # candidates: every subset of them is tried
_SKILLS = ("alpha", "beta", "gamma")
_COURSES = ("one", "two", "three")
_EXACT = 1e-6
_worth = st.integers(0, 40).map(lambda number: number / 4)


def choices(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Every choice of candidates that is allowed."""
    positions = range(len(problem.candidates))
    subsets = chain.from_iterable(combinations(positions, size) for size in range(_MOST + 1))
    return (chosen for chosen in subsets if allowed(problem, chosen))


def allowed(problem: Problem, chosen: tuple[int, ...]) -> bool:
    """Whether everything that a module needs is learnt from modules that stand before it."""
    return all(
        any(
            way.skill == skill and all(at in chosen and at < position for at in way.modules)
            for way in problem.ways
        )
        for position in chosen
        for skill in problem.candidates[position].needs
    )


def worth(problem: Problem, chosen: tuple[int, ...]) -> float:
    """What a choice is worth, told anew."""
    if not chosen:
        return 0.0
    total = problem.first
    for course in {problem.candidates[at].key.course for at in chosen}:
        total -= problem.opening[course]
    for at in chosen:
        total -= problem.candidates[at].cost
    followed = [route.worth for route in problem.routes if set(route.modules) <= set(chosen)]
    total += max(followed, default=0.0)
    for skill in problem.wished:
        held = [w for w in problem.ways if w.skill == skill and set(w.modules) <= set(chosen)]
        if held:
            total += max(way.worth + sum(further(way, chosen)) for way in held)
            total += problem.essential_worth if skill in problem.essential else 0.0
    return total


def further(way: Way, chosen: tuple[int, ...]) -> Iterator[float]:
    for position, more in way.more:
        if position not in chosen:
            return
        yield more


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Small problems in which modules need skills that others teach."""
    count = draw(st.integers(1, _MOST))
    courses = [draw(st.sampled_from(_COURSES)) for _ in range(count)]
    candidates = tuple(
        Candidate(
            ModuleKey(course, f"m{position}"),
            hours=draw(st.sampled_from([0.5, 1.0, 2.5, 4.0])),
            cost=draw(_worth) / 4,
            needs=draw(st.frozensets(st.sampled_from(_SKILLS), max_size=1)),
        )
        for position, course in enumerate(courses)
    )
    ways = tuple(draw(st.lists(_ways(courses), max_size=5, unique=True)))
    return Problem(
        candidates=candidates,
        ways=ways,
        routes=tuple(draw(st.lists(_routes(count), max_size=2))),
        essential=frozenset({"alpha"} & {way.skill for way in ways}),
        essential_worth=200.0,
        wished=frozenset({"alpha", "beta"} & {way.skill for way in ways}),
        opening={course: draw(st.sampled_from([0.0, 1.0, 3.0])) for course in courses},
        first=draw(st.sampled_from([0.0, 1.0])),
    )


@st.composite
def _ways(draw: st.DrawFn, courses: list[str]) -> Way:
    course = draw(st.sampled_from(courses))
    own = [position for position, each in enumerate(courses) if each == course]
    base = draw(st.integers(1, len(own)))
    more = tuple((position, draw(_worth) / 4) for position in own[base:])
    return Way(draw(st.sampled_from(_SKILLS)), tuple(own[:base]), draw(_worth), more)


@st.composite
def _routes(draw: st.DrawFn, count: int) -> Route:
    positions = draw(st.frozensets(st.integers(0, count - 1), min_size=1, max_size=3))
    return Route(tuple(sorted(positions)), draw(_worth))


_small = settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@given(problems(), st.sampled_from([None, 0.0, 1.0, 3.0, 6.5, 12.0]))
@_small
def test_no_choice_is_worth_more_than_the_one_that_is_found(
    problem: Problem, hours: float | None
) -> None:
    found = best_choice(problem, hours)
    assert allowed(problem, found)
    assert hours is None or problem.hours(found) <= hours + _EXACT
    within = [c for c in choices(problem) if hours is None or problem.hours(c) <= hours + _EXACT]
    best = max(worth(problem, chosen) for chosen in within)
    assert worth(problem, found) == pytest.approx(best, abs=_EXACT)
    assert problem.value(found) == pytest.approx(worth(problem, found), abs=_EXACT)


@given(problems())
@_small
def test_no_choice_with_all_essentials_is_shorter(problem: Problem) -> None:
    def teaches_all(chosen: tuple[int, ...]) -> bool:
        return all(problem.learnt(skill, chosen) for skill in problem.essential)

    enough = [chosen for chosen in choices(problem) if teaches_all(chosen)]
    if enough:
        found = shortest_choice(problem, problem.essential)
        assert allowed(problem, found)
        assert teaches_all(found)
        assert problem.hours(found) == pytest.approx(min(map(problem.hours, enough)), abs=_EXACT)
