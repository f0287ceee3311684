"""The plan that the user of a chat keeps, week by week, with what is finished."""

from __future__ import annotations

from collections.abc import Iterator

from api.blocks import Block, Line, Lines, Tone
from api.plan_words import hours_words, plan_title, step_words, week_name
from corpus.types import Bilingual, Language
from tutor.planning.progress import StudyProgress, finished_weeks, ticked
from tutor.planning.types import PlanWeek
from tutor.study_report import where_now

_MARGIN = 4
_FINISHED, _OPEN = "✓", "·"
_HINT = Bilingual(
    zh="学完了就说，例如“第 {week} 周学完了”；要重排就说出新的时间或情况。",
    en='Say when you are done, as in "I finished week {week}"; to plan again, tell what has '
    "changed.",
)


def kept_plan_page(progress: StudyProgress, language: Language) -> Iterator[Block]:
    """The weeks, the finished ones marked, and where the learner stands."""
    finished = finished_weeks(progress)
    plan = ticked(progress)
    lines = [Line(plan_title(plan), Tone.STRONG)]
    for week in plan.weeks:
        lines += _week(week, week.number <= finished, language)
    yield Lines(tuple(lines))
    yield Lines((Line(where_now(progress, language)),))
    if any(week.number > finished for week in plan.weeks):
        yield Lines((Line(_HINT.text(language).format(week=finished + 1), Tone.DIM),))


def _week(week: PlanWeek, finished: bool, language: Language) -> Iterator[Line]:
    mark = _FINISHED if finished else _OPEN
    name = f"{mark} {week_name(week, None, language)} · {hours_words(week.hours, language)}"
    yield Line(name, Tone.DIM if finished else Tone.NORMAL)
    for step in week.steps:
        yield Line(step_words(step, language), Tone.DIM, _MARGIN)
