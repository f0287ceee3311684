"""Study plans: drawn for anybody, or kept with what of them is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from api.http.bodies import PlanQuestion, PlanWish, Ticks
from api.http.callers import AskingCaller, Caller, known_learner, new_or_known_learner
from api.http.disconnection import NOBODY_IS_LEFT, ClientLeftError, unless_left
from api.http.languages import request_language
from api.http.plan_replies import KeptPlanReply, PlanReply
from api.http.routes.router import new_router
from api.http.services import Services, ServicesOf
from api.plan_calendar import plan_calendar
from api.plan_dates import local_today, next_monday
from api.plan_desk import PlanOrder
from api.plan_json import plan_object
from api.plan_markdown import plan_markdown
from api.plan_request import PlanOptions
from api.progress_json import kept_plan_object
from corpus.types import Language
from tutor.memory.failures import no_plan
from tutor.planning.progress import (
    StudyProgress,
    drawn,
    finished_modules,
    next_week_begins,
    ticked,
)
from tutor.planning.types import Plan
from tutor.understanding import Wishes

_CALENDAR: Final = "text/calendar"
_MARKDOWN: Final = "text/markdown"
_ANYBODY: Final = "anybody"


def router() -> APIRouter:
    """The routes."""
    made = new_router("plan")
    made.post("/plan", response_model=PlanReply, summary="Draw a plan that is not kept")(_plan)
    made.post("/plan.md", **_file(_MARKDOWN), summary="The same as a checklist")(_plan_markdown)
    made.post("/plan.ics", **_file(_CALENDAR), summary="The same as a calendar")(_plan_calendar)
    made.get("/learner/plan", response_model=KeptPlanReply)(_read)
    made.put("/learner/plan", response_model=KeptPlanReply)(_keep)
    made.delete("/learner/plan", status_code=204)(_erase)
    made.post("/learner/plan/done", response_model=KeptPlanReply)(_tick)
    made.get("/learner/plan.md", **_file(_MARKDOWN))(_kept_markdown)
    made.get("/learner/plan.ics", **_file(_CALENDAR))(_kept_calendar)
    return made


async def _plan(
    wanted: PlanQuestion, request: Request, _caller: AskingCaller, services: ServicesOf
) -> Any:
    """Nothing is kept. `weeks[…].starts` is null unless `begins` is given."""
    return await _shown(wanted, request, services, lambda plan: plan_object(plan, wanted.begins))


async def _plan_markdown(
    wanted: PlanQuestion, request: Request, _caller: AskingCaller, services: ServicesOf
) -> Any:
    """Nothing is kept. Weeks are dated where `begins` is given."""
    return await _shown(wanted, request, services, lambda plan: _markdown(plan, wanted.begins))


async def _plan_calendar(
    wanted: PlanQuestion, request: Request, _caller: AskingCaller, services: ServicesOf
) -> Any:
    """Nothing is kept. The first week begins on `begins`, the coming Monday where not given."""
    begins = wanted.begins or next_monday(local_today())
    return await _shown(wanted, request, services, lambda plan: _calendar(plan, begins, _ANYBODY))


async def _read(caller: AskingCaller, services: ServicesOf) -> Any:
    """The plan of the learner as it was drawn, with what is done."""
    owner = await known_learner(caller, services)
    return kept_plan_object(await services.conversations.plan(owner) if owner else None)


async def _keep(
    wanted: PlanWish,
    request: Request,
    response: Response,
    caller: AskingCaller,
    services: ServicesOf,
) -> Any:
    """Draws a plan and keeps it. A browser without a learner gets one, as a cookie.

    It takes the place of the plan before: what was ticked stays ticked and is not planned again,
    the weeks go on counting after the finished ones, and `weeks` is the time from there on. The
    first of them begins on `begins`, or else when it was due, or in the present week.
    """
    owner = await known_learner(caller, services)
    before = await services.conversations.plan(owner) if owner else None
    try:
        plan = await _drawn(wanted, request, services, before)
    except ClientLeftError:
        return Response(status_code=NOBODY_IS_LEFT)
    begins = wanted.begins or _next_beginning(before)
    if owner is None:  # Whoever was forgotten meanwhile is not to be known again.
        owner = await new_or_known_learner(caller, services, request, response)
    return kept_plan_object(
        await services.conversations.keep_plan(owner, drawn(plan, begins, before))
    )


async def _erase(caller: AskingCaller, services: ServicesOf) -> None:
    """Erases the plan of the learner with everything that was ticked."""
    owner = await known_learner(caller, services)
    if owner is not None:
        await services.conversations.drop_plan(owner)


async def _tick(ticks: Ticks, caller: AskingCaller, services: ServicesOf) -> Any:
    """Ticks parts of the plan, or takes their ticks away. Nothing moves for it."""
    owner = await known_learner(caller, services)
    if owner is None:
        raise no_plan()
    return kept_plan_object(await services.conversations.mark_done(owner, ticks.keys(), ticks.done))


async def _kept_markdown(caller: AskingCaller, services: ServicesOf) -> Response:
    """The plan of the learner as a checklist, with what is done."""
    progress, _ = await _kept(caller, services)
    return _markdown(ticked(progress), progress.begun)


async def _kept_calendar(caller: AskingCaller, services: ServicesOf) -> Response:
    """The plan of the learner for a calendar program, a week an event."""
    progress, owner = await _kept(caller, services)
    return _calendar(progress.plan, progress.begun, owner)


async def _kept(caller: Caller, services: Services) -> tuple[StudyProgress, str]:
    owner = await known_learner(caller, services)
    progress = await services.conversations.plan(owner) if owner else None
    if owner is None or progress is None:
        raise no_plan()
    return progress, owner


async def _shown(
    wanted: PlanQuestion, request: Request, services: Services, show: Callable[[Plan], Any]
) -> Any:
    """What `show` makes of a plan that is not kept."""
    try:
        return show(await _drawn(wanted, request, services))
    except ClientLeftError:
        return Response(status_code=NOBODY_IS_LEFT)


async def _drawn(
    wanted: PlanWish, request: Request, services: Services, before: StudyProgress | None = None
) -> Plan:
    wishes = Wishes(
        wanted.goal,
        wanted.direction,
        wanted.weeks,
        wanted.hours_per_week,
        wanted.language or _spoken(wanted, request),
    )
    order = PlanOrder(
        wanted.words,
        PlanOptions(wishes, wanted.learner_background(), wanted.budget),
        wanted.finished_modules() if isinstance(wanted, PlanQuestion) else frozenset(),
        wanted.wanted_swaps(),
        finished_modules(before) if before else frozenset(),
    )
    return await unless_left(request, services.plans.plan(order))


def _spoken(wanted: PlanWish, request: Request) -> Language | None:
    """The language that words are read in tells itself; without any it is the request's."""
    return None if wanted.words.strip() else request_language(request)


def _next_beginning(before: StudyProgress | None) -> date:
    return next_week_begins(before, local_today()) if before else next_monday(local_today())


def _markdown(plan: Plan, start: date | None) -> Response:
    return _attachment(plan_markdown(plan, start).encode(), _MARKDOWN, "md")


def _calendar(plan: Plan, start: date, owner: str) -> Response:
    return _attachment(plan_calendar(plan, start, datetime.now(UTC), owner), _CALENDAR, "ics")


def _attachment(content: bytes, media_type: str, ending: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="xianhou-plan.{ending}"'}
    return Response(content, media_type=f"{media_type}; charset=utf-8", headers=headers)


def _file(media_type: str) -> dict[str, Any]:
    """How a route that sends a file is described; its errors are JSON."""
    content = {media_type: {"schema": {"type": "string"}}}
    return {"response_class": Response, "responses": {200: {"content": content}}}
