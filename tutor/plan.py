"""The study plan: what to learn in which week, from what, and on whose word."""

from __future__ import annotations

from datetime import date

from corpus.embedding import Embedder
from corpus.index import Index
from tutor.citations import CitationBook
from tutor.planning.background import assumptions
from tutor.planning.choosing import choose
from tutor.planning.knowledge import PlanKnowledge, plan_knowledge
from tutor.planning.left_out import left_out
from tutor.planning.notes import notes
from tutor.planning.requests import check_request
from tutor.planning.schedule import lay_out
from tutor.planning.steps import plan_weeks, planned_module
from tutor.planning.types import Plan, PlanRequest
from tutor.planning.verdict import verdict


def make_plan(request: PlanRequest, index: Index, embedder: Embedder, *, today: date) -> Plan:
    """The plan for a request, from all that `index` knows.

    Raises UsageError where the request cannot be met as it stands; StoreError.
    """
    book = CitationBook(request.learner.language, embedder, today)
    return cited_plan(request, plan_knowledge(index), book)


def cited_plan(request: PlanRequest, knowledge: PlanKnowledge, book: CitationBook) -> Plan:
    """The plan for a request, with its sources numbered in `book` after those it holds already.

    Raises UsageError where the request cannot be met as it stands.
    """
    check_request(request, knowledge)
    choice = choose(request, knowledge)
    weeks = tuple(plan_weeks(choice, lay_out(choice.planned(), choice.time), book))
    rest = tuple(left_out(choice, book))
    done = [knowledge.units[key] for key in sorted(request.done) if key in knowledge.units]
    return Plan(
        request=request,
        weeks=weeks,
        left_out=rest,
        verdict=verdict(choice, weeks),
        assumptions=tuple(assumptions(request.learner)),
        notes=tuple(notes(choice)),
        citations=book.citations,
        value=max(0.0, round(choice.value, 3)),
        done=tuple(planned_module(unit, unit.hours, done=True) for unit in done),
    )
