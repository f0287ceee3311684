"""Drawing study plans for the doors of a server, beside its event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from api.errors import SourceNotFoundError, too_busy
from api.plan_dates import local_today
from api.plan_request import PlanOptions, plan_request
from corpus.embedding import Embedder
from corpus.index import Index
from corpus.types import Bilingual, Course, Goal
from tutor.planning.types import ModuleKey, Plan, Swap
from tutor.question import readable_question


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """What a learner wants planned: their own words, and what was set, which wins.

    `done` and `swaps` name courses and modules that there must be. `finished` are further modules
    that are not to be planned, whether they still exist or not.
    """

    words: str
    options: PlanOptions
    done: frozenset[ModuleKey] = frozenset()
    swaps: tuple[Swap, ...] = ()
    finished: frozenset[ModuleKey] = frozenset()


Draw = Callable[[PlanOrder], Plan]


class PlanDesk:
    """Draws plans with `draw`, on threads of its own; at most `places` are drawn or wait for it.

    `close` ends the threads.
    """

    def __init__(self, draw: Draw, *, places: int, threads: int = 2) -> None:
        self._draw = draw
        self._places = places
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="plans")
        self._running: set[asyncio.Future[Plan]] = set()

    @property
    def drawing(self) -> int:
        """How many plans are being drawn or wait for it."""
        return len(self._running)

    async def plan(self, order: PlanOrder) -> Plan:
        """The plan. Raises TooBusyError, and what `draw` raises."""
        if self.drawing >= self._places:
            raise too_busy()
        drawn = asyncio.get_running_loop().run_in_executor(self._pool, self._draw, order)
        # A thread cannot be stopped: whoever leaves gives no place free before it is done.
        self._running.add(drawn)
        drawn.add_done_callback(self._ended)
        return await asyncio.shield(drawn)

    def close(self) -> None:
        """Wait for the plans that are being drawn; those that wait for a thread are not."""
        self._pool.shutdown(cancel_futures=True)

    def _ended(self, drawn: asyncio.Future[Plan]) -> None:
        self._running.discard(drawn)
        if not drawn.cancelled():
            drawn.exception()  # Whoever left does not ask for it, and then it counts as lost.


def drawing_from(index: Index, embedder: Embedder, data: Path) -> Draw:
    """Draws plans from all that `index` knows.

    Raises SourceNotFoundError for a course or module that it does not know, UsageError as
    `make_plan`, QuestionUnreadableError for words that nobody typed, StoreError,
    EmbedderError.
    """

    def likely(text: str) -> Mapping[Goal | None, float]:
        from tutor.examples import load_examples

        return load_examples(embedder, data).likeness(embedder.embed_query(text)).goals

    def draw(order: PlanOrder) -> Plan:
        from tutor.plan import make_plan
        from tutor.planning.knowledge import plan_knowledge

        courses = plan_knowledge(index).courses
        _require_modules(order.done, courses)
        _require_courses(order.swaps, courses)
        words = readable_question(order.words) if order.words.strip() else ""
        request = plan_request(words, order.options, courses, likely)
        request = replace(request, done=order.done | order.finished, swaps=order.swaps)
        return make_plan(request, index, embedder, today=local_today())

    return draw


def _require_modules(modules: Collection[ModuleKey], courses: Mapping[str, Course]) -> None:
    for key in modules:
        course = courses.get(key.course)
        if course is None or key.module not in {module.id for module in course.modules}:
            raise _unknown("/".join(key))


def _require_courses(swaps: Collection[Swap], courses: Mapping[str, Course]) -> None:
    for name in {name for swap in swaps for name in swap}:
        if name not in courses:
            raise _unknown(name)


def _unknown(name: str) -> SourceNotFoundError:
    return SourceNotFoundError(
        Bilingual(
            zh=f"没有编号为 {name} 的课程或模块。/v1/courses 列出了有哪些。",
            en=f"No course or module has the id {name}. /v1/courses lists them.",
        )
    )
