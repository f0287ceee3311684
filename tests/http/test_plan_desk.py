"""Plans drawn for a server: from the bundled sources, and no more at once than it can."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from api.errors import SourceNotFoundError, TooBusyError
from api.plan_desk import Draw, PlanDesk, PlanOrder, drawing_from
from api.plan_request import PlanOptions
from api.settings import Settings
from api.wiring import open_embedder, open_index
from corpus.errors import UsageError
from corpus.types import Direction, Goal
from tests.http.scripted_planning import ScriptedDrawing
from tutor.learner import Background, Level
from tutor.planning.types import ModuleKey, Swap
from tutor.question import QuestionUnreadableError
from tutor.understanding import Wishes

WORDS = "我有两个月，每周 10 小时，想做 NLP 的毕设，数学学过，机器学习没学过"
ORDER = PlanOrder(WORDS, PlanOptions(Wishes(), Background()))


@pytest.fixture
def draw(indexed: Path) -> Iterator[Draw]:
    """Draws from the bundled sources."""
    settings = Settings(data=indexed)
    embedder = open_embedder(settings)
    with open_index(settings, embedder=embedder) as index:
        yield drawing_from(index, embedder, indexed)


def test_words_are_read_and_what_is_set_wins(draw: Draw) -> None:
    set_by_learner = PlanOptions(Wishes(hours_per_week=5.0), Background())
    plan = draw(replace(ORDER, options=set_by_learner))
    learner = plan.request.learner
    assert (learner.goal, learner.direction) == (Goal.GRADUATION_PROJECT, Direction.LANGUAGE)
    assert (learner.weeks, learner.hours_per_week) == (8, 5)
    assert learner.background.machine_learning is Level.NONE
    assert all(week.hours <= 5 for week in plan.weeks)
    assert all(step.citations for week in plan.weeks for step in week.steps)


def test_what_is_finished_is_not_planned_even_where_it_is_gone(draw: Draw) -> None:
    first = draw(ORDER).weeks[0].steps[0].modules[0].key
    plan = draw(replace(ORDER, finished=frozenset({first, ModuleKey("gone", "away")})))
    steps = [step for week in plan.weeks for step in week.steps]
    assert first not in {module.key for step in steps for module in step.modules}
    assert [module.key for module in plan.done] == [first]


@pytest.mark.parametrize(
    "unknown",
    [
        {"done": frozenset({ModuleKey("d2l", "none")})},
        {"done": frozenset({ModuleKey("none", "ch1")})},
        {"swaps": (Swap("d2l", "none"),)},
        {"swaps": (Swap("none", "d2l"),)},
    ],
    ids=str,
)
def test_courses_and_modules_that_do_not_exist_are_named(
    draw: Draw, unknown: dict[str, object]
) -> None:
    with pytest.raises(SourceNotFoundError, match="none"):
        draw(replace(ORDER, **unknown))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unplannable", "said"),
    [
        ({"swaps": (Swap("d2l", "d2l"),)}, "d2l → d2l"),
        ({"options": PlanOptions(Wishes(hours_per_week=0.001), Background())}, "0.5 hours a week"),
    ],
    ids=str,
)
def test_what_no_plan_can_be_made_for_is_refused(
    draw: Draw, unplannable: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        draw(replace(ORDER, **unplannable))  # type: ignore[arg-type]


def test_words_that_nobody_types_are_refused(draw: Draw) -> None:
    with pytest.raises(QuestionUnreadableError):
        draw(replace(ORDER, words="?!"))


@pytest.fixture
def desk_of() -> Iterator[Callable[..., PlanDesk]]:
    """Makes desks, and ends their threads."""
    with ExitStack() as stack:
        yield lambda *given, **named: stack.enter_context(closing(PlanDesk(*given, **named)))


async def test_plans_leave_the_threads_of_others_alone(desk_of: Callable[..., PlanDesk]) -> None:
    drawing = ScriptedDrawing()
    drawing.go_on.clear()
    desk = desk_of(drawing, places=100)
    plans = [asyncio.create_task(desk.plan(ORDER)) for _ in range(100)]
    try:
        await asyncio.wait_for(asyncio.to_thread(drawing.drawing.wait, 30), 10)
        await asyncio.wait_for(asyncio.to_thread(int), 10)
        assert (desk.drawing, len(drawing.orders)) == (100, 2)
    finally:
        drawing.go_on.set()
    assert all(plan.weeks for plan in await asyncio.gather(*plans))


async def test_whoever_leaves_frees_no_place_before_the_plan_is_done(
    desk_of: Callable[..., PlanDesk],
) -> None:
    drawing = ScriptedDrawing()
    drawing.go_on.clear()
    desk = desk_of(drawing, places=1)
    left = asyncio.create_task(desk.plan(ORDER))
    await asyncio.to_thread(drawing.drawing.wait, 30)
    left.cancel()
    with pytest.raises(asyncio.CancelledError):
        await left
    with pytest.raises(TooBusyError):
        await desk.plan(ORDER)
    drawing.error = OSError("nobody hears of this")
    drawing.go_on.set()
    async with asyncio.timeout(30):
        while desk.drawing:  # noqa: ASYNC110 - counted down by a task of the desk
            await asyncio.sleep(0.01)
    drawing.error = None
    assert (await desk.plan(ORDER)).weeks
