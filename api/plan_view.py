"""A study plan as a page: the verdict, week by week, what it leaves out, and every source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from api.answer_view import source_lines
from api.blocks import Block, Heading, Line, Lines, Table, Tone
from api.plan_courses import courses_of
from api.plan_dates import starts_of_weeks
from api.plan_json import module_name
from api.plan_words import (
    ASSUMPTIONS,
    DONE,
    ESTIMATE_NOTE,
    LEFT_OUT,
    NOTES,
    SOURCES,
    checkpoint_words,
    cited,
    done_words,
    holds_estimates,
    learner_line,
    left_out_words,
    plan_title,
    step_hours,
    step_words,
)
from corpus.types import Bilingual, Language
from tutor.planning.types import ModuleKey, Plan

_MARGIN = 4
_COLUMNS = (
    Bilingual(zh="周", en="week"),
    Bilingual(zh="小时", en="hours"),
    Bilingual(zh="做什么", en="what"),
    Bilingual(zh="为什么", en="why"),
)
_CHECKPOINTS = Bilingual(zh="检查点", en="Checkpoints")
_OPTIONS = Bilingual(
    zh="也可以用选项说明：--goal、--direction、--weeks、--hours、--maths、--programming、"
    "--machine-learning。",
    en="Options say the same: --goal, --direction, --weeks, --hours, --maths, --programming, "
    "--machine-learning.",
)
_NEXT = Bilingual(
    zh="学完一个模块后加上 --done {done}，再排一次。日历用 --ics，清单用 --markdown。",
    en="When a module is finished, plan again with --done {done}. A calendar: --ics; a "
    "checklist: --markdown.",
)


def plan_page(plan: Plan, start: date | None = None) -> Iterator[Block]:
    """The whole page, in the learner's language; weeks are dated where `start` is given."""
    language = plan.request.learner.language
    yield from _verdict(plan, language)
    if plan.weeks:
        yield Table(
            tuple(column.text(language) for column in _COLUMNS),
            tuple(_rows(plan, start, language)),
            grouped=True,
        )
    if holds_estimates(plan):
        yield Lines((Line(ESTIMATE_NOTE.text(language), Tone.DIM),))
    checkpoints = [checkpoint_words(week, language) for week in plan.weeks if week.checkpoints]
    yield from _list(_CHECKPOINTS, checkpoints, language)
    yield from courses_of(plan, language)
    yield from _list(DONE, done_words(plan, language), language)
    yield from _left_out(plan, language)
    yield from _list(NOTES, [note.text(language) for note in plan.notes], language)
    assumed = [assumption.text(language) for assumption in plan.assumptions]
    yield from _list(ASSUMPTIONS, assumed, language)
    if assumed:
        yield Lines((Line(_OPTIONS.text(language), Tone.DIM),))
    if plan.citations:
        yield Heading(SOURCES.text(language))
        yield Lines(tuple(source_lines(plan.citations, language)))
    if first := _first_module(plan):
        line = _NEXT.text(language).format(done=module_name(first))
        yield Lines((Line(line, Tone.DIM),))


def _verdict(plan: Plan, language: Language) -> Iterator[Block]:
    tone = Tone.STRONG if plan.verdict.fits else Tone.WARNING
    lines = [Line(plan_title(plan)), Line(plan.verdict.says.text(language), tone)]
    lines.append(Line(learner_line(plan.request), Tone.DIM))
    yield Lines(tuple(lines))


def _rows(plan: Plan, start: date | None, language: Language) -> Iterator[tuple[str, ...]]:
    """One row a step; each names its week, so that rows can be sorted and cut.

    What goes on for several weeks for the same reason gives the reason once.
    """
    given_in: dict[Bilingual, int] = {}
    for week, first_day in zip(plan.weeks, starts_of_weeks(plan, start), strict=True):
        name = f"{week.number} · {first_day:%m-%d}" if first_day else str(week.number)
        for step in week.steps:
            since = given_in.setdefault(step.why, week.number)
            why = step.why if since == week.number else _as_before(since)
            yield (
                name,
                step_hours(step),
                step_words(step, language),
                cited(why.text(language), step.citations),
            )


def _as_before(week: int) -> Bilingual:
    return Bilingual(zh=f"同第 {week} 周", en=f"as in week {week}")


def _left_out(plan: Plan, language: Language) -> Iterator[Block]:
    if not plan.left_out:
        return
    yield Heading(LEFT_OUT.text(language))
    lines: list[Line] = []
    for left in plan.left_out:
        lines.append(Line(f"- {left_out_words(left, plan, language)}"))
        lines.append(Line(cited(left.why.text(language), left.citations), Tone.DIM, _MARGIN))
    yield Lines(tuple(lines))


def _list(heading: Bilingual, items: Iterable[str], language: Language) -> Iterator[Block]:
    lines = tuple(Line(f"- {item}") for item in items)
    if lines:
        yield Heading(heading.text(language))
        yield Lines(lines)


def _first_module(plan: Plan) -> ModuleKey | None:
    modules = (m for week in plan.weeks for step in week.steps for m in step.modules)
    return next((module.key for module in modules), None)
