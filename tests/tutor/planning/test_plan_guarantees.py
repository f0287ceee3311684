"""What holds of every plan, whatever the sources hold and whoever asks."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up import World, made_course, made_module, made_skill, requests, worlds

from corpus.skills import Stage
from corpus.types import Course, CourseStatus, Language, Module
from tutor.learner import Learner
from tutor.planning.background import HOURS_A_WEEK, skills_brought
from tutor.planning.targets import targets
from tutor.planning.types import Budget, ModuleKey, Plan, PlannedModule, PlanRequest, StepKind

_ROUNDING = 1e-6
_VALUE_ROUNDING = 2e-3
_examples = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def _asked(draw: st.DrawFn) -> tuple[World, PlanRequest]:
    world = draw(worlds())
    return world, draw(requests(world))


def _studied(plan: Plan) -> list[PlannedModule]:
    """Every portion of a module, in the order in which the plan is read."""
    return [module for week in plan.weeks for step in week.steps for module in step.modules]


@given(_asked())
@_examples
def test_no_module_comes_before_what_it_needs(asked: tuple[World, PlanRequest]) -> None:
    world, request = asked
    learning = _Learning(world, request)
    portions = _studied(world.plan(request))
    begun = dict.fromkeys(portion.key for portion in portions)
    for key in begun:
        first = next(at for at, portion in enumerate(portions) if portion.key == key)
        finished = _finished(portions[:first])
        lacking = [skill for skill in learning.needs(key) if not learning.has(skill, finished)]
        assert not lacking, f"{key} needs {lacking}"


def test_a_course_waits_for_another_in_the_middle_of_a_week() -> None:
    """What it goes on with then stands after the other course, in a step of its own."""
    skills = [
        made_skill("gradient-descent", stage=Stage.MATHEMATICS),
        made_skill("regularization", stage=Stage.MACHINE_LEARNING),
        made_skill("neural-networks", "regularization", "gradient-descent"),
    ]
    first, second = made_module(1, "gradient-descent"), made_module(2, "neural-networks")
    courses = made_course("long", first, second), made_course("short", made_module(1, skills[1].id))
    world = World(courses, (), {skill.id: skill for skill in skills})
    learner = Learner(Language.ENGLISH, weeks=3.0, hours_per_week=40.0)
    steps = world.plan(PlanRequest(learner)).weeks[0].steps
    assert [step.course for step in steps[:3]] == ["long", "short", "long"]


@given(_asked())
@_examples
def test_modules_of_a_course_keep_its_order(asked: tuple[World, PlanRequest]) -> None:
    world, request = asked
    order = {
        ModuleKey(course.id, module.id): number
        for course in world.courses
        for number, module in enumerate(course.modules)
    }
    by_course: dict[str, list[int]] = defaultdict(list)
    for portion in _studied(world.plan(request)):
        by_course[portion.key.course].append(order[portion.key])
    assert all(numbers == sorted(numbers) for numbers in by_course.values())


@given(_asked())
@_examples
def test_no_week_is_over_its_hours_and_all_are_within_the_time(
    asked: tuple[World, PlanRequest],
) -> None:
    world, request = asked
    plan = world.plan(request)
    learner = request.learner
    pace = learner.hours_per_week or HOURS_A_WEEK
    assert [week.number for week in plan.weeks] == list(range(1, len(plan.weeks) + 1))
    for week in plan.weeks:
        assert week.hours == pytest.approx(sum(step.hours for step in week.steps))
        assert week.hours <= pace + _ROUNDING
        for step in week.steps:
            assert step.hours > 0
            if step.kind is StepKind.STUDY:
                assert step.hours == pytest.approx(sum(module.hours for module in step.modules))
    if learner.weeks is not None:
        assert len(plan.weeks) <= max(1, learner.weeks)
        assert sum(week.hours for week in plan.weeks) <= learner.weeks * pace + _ROUNDING


@given(_asked())
@_examples
def test_every_step_goes_back_to_words_that_a_source_holds(
    asked: tuple[World, PlanRequest],
) -> None:
    world, request = asked
    plan = world.plan(request)
    assert [citation.number for citation in plan.citations] == [
        number for number, _ in enumerate(plan.citations, start=1)
    ]
    texts = {
        (source.id, text.language, text.verbatim): text.body
        for source in (*world.courses, *world.people)
        for text in source.texts
    }
    for cited in plan.citations:
        body = texts[cited.source_id, cited.language, cited.verbatim]
        assert cited.quote
        assert body[cited.start : cited.end] == cited.quote
    numbers = {citation.number for citation in plan.citations}
    for step in (step for week in plan.weeks for step in week.steps):
        assert step.citations
        assert numbers.issuperset(step.citations)
    for entry in plan.left_out:
        assert entry.citations
        assert numbers.issuperset(entry.citations)


@given(_asked(), st.randoms(use_true_random=False))
@_examples
def test_the_same_question_gets_the_same_plan(
    asked: tuple[World, PlanRequest], random: Random
) -> None:
    world, request = asked
    courses, people = [*world.courses], [*world.people]
    skills = [*world.skills.items()]
    for each in (courses, people, skills):
        random.shuffle(each)
    shuffled = World(tuple(courses), tuple(people), dict(skills))
    assert shuffled.plan(request) == world.plan(request)


@given(_asked(), st.sampled_from([0.0, 0.5, 1.0, 3.0, None]), st.sampled_from([0.0, 0.3, 2.0]))
@_examples
def test_more_time_never_gives_a_worse_plan(
    asked: tuple[World, PlanRequest], weeks: float | None, hours: float
) -> None:
    world, request = asked
    learner = request.learner
    more = replace(
        learner,
        weeks=None if weeks is None or learner.weeks is None else learner.weeks + weeks,
        hours_per_week=(learner.hours_per_week or HOURS_A_WEEK) + hours,
    )
    before, after = world.plan(request), world.plan(replace(request, learner=more))
    assert after.value >= before.value - _VALUE_ROUNDING
    assert len(after.verdict.missing) <= len(before.verdict.missing)
    assert after.verdict.fits >= before.verdict.fits


@given(_asked())
@_examples
def test_the_smallest_time_is_enough_and_no_smaller_one_is(
    asked: tuple[World, PlanRequest],
) -> None:
    world, request = asked
    learner = replace(request.learner, weeks=None)
    unlimited = world.plan(replace(request, learner=learner)).verdict
    given_ = world.plan(request).verdict
    assert given_.hours_least == pytest.approx(unlimited.hours_least)
    assert given_.weeks_least == unlimited.weeks_least

    def fits(weeks: float) -> bool:
        return world.plan(replace(request, learner=replace(learner, weeks=weeks))).verdict.fits

    least = unlimited.weeks_least
    assert fits(max(1, least)) is unlimited.fits
    assert least <= 1 or not fits(least - 1)


@given(_asked())
@_examples
def test_the_verdict_says_what_the_plan_is(asked: tuple[World, PlanRequest]) -> None:
    world, request = asked
    plan = world.plan(request)
    verdict, learning = plan.verdict, _Learning(world, request)
    assert verdict.fits is not bool(verdict.missing)
    assert verdict.hours_planned == pytest.approx(sum(week.hours for week in plan.weeks))
    assert verdict.hours_planned <= verdict.hours_available + _ROUNDING
    finished = _finished(_studied(plan))
    assert not [skill for skill in verdict.missing if learning.has(skill, finished)]


@given(_asked())
@_examples
def test_what_is_done_is_never_planned_again(asked: tuple[World, PlanRequest]) -> None:
    world, request = asked
    plan = world.plan(request)
    assert request.done.isdisjoint(portion.key for portion in _studied(plan))
    assert {module.key for module in plan.done} == request.done
    assert all(module.done for module in plan.done)


@given(_asked())
@_examples
def test_a_split_module_is_studied_whole_and_only_once(asked: tuple[World, PlanRequest]) -> None:
    world, request = asked
    portions = _studied(world.plan(request))
    hours: dict[ModuleKey, float] = defaultdict(float)
    for portion in portions:
        hours[portion.key] += portion.hours
    assert all(hours[p.key] == pytest.approx(p.of_hours) for p in portions)
    weeks = [
        {module.key for step in week.steps for module in step.modules}
        for week in world.plan(request).weeks
    ]
    for key in hours:
        held = [number for number, keys in enumerate(weeks) if key in keys]
        assert sum(p.key == key for p in portions) == len(held)


@given(_asked())
@_examples
def test_only_courses_that_may_be_used(asked: tuple[World, PlanRequest]) -> None:
    world, request = asked
    courses = {course.id: course for course in world.courses}
    used = [
        courses[key.course] for key in {portion.key for portion in _studied(world.plan(request))}
    ]
    away = {swap.away for swap in request.swaps}
    for course in used:
        assert course.id not in away
        assert course.status is CourseStatus.CURRENT
        assert {request.learner.language, Language.ENGLISH} & {*course.languages}
        assert request.budget is Budget.ANY or course.cost in {"free", "audit"}


def _finished(portions: Iterable[PlannedModule]) -> set[ModuleKey]:
    """The modules of which these portions are the whole."""
    hours: dict[ModuleKey, float] = defaultdict(float)
    whole: dict[ModuleKey, float] = {}
    for portion in portions:
        hours[portion.key] += portion.hours
        whole[portion.key] = portion.of_hours
    return {key for key, planned in hours.items() if planned >= whole[key] - _ROUNDING}


class _Learning:
    """What modules need and teach, told anew from the sources as `tutor/planning` documents it."""

    def __init__(self, world: World, request: PlanRequest) -> None:
        self._world = world
        self._done = request.done
        learner = request.learner
        self._brought = skills_brought(learner, world.skills)
        self._targets = targets(world.knowledge, learner.goal, learner.direction)
        self._courses = {course.id: course for course in world.courses}
        self._modules = {
            ModuleKey(course.id, module.id): (course, module)
            for course in world.courses
            for module in course.modules
        }

    def needs(self, key: ModuleKey) -> set[str]:
        """What the course asks for, and what the skills that the module teaches build on."""
        course, module = self._modules[key]
        taught = self._taught(module)
        asked = {
            entry.skill or next(iter(self._courses[entry.course].teaches), "")
            for entry in course.prerequisites
            if entry.required
        }
        built_on = {edge.skill for skill in taught for edge in self._world.skills[skill].requires}
        return {*self._plain(asked | built_on)} - set(taught)

    def has(self, skill: str, finished: Iterable[ModuleKey]) -> bool:
        """Whether somebody has a skill who brought it along, or has spent enough hours on it in
        what was done before and one course of the plan."""
        if skill in self._brought:
            return True
        hours: dict[str, float] = defaultdict(float)
        for key in {*finished} - self._done:
            hours[key.course] += self._hours_on(skill, key)
        done = sum(self._hours_on(skill, key) for key in self._done)
        enough = self._targets.hours_to_learn(skill)
        return done + max(hours.values(), default=0.0) >= enough - _ROUNDING

    def _hours_on(self, skill: str, key: ModuleKey) -> float:
        course, module = self._modules[key]
        taught = self._taught(module)
        return _hours(course, module) / math.sqrt(len(taught)) if skill in taught else 0.0

    def _taught(self, module: Module) -> list[str]:
        return [skill for skill in module.skills if not self._world.skills[skill].parts]

    def _plain(self, skills: Iterable[str]) -> Iterator[str]:
        for skill in filter(None, skills):
            yield from self._world.skills[skill].parts or [skill]


def _hours(course: Course, module: Module) -> float:
    if module.hours is not None:
        return module.hours
    whole = course.hours / len(course.modules) if course.hours else course.module_hours or 4.0
    return max(0.5, round(whole * 2) / 2)
