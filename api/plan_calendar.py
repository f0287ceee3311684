"""A study plan as a calendar file (RFC 5545) that calendar programs import.

Every week is one event of whole days: it belongs to no hour and no time zone, and a learner moves
the work within the week. It does not block time, so that nobody seems busy for months.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from api.answer_view import source_origin
from api.plan_dates import starts_of_weeks
from api.plan_words import (
    SOURCES,
    checkpoint_words,
    cited,
    hours_words,
    module_words,
    plan_title,
    step_hours_words,
    week_name,
)
from api.terminal import printable
from corpus.types import Language
from tutor.planning.types import Plan, PlanRequest, PlanStep, PlanWeek, StepKind

if TYPE_CHECKING:
    from icalendar import Event

_PRODUCT = "-//Xianhou//Study plan//{}"
_NAMES = "https://github.com/xianhou/xianhou-tutor/plans"
_TITLED = 2  # of the courses of a week, in the title of its event
_MINUTE = 60  # seconds


def plan_calendar(plan: Plan, start: date, now: datetime, owner: str) -> bytes:
    """The file, in UTF-8 with CRLF; the first week begins on `start`.

    The events of one `owner`, goal and direction have one identity for each calendar week, so a
    plan that is drawn anew replaces what was imported before, week by week. `now` must know its
    time zone; programs take the later of two versions.
    """
    from icalendar import Calendar

    language = plan.request.learner.language
    days = zip(plan.weeks, starts_of_weeks(plan, start), strict=True)
    calendar = Calendar.new(
        prodid=_PRODUCT.format(language.value.upper()),
        name=printable(plan_title(plan)),
        language=language.value,
        uid=_identity(plan.request, owner, "calendar"),
        subcomponents=[
            _event(plan, week, day, now, _identity(plan.request, owner, _calendar_week(day)))
            for week, day in days
            if day is not None and week.steps
        ],
    )
    content: bytes = calendar.to_ical()
    return content


def _event(plan: Plan, week: PlanWeek, day: date, now: datetime, identity: UUID) -> Event:
    from icalendar import Event
    from icalendar.enums import TRANSP

    language = plan.request.learner.language
    url = next((printable(step.url) for step in week.steps if step.url), None)
    return Event.new(
        summary=printable(_summary(week, language)),
        description=printable("\n".join(_description(plan, week, language))),
        start=day,
        end=day + timedelta(weeks=1),  # the first day that is no longer part of it
        uid=identity,
        stamp=now,
        # A number that grows from one version to the next and fits into 31 bits.
        sequence=int(now.timestamp()) // _MINUTE,
        transparency=TRANSP.TRANSPARENT,
        url=url,
    )


def _identity(request: PlanRequest, owner: str, part: str) -> UUID:
    """The same for the same owner, goal, direction and part; nothing can be read from it."""
    learner = request.learner
    return uuid5(NAMESPACE_URL, f"{_NAMES}/{owner}/{learner.goal}/{learner.direction}/{part}")


def _calendar_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-{week}"


def _summary(week: PlanWeek, language: Language) -> str:
    """第 2 周：动手学深度学习、…"""
    studied = [step for step in week.steps if step.kind is StepKind.STUDY] or week.steps
    titles = list(dict.fromkeys(step.title.text(language) for step in studied))
    shown = titles[:_TITLED] + (["…"] if len(titles) > _TITLED else [])
    colon, comma = ("：", "、") if language is Language.CHINESE else (": ", ", ")
    return f"{week_name(week, None, language)}{colon}{comma.join(shown)}"


def _description(plan: Plan, week: PlanWeek, language: Language) -> Iterator[str]:
    yield f"{plan_title(plan)} · {week_name(week, None, language)} · " + hours_words(
        week.hours, language
    )
    for step in week.steps:
        yield ""
        yield from _step(step, language)
    if week.checkpoints:
        yield ""
        yield checkpoint_words(week, language)
    yield ""
    yield SOURCES.text(language)
    yield from _sources(plan, week.steps, language)


def _step(step: PlanStep, language: Language) -> Iterator[str]:
    hours = step_hours_words(step, language)
    title = step.title.text(language)
    yield f"{title}（{hours}）" if language is Language.CHINESE else f"{title} ({hours})"
    for module in step.modules:
        yield f"- {module_words(module, language)}"
    if step.url:
        yield step.url
    yield cited(step.why.text(language), step.citations)


def _sources(plan: Plan, steps: Iterable[PlanStep], language: Language) -> Iterator[str]:
    """The sources of `steps`, under the numbers that they have in the whole plan."""
    for number in sorted({number for step in steps for number in step.citations}):
        citation = plan.citations[number - 1]
        yield f"[{number}] {source_origin(citation, language)} · {citation.title} {citation.url}"
