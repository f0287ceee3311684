"""Drawing the plan of an answer from everything that the index knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus.index import Index
from corpus.types import Source
from tutor.citations import CitationBook
from tutor.planning.progress import StudyProgress, finished_modules, weeks_left
from tutor.planning.types import Budget, Plan, PlanRequest
from tutor.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plan, and the sources that its citations name."""

    plan: Plan
    sources: tuple[Source, ...]


Drawing = Callable[[CitationBook], Drawn]
"""Draws the plan of an answer, with its sources in the book of the answer."""


def drawing_for(
    index: Index, understanding: Understanding, progress: StudyProgress | None
) -> Drawing:
    """How to draw the plan that `understanding` asks for.

    What the learner has finished of the plan that they keep is not planned again, and what they
    wished for there still holds, as far as the courses are still known. Raises StoreError when
    drawing.
    """

    def draw(book: CitationBook) -> Drawn:
        # The planner takes a tenth of a second to import, and few answers hold a plan.
        from tutor.plan import cited_plan
        from tutor.planning.knowledge import plan_knowledge

        knowledge = plan_knowledge(index)
        request = _request(understanding, progress)
        swaps = tuple(swap for swap in request.swaps if set(swap) <= knowledge.courses.keys())
        plan = cited_plan(replace(request, swaps=swaps), knowledge, book)
        cited = {citation.source_id for citation in book.citations}
        known: tuple[Source, ...] = (*knowledge.courses.values(), *knowledge.people)
        return Drawn(plan, tuple(source for source in known if source.id in cited))

    return draw


def _request(understanding: Understanding, progress: StudyProgress | None) -> PlanRequest:
    budget = Budget.FREE if understanding.wants_free else Budget.ANY
    learner = understanding.learner
    if progress is None:
        return PlanRequest(learner, budget)
    kept = progress.request
    if not understanding.tells_weeks:
        learner = replace(learner, weeks=weeks_left(progress))
    return PlanRequest(
        learner,
        budget if understanding.wants_free else kept.budget,
        finished_modules(progress),
        kept.swaps,
    )
