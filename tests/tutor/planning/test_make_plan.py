"""Plans from the bundled sources as a door gets them, from an index."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.settings import Settings
from api.wiring import open_index
from corpus.index import Index
from corpus.types import Course, CourseStatus, Goal, Language, Perspective
from tests.corpus.index_material import HashEmbedder
from tutor.citations import CitationBook
from tutor.learner import Learner
from tutor.plan import cited_plan, make_plan
from tutor.planning.knowledge import PlanKnowledge, plan_knowledge
from tutor.planning.recommendations import successor
from tutor.planning.types import Budget, Plan, PlannedModule, PlanRequest, StepKind
from tutor.understanding import understand

EXAMPLE = "我有两个月，每周 10 小时，想做 NLP 的毕设，数学学过，机器学习没学过"
LEARNER = understand(EXAMPLE).learner
TODAY = date(2026, 11, 21)
GUIDE = "liangziwei-five-months"


@pytest.fixture(scope="module")
def index(indexed: Path) -> Iterator[Index]:
    with open_index(Settings(data=indexed)) as opened:
        yield opened


@pytest.fixture(scope="module")
def knowledge(index: Index) -> PlanKnowledge:
    return plan_knowledge(index)


def planned(knowledge: PlanKnowledge, learner: Learner, **wishes: object) -> Plan:
    book = CitationBook(learner.language, HashEmbedder(), TODAY)  # type: ignore[arg-type]
    return cited_plan(PlanRequest(learner, **wishes), knowledge, book)  # type: ignore[arg-type]


def studied(plan: Plan) -> list[PlannedModule]:
    return [module for week in plan.weeks for step in week.steps for module in step.modules]


def hours(plan: Plan) -> dict[str, float]:
    """The study hours by course."""
    found: dict[str, float] = {}
    for module in studied(plan):
        found[module.key.course] = found.get(module.key.course, 0.0) + module.hours
    return found


def share(plan: Plan, courses: set[str]) -> float:
    """The part of the study hours that goes into `courses`."""
    spent = hours(plan)
    return sum(spent.get(course, 0.0) for course in courses) / sum(spent.values())


@pytest.fixture(scope="module")
def example(index: Index) -> Plan:
    embedder = HashEmbedder()
    return make_plan(PlanRequest(LEARNER), index, embedder, today=TODAY)  # type: ignore[arg-type]


class TestTheExampleSentence:
    def test_gets_eight_weeks_of_ten_hours_that_suffice(self, example: Plan) -> None:
        assert example.verdict.fits
        assert len(example.weeks) == 8
        assert all(week.hours <= 10 for week in example.weeks)

    def test_works_on_the_thesis_from_the_first_week_on(self, example: Plan) -> None:
        project = [
            sum(step.hours for step in week.steps if step.kind is StepKind.PROJECT)
            for week in example.weeks
        ]
        assert all(project)
        assert sum(project) == pytest.approx(0.4 * 80, rel=0.25)

    def test_goes_from_the_basics_over_attention_to_language(self, example: Plan) -> None:
        first: dict[str, int] = {}
        for place, module in enumerate(studied(example)):
            for skill in module.skills:
                first.setdefault(skill, place)
        assert first["linear-regression"] <= first["neural-networks"] < first["attention"]
        assert first["attention"] <= first["nlp"]
        assert not {"linear-algebra", "calculus", "probability"} & first.keys()

    def test_quotes_people_and_syllabi_word_for_word(self, example: Plan, index: Index) -> None:
        sources = {source.id: source for source in index.sources()}
        assert {type(sources[cited.source_id]) for cited in example.citations} == {
            Course,
            Perspective,
        }
        for cited in example.citations:
            bodies = [
                text.body
                for text in sources[cited.source_id].texts
                if (text.language, text.verbatim) == (cited.language, cited.verbatim)
            ]
            assert cited.quote in [body[cited.start : cited.end] for body in bodies]

    def test_is_the_same_in_another_process(self, example: Plan) -> None:
        """Sets of words are ordered otherwise in every process."""
        script = (
            "from test_make_plan import *\n"
            "from corpus.course_files import load_courses\n"
            "from corpus.perspective_files import load_perspectives\n"
            "from corpus.skills import load_skills\n"
            "from tutor.planning.knowledge import gather\n"
            "known = gather(load_courses(), load_perspectives(), load_skills())\n"
            "print(told(planned(known, LEARNER)))\n"
        )
        here = Path(__file__)
        for seed in ("1", "2"):
            paths = os.pathsep.join([str(here.parent), str(here.parents[3])])
            variables = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed}
            told_there = subprocess.run(
                [sys.executable, "-c", script],
                env=variables,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=True,
            )
            assert told_there.stdout.strip() == told(example)


def told(plan: Plan) -> str:
    """All of a plan that a reader sees."""
    return ascii((plan.weeks, plan.left_out, plan.verdict, plan.notes, plan.citations, plan.value))


def test_what_is_known_is_gathered_once(index: Index) -> None:
    assert plan_knowledge(index) is plan_knowledge(index)


@pytest.mark.parametrize(
    ("weeks", "pace", "least"),
    [(20, 10.0, 0.6), (20, 20.0, 0.75), (8, 20.0, 0.75), (4, 30.0, 0.75)],
)
def test_a_guide_is_recognised_by_whoever_has_the_time_that_it_takes(
    knowledge: PlanKnowledge, weeks: int, pace: float, least: float
) -> None:
    """Most hours go into the courses of the guide, or into those that superseded them."""
    guide = next(person for person in knowledge.people if person.id == GUIDE)
    path = next(path for path in guide.paths if path.weeks == weeks)
    goal = path.goals[0] if path.goals else None
    learner = Learner(Language.CHINESE, goal, weeks=weeks, hours_per_week=pace)
    courses = {successor(knowledge.courses, step.course) for step in path.steps if step.course}
    assert share(planned(knowledge, learner), courses) >= least


@pytest.mark.parametrize("goal", [None, *Goal])
@pytest.mark.parametrize("language", Language)
class TestForEveryGoal:
    def learner(self, language: Language, goal: Goal | None) -> Learner:
        return Learner(language, goal, weeks=12.0, hours_per_week=10.0)

    def test_superseded_courses_are_replaced(
        self, knowledge: PlanKnowledge, language: Language, goal: Goal | None
    ) -> None:
        plan = planned(knowledge, self.learner(language, goal))
        for course in hours(plan):
            assert knowledge.courses[course].status is CourseStatus.CURRENT

    def test_the_language_of_the_learner_is_preferred(
        self, knowledge: PlanKnowledge, language: Language, goal: Goal | None
    ) -> None:
        plan = planned(knowledge, self.learner(language, goal))
        readable = {id for id, course in knowledge.courses.items() if language in course.languages}
        assert share(plan, readable) >= (1.0 if language is Language.ENGLISH else 0.6)

    def test_half_an_hour_is_too_short_and_the_least_time_is_enough(
        self, knowledge: PlanKnowledge, language: Language, goal: Goal | None
    ) -> None:
        learner = replace(self.learner(language, goal), weeks=0.25, hours_per_week=2.0)
        short = planned(knowledge, learner).verdict
        assert not short.fits
        assert short.missing
        weeks = short.weeks_least
        assert planned(knowledge, replace(learner, weeks=float(weeks))).verdict.fits
        less = replace(learner, weeks=weeks - 0.5 if weeks == 1 else weeks - 1.0)
        assert not planned(knowledge, less).verdict.fits


def test_a_course_that_superseded_a_recommended_one_says_so(knowledge: PlanKnowledge) -> None:
    plan = planned(knowledge, Learner(Language.CHINESE, weeks=20.0, hours_per_week=10.0))
    new, old = "ng-machine-learning-specialization", "ng-machine-learning-2011"
    assert new in hours(plan)
    assert any(
        knowledge.courses[old].title.en in note.en and knowledge.courses[new].title.en in note.en
        for note in plan.notes
    )


def test_a_paid_course_names_its_free_alternative_and_gives_way_to_it(
    knowledge: PlanKnowledge,
) -> None:
    learner = Learner(Language.CHINESE, weeks=20.0, hours_per_week=10.0)
    paid = {id for id, course in knowledge.courses.items() if course.cost in ("paid", "book")}
    plan, free = planned(knowledge, learner), planned(knowledge, learner, budget=Budget.FREE)
    used = paid & hours(plan).keys()
    assert used
    for course in used:
        title = knowledge.courses[course].title.en
        assert any(note.en.startswith(f"{title} costs money") for note in plan.notes)
    assert not paid & hours(free).keys()
    assert not any("costs money" in note.en for note in free.notes)


def test_what_is_done_shortens_the_plan(knowledge: PlanKnowledge) -> None:
    learner = replace(LEARNER, weeks=None)
    before = planned(knowledge, learner)
    done = frozenset(module.key for module in studied(before)[:4])
    after = planned(knowledge, learner, done=done)
    assert {module.key for module in after.done} == done
    assert not done & {module.key for module in studied(after)}
    assert sum(hours(after).values()) < sum(hours(before).values())
    assert after.verdict.hours_least < before.verdict.hours_least
    assert len(after.weeks) < len(before.weeks)
