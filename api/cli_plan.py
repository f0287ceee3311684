"""`tutor plan`: what to study in which week, on the terminal, as a checklist, calendar or JSON."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

import typer

from api.cli_ask_options import DirectionOption, GoalOption, HoursOption, WeeksOption
from api.cli_options import DataOption, JsonOption, positive_number
from api.cli_plan_options import (
    BudgetOption,
    CalendarOption,
    DoneOption,
    MachineLearningOption,
    MarkdownOption,
    MathsOption,
    OutputOption,
    PlanLanguageOption,
    ProgrammingOption,
    StartOption,
    SwapOption,
    WordsArgument,
)
from api.failures import OK, guarded
from api.interface_language import spoken_language
from api.questions import question_from
from api.terminal import note
from corpus.errors import UsageError
from corpus.types import Bilingual, Course, Goal, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.opening import OpenedPlanner
    from api.plan_request import PlanOptions
    from tutor.planning.types import Plan

# Calendars of learners hold these years, and the last week of the longest plan still has a date.
_YEARS = range(1970, 2200)


def plan(  # noqa: PLR0913, PLR0917 - the options of the command
    words: WordsArgument = None,
    goal: GoalOption = None,
    direction: DirectionOption = None,
    weeks: WeeksOption = None,
    hours: HoursOption = None,
    maths: MathsOption = None,
    programming: ProgrammingOption = None,
    machine_learning: MachineLearningOption = None,
    language: PlanLanguageOption = None,
    budget: BudgetOption = None,
    swap: SwapOption = None,
    done: DoneOption = None,
    markdown: MarkdownOption = False,
    ics: CalendarOption = False,
    as_json: JsonOption = False,
    start: StartOption = None,
    output: OutputOption = None,
    data: DataOption = None,
) -> None:
    """Make a study plan."""
    said = " ".join(words or ())

    def work() -> int:
        from api.opening import opened_planner
        from api.output_file import write_file
        from api.plan_forms import ShownPlan, plan_content, plan_form, print_plan
        from api.plan_request import PlanOptions
        from tutor.learner import Background
        from tutor.planning.requests import MOST_HOURS, MOST_WEEKS
        from tutor.understanding import Wishes

        read = _readable(said)
        spoken = language or spoken_language(read)
        options = PlanOptions(
            Wishes(
                goal=goal,
                direction=direction,
                weeks=positive_number("--weeks", weeks, MOST_WEEKS),
                hours_per_week=positive_number("--hours", hours, MOST_HOURS),
                language=spoken,
            ),
            Background(maths, programming, machine_learning),
            budget,
            tuple(done or ()),
            tuple(swap or ()),
        )
        form, first_day = plan_form(markdown=markdown, ics=ics, as_json=as_json), _day(start)
        with opened_planner(data, spoken) as opened:
            made = _made(read, options, opened)
            owner = str(opened.settings.data.resolve())
        shown = ShownPlan(made, form, first_day, owner)
        if output is None:
            print_plan(shown)
        else:
            write_file(output, plan_content(shown))
            _note_written(output, made)
        return OK

    raise typer.Exit(guarded(work, language or spoken_language(said)))


def _readable(said: str) -> str:
    """The words of the learner, who need not say any."""
    from tutor.question import readable_question

    given = question_from(said)
    return readable_question(given) if given.strip() else ""


def _made(words: str, options: PlanOptions, opened: OpenedPlanner) -> Plan:
    from api.plan_dates import local_today
    from api.plan_request import plan_request
    from tutor.examples import load_examples
    from tutor.plan import make_plan

    index, embedder = opened.index, opened.embedder

    def likely(text: str) -> Mapping[Goal | None, float]:
        examples = load_examples(embedder, opened.settings.data)
        return examples.likeness(embedder.embed_query(text)).goals

    sources = index.sources(kind=Kind.COURSE)
    courses = {course.id: course for course in sources if isinstance(course, Course)}
    request = plan_request(words, options, courses, likely)
    return make_plan(request, index, embedder, today=local_today())


def _note_written(file: str, made: Plan) -> None:
    """Where the plan is, and what it comes to: a calendar alone would not say that it is short."""
    says = made.verdict.says
    said = Bilingual(zh=f"已写入 {file}。{says.zh}", en=f"Written to {file}. {says.en}")
    note(said.text(made.request.learner.language))


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    with suppress(ValueError):
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day of the calendar
        if day.year in _YEARS:
            return day
    raise UsageError(
        Bilingual(
            zh=f"--start 需要一个日期，例如 --start 2027-03-01，而不是 {text!r}。",
            en=f"--start takes a date, as in --start 2027-03-01, not {text!r}.",
        )
    )
