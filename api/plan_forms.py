"""The forms that a plan is printed or written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from api.terminal import json_text, write, write_bytes, write_json
from corpus.errors import UsageError
from corpus.types import Bilingual
from tutor.planning.types import Plan

_ONE_FORM = Bilingual(
    zh="--markdown、--ics 和 --json 只能选一个。",
    en="Choose one of --markdown, --ics and --json.",
)


class PlanForm(StrEnum):
    """What a plan is printed as."""

    PAGE = "page"
    MARKDOWN = "markdown"
    CALENDAR = "ics"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan and how to show it.

    `first_day` is None where the learner named no start; `owner` tells the calendars of one
    person from those of another.
    """

    plan: Plan
    form: PlanForm
    first_day: date | None
    owner: str


def plan_form(*, markdown: bool, ics: bool, as_json: bool) -> PlanForm:
    """The one form that was asked for, a page where none was. Raises UsageError for several."""
    given = {PlanForm.MARKDOWN: markdown, PlanForm.CALENDAR: ics, PlanForm.JSON: as_json}
    chosen = [form for form, asked in given.items() if asked]
    if len(chosen) > 1:
        raise UsageError(_ONE_FORM)
    return chosen[0] if chosen else PlanForm.PAGE


def print_plan(shown: ShownPlan) -> None:
    """Prints on standard output."""
    if shown.form is PlanForm.PAGE:
        from api.pages import print_page
        from api.plan_view import plan_page

        print_page(plan_page(shown.plan, shown.first_day))
    elif shown.form is PlanForm.JSON:
        from api.plan_json import plan_object

        write_json(plan_object(shown.plan, shown.first_day))
    elif shown.form is PlanForm.CALENDAR:
        write_bytes(_calendar(shown))
    else:
        write(_text(shown))


def plan_content(shown: ShownPlan) -> bytes:
    """The content of a file: text in UTF-8, a page without colours."""
    if shown.form is PlanForm.CALENDAR:
        return _calendar(shown)
    return f"{_text(shown)}\n".encode()


def _text(shown: ShownPlan) -> str:
    if shown.form is PlanForm.MARKDOWN:
        from api.plan_markdown import plan_markdown

        return plan_markdown(shown.plan, shown.first_day)
    if shown.form is PlanForm.JSON:
        from api.plan_json import plan_object

        return json_text(plan_object(shown.plan, shown.first_day))
    from api.plan_view import plan_page
    from api.render_plain import plain

    return plain(plan_page(shown.plan, shown.first_day))


def _calendar(shown: ShownPlan) -> bytes:
    from api.plan_calendar import plan_calendar
    from api.plan_dates import local_today, next_monday

    first_day = shown.first_day or next_monday(local_today())
    return plan_calendar(shown.plan, first_day, datetime.now(UTC), shown.owner)
