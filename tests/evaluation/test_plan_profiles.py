"""The learners of the plan evaluation are what they claim to be, and no check passes everything."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from evaluation_questions import Half
from plan_checks import failed
from plan_profiles import Checks, Profile, load_profiles

from corpus.course_files import load_courses
from corpus.course_labels import SKILLS
from corpus.types import Bilingual, Course, Goal, Language
from tutor.learner import Learner
from tutor.planning.types import (
    HoursBasis,
    ModuleKey,
    Plan,
    PlannedModule,
    PlanRequest,
    PlanStep,
    PlanVerdict,
    PlanWeek,
    StepKind,
)

ALL = load_profiles()
COURSES: dict[str, Course] = {course.id: course for course in load_courses()}
TEXT = Bilingual(zh="字", en="words")


class TestTheSet:
    def test_has_forty_learners_and_more_in_both_languages_and_halves(self) -> None:
        assert len({profile.id for profile in ALL}) == len(ALL) >= 40
        assert min(Counter(profile.language for profile in ALL).values()) >= 20
        assert min(Counter(profile.half for profile in ALL).values()) >= 0.4 * len(ALL)

    def test_has_every_goal_and_none(self) -> None:
        goals = {profile.asks.get("goal") for profile in ALL}
        assert goals == {*map(str, Goal), None}

    def test_has_every_goal_on_the_half_that_tuning_may_look_at(self) -> None:
        tune = {profile.asks.get("goal") for profile in ALL if profile.half is Half.TUNE}
        assert len(tune) >= len(Goal)

    @pytest.mark.parametrize("profile", ALL, ids=lambda profile: profile.id)
    def test_names_only_skills_and_courses_that_exist(self, profile: Profile) -> None:
        checks = profile.checks
        pairs = [skill for pair in checks.before for skill in pair]
        assert {*checks.teaches, *checks.teaches_one, *checks.spares, *pairs} <= SKILLS.keys()
        assert {*checks.courses_one, *checks.courses_none} <= COURSES.keys()
        assert profile.request().learner.language is profile.language


def module(course: str, id: str, *skills: str, hours: float = 5.0) -> PlannedModule:
    return PlannedModule(ModuleKey(course, id), TEXT, hours, hours, HoursBasis.SHARED, skills)


def step(*modules: PlannedModule, kind: StepKind = StepKind.STUDY) -> PlanStep:
    course = modules[0].key.course if modules else None
    hours = sum(one.hours for one in modules) or 1.0
    return PlanStep(kind, TEXT, course, None, modules, hours, TEXT, (1,))


def plan(*weeks: tuple[PlanStep, ...], hours_per_week: float = 10.0, fits: bool = True) -> Plan:
    learner = Learner(Language.CHINESE, weeks=len(weeks), hours_per_week=hours_per_week)
    available = hours_per_week * len(weeks)
    missing = () if fits else ("neural-networks",)
    verdict = PlanVerdict(fits, available, available, available, len(weeks), missing, TEXT)
    made = tuple(
        PlanWeek(number, sum(one.hours for one in steps), steps)
        for number, steps in enumerate(weeks, start=1)
    )
    return Plan(PlanRequest(learner), made, (), verdict, (), (), (), 0.0)


D2L = COURSES["d2l"].modules
FIRST = module("d2l", D2L[0].id, "linear-regression")
SECOND = module("d2l", D2L[1].id, "neural-networks")
CS224N = module("cs224n", COURSES["cs224n"].modules[0].id, "nlp")
PAID = module("ng-deep-learning-specialization", "c1w1", "neural-networks")
OLD = module("ng-machine-learning-2011", COURSES["ng-machine-learning-2011"].modules[0].id)
GOOD = plan((step(FIRST),), (step(SECOND), step(kind=StepKind.PROJECT)))


def complaints(made: Plan, **checks: object) -> list[str]:
    profile = Profile("zh-someone", "", {}, Checks(**checks))  # type: ignore[arg-type]
    return failed(profile, made, COURSES)


class TestTheChecks:
    def test_a_good_plan_passes(self) -> None:
        assert not complaints(
            GOOD,
            fits=True,
            teaches=("neural-networks",),
            teaches_one=("neural-networks", "nlp"),
            spares=("calculus",),
            courses_one=("d2l",),
            courses_none=("prml",),
            before=(("linear-regression", "neural-networks"),),
            most_courses=1,
            project=True,
            own_language=1.0,
            free=True,
        )

    @pytest.mark.parametrize(
        ("made", "checks", "complaint"),
        [
            (plan((step(FIRST),), fits=False), {"fits": True}, "fits is False"),
            (GOOD, {"teaches": ("nlp",)}, "does not teach nlp"),
            (GOOD, {"teaches_one": ("nlp", "rag")}, "teaches none of nlp, rag"),
            (GOOD, {"spares": ("linear-regression",)}, "spends time on linear-regression"),
            (GOOD, {"courses_one": ("prml",)}, "uses none of prml"),
            (GOOD, {"courses_none": ("d2l",)}, "uses d2l"),
            (GOOD, {"before": (("neural-networks", "linear-regression"),)}, "comes after"),
            (GOOD, {"most_courses": 0}, "1 courses"),
            (GOOD, {"project": False}, "a project that nobody asked for"),
            (plan((step(FIRST),)), {"project": True}, "no project"),
            (plan((step(CS224N),)), {"own_language": 0.5}, "only 0.00 of the hours"),
            (plan((step(PAID),)), {"free": True}, "costs money"),
            (plan((step(OLD),)), {}, "was superseded"),
            (plan((step(FIRST),), hours_per_week=4.0), {}, "week 1 is over its hours"),
            (plan((step(SECOND),), (step(FIRST),)), {}, "not in its own order"),
            (plan(()), {}, "week 1 is empty"),
            (plan((replace(step(FIRST), citations=()),)), {}, "a step without a source"),
        ],
    )
    def test_each_finds_what_it_is_for(
        self, made: Plan, checks: dict[str, object], complaint: str
    ) -> None:
        assert any(complaint in one for one in complaints(made, **checks))
