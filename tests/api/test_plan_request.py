"""What a plan is asked for with: the learner's words, and options, which win."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields

import pytest

from api.plan_request import PlanOptions, modules_named, plan_request, swap_named
from corpus.bundled_sources import sound_courses
from corpus.errors import UsageError
from corpus.types import Course, Direction, Goal, Language
from tutor.learner import Background, Known, Level
from tutor.planning.types import Budget, ModuleKey, PlanRequest, Swap
from tutor.understanding import Wishes

EXAMPLE = "我有两个月，每周 10 小时，想做 NLP 的毕设，数学学过，机器学习没学过"
NO_WISHES = Wishes()
NO_BACKGROUND = Background()
NO_GOAL: Mapping[Goal | None, float] = {None: 1.0, Goal.JOB: -1.0}


@pytest.fixture(scope="module")
def courses() -> Mapping[str, Course]:
    return {course.id: course for course in sound_courses()}


def options(
    wishes: Wishes = NO_WISHES,
    background: Background = NO_BACKGROUND,
    budget: Budget | None = None,
    done: Sequence[str] = (),
    swaps: Sequence[str] = (),
) -> PlanOptions:
    return PlanOptions(wishes, background, budget, tuple(done), tuple(swaps))


def requested(
    words: str,
    courses: Mapping[str, Course],
    given: PlanOptions | None = None,
    likely: Mapping[Goal | None, float] = NO_GOAL,
) -> PlanRequest:
    return plan_request(words, given or options(), courses, lambda _: likely)


def test_everything_is_read_from_one_sentence(courses: Mapping[str, Course]) -> None:
    learner = requested(EXAMPLE, courses).learner
    assert (learner.goal, learner.goal_words) == (Goal.GRADUATION_PROJECT, "毕设")
    assert learner.direction is Direction.LANGUAGE
    assert (learner.weeks, learner.hours_per_week) == (8.0, 10.0)
    assert learner.background == Background(Level.BASIC, None, Level.NONE)
    assert learner.language is Language.CHINESE


def test_options_win_over_words(courses: Mapping[str, Course]) -> None:
    wishes = Wishes(Goal.JOB, Direction.VISION, 6, 12, Language.ENGLISH)
    given = options(wishes, Background(machine_learning=Level.SOLID))
    learner = requested(EXAMPLE, courses, given).learner
    assert (learner.goal, learner.goal_known) == (Goal.JOB, Known.STATED)
    assert learner.direction is Direction.VISION
    assert (learner.weeks, learner.hours_per_week) == (6, 12)
    assert learner.background == Background(Level.BASIC, None, Level.SOLID)
    assert learner.language is Language.ENGLISH


def test_nothing_said_is_nothing_known(courses: Mapping[str, Course]) -> None:
    request = requested("", courses, options(Wishes(language=Language.ENGLISH)))
    learner = request.learner
    unknown = (learner.goal, learner.direction, learner.weeks, learner.hours_per_week)
    assert unknown == (None,) * 4
    assert all(getattr(learner.background, field.name) is None for field in fields(Background))
    assert (request.budget, request.done, request.swaps) == (Budget.ANY, frozenset(), ())


def test_a_goal_that_is_not_named_may_be_likely(courses: Mapping[str, Course]) -> None:
    scores = {None: -1.0, Goal.JOB: 0.5}
    named_none = requested("I have ten weeks", courses, likely=scores).learner
    assert (named_none.goal, named_none.goal_known) == (Goal.JOB, Known.LIKELY)
    named = requested(EXAMPLE, courses, likely=scores).learner
    assert named.goal is Goal.GRADUATION_PROJECT
    assert requested("", courses, likely=scores).learner.goal is None


@pytest.mark.parametrize(
    ("words", "given", "budget"),
    [
        ("我想转行，有没有免费的课", None, Budget.FREE),
        ("我想转行，有没有免费的课", Budget.ANY, Budget.ANY),
        ("我想转行", None, Budget.ANY),
        ("我想转行", Budget.FREE, Budget.FREE),
    ],
)
def test_the_budget(
    courses: Mapping[str, Course], words: str, given: Budget | None, budget: Budget
) -> None:
    assert requested(words, courses, options(budget=given)).budget is budget


def test_a_module_or_a_whole_course_may_be_done(courses: Mapping[str, Course]) -> None:
    modules = [module.id for module in courses["d2l"].modules]
    one = f"d2l/{modules[0]}"
    assert modules_named(one, courses) == {ModuleKey("d2l", modules[0])}
    assert modules_named("d2l", courses) == {ModuleKey("d2l", module) for module in modules}
    assert requested("", courses, options(done=[one, "d2l"])).done == modules_named("d2l", courses)


def test_titles_serve_as_well_as_ids(courses: Mapping[str, Course]) -> None:
    course = courses["d2l"]
    for name in (course.title.zh, course.title.en.upper(), *course.aliases):
        assert swap_named(f"cs224n={name}", courses) == Swap("cs224n", "d2l")
    for module in course.modules:
        for title in (module.title.zh, module.title.en.lower()):
            assert modules_named(f"{course.title.zh}/{title}", courses) == {
                ModuleKey("d2l", module.id)
            }


def test_swaps(courses: Mapping[str, Course]) -> None:
    away, to = list(courses)[:2]
    expected = Swap(away, to)
    assert swap_named(f" {away} = {to} ", courses) == expected
    assert requested("", courses, options(swaps=[f"{away}={to}"])).swaps == (expected,)


@pytest.mark.parametrize(
    "text", ["", "d2l", "=", "d2l=", "=d2l", "d2l=d2l", "d2l=nothing", "x=d2l"]
)
def test_what_is_no_swap_is_wrong_usage(courses: Mapping[str, Course], text: str) -> None:
    with pytest.raises(UsageError):
        swap_named(text, courses)


@pytest.mark.parametrize("text", ["", "/", "d2l/", "d2l/nothing", "/preliminaries", "D2L!"])
def test_what_is_no_module_is_wrong_usage(courses: Mapping[str, Course], text: str) -> None:
    with pytest.raises(UsageError):
        modules_named(text, courses)


def test_the_nearest_ids_are_named(courses: Mapping[str, Course]) -> None:
    with pytest.raises(UsageError, match=r"did you mean .*d2l") as error:
        swap_named("d2ll=d2l", courses)
    assert "是不是 " in error.value.text(Language.CHINESE)
    module = courses["d2l"].modules[0].id
    with pytest.raises(UsageError, match=f"did you mean .*d2l/{module}.*tutor courses show d2l"):
        modules_named(f"d2l/{module}x", courses)
    with pytest.raises(UsageError, match="tutor courses list"):
        modules_named("????", courses)
