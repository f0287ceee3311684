"""Plans for known learners from the bundled sources: what an experienced teacher would look for."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.course_files import load_courses
from corpus.errors import UsageError
from corpus.perspective_files import load_perspectives
from corpus.skills import load_skills
from corpus.types import Direction, Goal, Language
from tests.corpus.index_material import HashEmbedder
from tutor.citations import CitationBook
from tutor.learner import Background, Learner, Level
from tutor.plan import cited_plan
from tutor.planning.knowledge import PlanKnowledge, gather
from tutor.planning.types import (
    Budget,
    Left,
    ModuleKey,
    Plan,
    PlannedModule,
    PlanRequest,
    StepKind,
    Swap,
)

NG, NG_DEEP = "ng-machine-learning-specialization", "ng-deep-learning-specialization"
VIDEOS = "3blue1brown-neural-networks"


@pytest.fixture(scope="module")
def knowledge() -> PlanKnowledge:
    return gather(load_courses(), load_perspectives(), load_skills())


def planned(knowledge: PlanKnowledge, learner: Learner, **wishes: object) -> Plan:
    book = CitationBook(learner.language, HashEmbedder(), date(2026, 11, 21))  # type: ignore[arg-type]
    return cited_plan(PlanRequest(learner, **wishes), knowledge, book)  # type: ignore[arg-type]


def studied(plan: Plan) -> list[PlannedModule]:
    return [module for week in plan.weeks for step in week.steps for module in step.modules]


def names(plan: Plan, course: str) -> list[str]:
    """The modules of a course in the plan, each once."""
    keys = [module.key for module in studied(plan)]
    return list(dict.fromkeys(key.module for key in keys if key.course == course))


def courses(plan: Plan) -> list[str]:
    return list(dict.fromkeys(module.key.course for module in studied(plan)))


def thesis(**more: object) -> Learner:
    """Two months for a thesis on language, with some maths and no machine learning."""
    facts: dict[str, object] = {
        "goal": Goal.GRADUATION_PROJECT,
        "direction": Direction.LANGUAGE,
        "weeks": 8.67,
        "hours_per_week": 10.0,
        "background": Background(mathematics=Level.BASIC, machine_learning=Level.NONE),
    }
    return Learner(Language.CHINESE, **(facts | more))  # type: ignore[arg-type]


def test_two_months_for_a_thesis_on_language(knowledge: PlanKnowledge) -> None:
    plan = planned(knowledge, thesis())
    assert plan.verdict.fits
    assert [week.number for week in plan.weeks] == list(range(1, 9))
    assert plan.verdict.hours_planned <= plan.verdict.hours_available == pytest.approx(80)
    assert courses(plan)[0] == "d2l"
    assert names(plan, "d2l")[:2] == ["ch3", "ch4"]
    assert {"ch10", "ch14"} <= set(names(plan, "d2l"))
    assert len(courses(plan)) <= 3
    assert all(any(s.kind is StepKind.PROJECT for s in week.steps) for week in plan.weeks)
    assert all(len(week.checkpoints) <= 3 for week in plan.weeks)
    assert len(plan.assumptions) == 1


def test_the_path_of_whoever_says_start_now_is_followed_and_cited(
    knowledge: PlanKnowledge,
) -> None:
    plan = planned(knowledge, thesis())
    first = plan.weeks[0].steps[0]
    assert "精神抖擞王大鹏（知乎）" in first.why.zh
    assert "毕业设计" in first.why.zh
    cited = plan.citations[first.citations[0] - 1]
    assert cited.author == "精神抖擞王大鹏"
    assert "线性回归" in cited.quote
    general = planned(knowledge, thesis(direction=None))
    steps = [name for name in names(general, "d2l") if name in ("ch3", "ch4", "ch6", "ch8")]
    assert steps == ["ch3", "ch4", "ch6", "ch8"]


def test_what_people_hold_unnecessary_is_left_out_with_their_names(
    knowledge: PlanKnowledge,
) -> None:
    plan = planned(knowledge, thesis())
    skipped = [entry for entry in plan.left_out if entry.reason is Left.SKIPPED]
    assert len(skipped) == 1
    assert "支持向量机" in skipped[0].title.zh
    assert skipped[0].hours > 0
    authors = [plan.citations[number - 1].author for number in skipped[0].citations]
    assert authors
    assert all(f"{author}（" in skipped[0].why.zh for author in authors)


@pytest.mark.parametrize(
    ("weeks", "pace", "goal", "direction", "wanted"),
    [
        (20, 20, None, Direction.LANGUAGE, [NG, VIDEOS, "nielsen-neural-networks", NG_DEEP]),
        (8, 20, None, Direction.VISION, [NG, VIDEOS, NG_DEEP]),
        (4, 30, Goal.APPLICATION, Direction.VISION, [NG, VIDEOS, "nielsen-neural-networks"]),
    ],
)
def test_the_guides_for_five_two_and_one_months(
    knowledge: PlanKnowledge,
    weeks: int,
    pace: float,
    goal: Goal | None,
    direction: Direction,
    wanted: list[str],
) -> None:
    learner = Learner(Language.CHINESE, goal, direction=direction, weeks=weeks, hours_per_week=pace)
    plan = planned(knowledge, learner)
    assert set(wanted) <= set(courses(plan))
    # The first five weeks of the old course are these of the new one.
    assert names(plan, NG)[:5] == ["c1w1", "c1w2", "c1w3", "c2w1", "c2w2"]
    assert names(plan, NG_DEEP)[:4] == ["c1w1", "c1w2", "c1w3", "c1w4"]
    assert courses(plan).index(NG) < courses(plan).index(NG_DEEP)
    assert any("量子位" in note.zh for note in plan.notes)
    assert any("2011" in note.zh and "取代" in note.zh for note in plan.notes)


def test_the_field_decides_between_the_last_parts_of_a_course(knowledge: PlanKnowledge) -> None:
    def parts(direction: Direction) -> set[str]:
        learner = Learner(Language.CHINESE, direction=direction, weeks=8.0, hours_per_week=22.0)
        return {name[:2] for name in names(planned(knowledge, learner), NG_DEEP)}

    assert "c4" in parts(Direction.VISION)
    assert "c5" not in parts(Direction.VISION)
    assert "c5" in parts(Direction.LANGUAGE)
    assert "c4" not in parts(Direction.LANGUAGE)


def test_llm_applications_start_from_applications(knowledge: PlanKnowledge) -> None:
    learner = Learner(Language.CHINESE, Goal.LLM_APPLICATION, weeks=4.0, hours_per_week=5.0)
    plan = planned(knowledge, learner)
    assert courses(plan) == ["llm-universe"]
    assert plan.verdict.fits


def test_what_is_known_is_not_taught_again(knowledge: PlanKnowledge) -> None:
    background = Background(Level.SOLID, Level.SOLID, Level.SOLID)
    learner = Learner(
        Language.CHINESE,
        Goal.LLM_ENGINEERING,
        weeks=16.0,
        hours_per_week=10.0,
        background=background,
    )
    plan = planned(knowledge, learner)
    known = {"linear-regression", "logistic-regression", "regularization", "linear-algebra"}
    assert not [m for m in studied(plan) if m.skills and set(m.skills) <= known]
    assert not plan.assumptions


def test_whoever_cannot_program_learns_that_first(knowledge: PlanKnowledge) -> None:
    background = Background(Level.NONE, Level.NONE, Level.NONE)
    learner = Learner(
        Language.CHINESE, Goal.JOB, weeks=30.0, hours_per_week=10.0, background=background
    )
    modules = studied(planned(knowledge, learner))
    first = {skill: at for at, m in reversed([*enumerate(modules)]) for skill in m.skills}
    assert first["python"] < first["linear-algebra"] < first["linear-regression"]
    assert first["linear-regression"] < first["neural-networks"]


def test_readers_of_english_get_what_they_can_read(knowledge: PlanKnowledge) -> None:
    learner = Learner(
        Language.ENGLISH, Goal.JOB, direction=Direction.VISION, weeks=26.0, hours_per_week=10.0
    )
    plan = planned(knowledge, learner)
    assert all(Language.ENGLISH in knowledge.courses[id].languages for id in courses(plan))
    assert not any(week.steps[0].why.en[0].islower() for week in plan.weeks)


def test_a_free_plan_names_what_costs_money(knowledge: PlanKnowledge) -> None:
    plan = planned(knowledge, thesis(goal=Goal.JOB, weeks=30.0), budget=Budget.FREE)
    assert not {knowledge.courses[id].cost for id in courses(plan)} & {"paid", "book"}
    paid = [entry for entry in plan.left_out if entry.reason is Left.COST]
    assert paid
    assert all(knowledge.courses[entry.course or ""].cost in ("paid", "book") for entry in paid)


def test_too_little_time_is_said_with_the_least_that_would_do(knowledge: PlanKnowledge) -> None:
    plan = planned(knowledge, thesis(weeks=1.0, hours_per_week=3.0))
    assert not plan.verdict.fits
    assert plan.verdict.weeks_least > 1
    assert str(plan.verdict.weeks_least) in plan.verdict.says.zh
    assert plan.verdict.hours_planned <= 3
    enough = planned(knowledge, thesis(weeks=float(plan.verdict.weeks_least), hours_per_week=3.0))
    assert enough.verdict.fits


def test_a_course_is_swapped_for_an_alternative(knowledge: PlanKnowledge) -> None:
    before = planned(knowledge, thesis())
    offered = before.weeks[0].steps[0].alternatives
    assert offered
    for alternative in offered:
        swapped = planned(knowledge, thesis(weeks=20.0), swaps=(Swap("d2l", alternative.course),))
        assert "d2l" not in courses(swapped)
        assert alternative.course in courses(swapped)


def test_half_a_course_is_not_the_whole_of_what_it_teaches(knowledge: PlanKnowledge) -> None:
    background = Background(Level.BASIC, Level.NONE, Level.NONE)
    learner = thesis(weeks=20.0, background=background)
    before = planned(knowledge, learner)
    course = courses(before)[0]
    python = [ModuleKey(course, name) for name in names(before, course)]
    after = planned(knowledge, learner, done=frozenset(python[:2]))
    assert names(after, course) == [key.module for key in python[2:]]
    assert [module.key for module in after.done] == python[:2]
    finished = planned(knowledge, learner, done=frozenset(python))
    assert course not in courses(finished)
    assert courses(finished) == courses(before)[1:]


def test_a_swap_for_a_course_that_does_not_exist_is_refused(knowledge: PlanKnowledge) -> None:
    with pytest.raises(UsageError):
        planned(knowledge, thesis(), swaps=(Swap("d2l", "no-such-course"),))


@pytest.mark.parametrize("weeks", [0.0, -1.0, float("inf"), float("nan"), 1000.0])
def test_impossible_times_are_refused(knowledge: PlanKnowledge, weeks: float) -> None:
    with pytest.raises(UsageError):
        planned(knowledge, thesis(weeks=weeks))
