"""Whether the time is enough, in numbers and in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from corpus.types import Bilingual
from tutor.planning.background import HOURS_A_WEEK
from tutor.planning.choosing import Choice
from tutor.planning.types import PlanVerdict, PlanWeek
from tutor.planning.wording import goal_of, in_hours, sentence, skills_of

_NOTHING = 1e-6


def verdict(choice: Choice, weeks: Sequence[PlanWeek]) -> PlanVerdict:
    """The honest word on the time."""
    time = choice.time
    planned = sum(week.hours for week in weeks)
    least = time.in_all(choice.problem.hours(choice.shortest))
    available = time.available
    return PlanVerdict(
        fits=not choice.missing,
        hours_available=planned if available is None else available,
        hours_planned=planned,
        hours_least=least,
        weeks_least=_weeks(least, _pace(choice)),
        missing=choice.missing,
        says=_says(choice, planned, least),
    )


def _says(choice: Choice, planned: float, least: float) -> Bilingual:
    time, goal = choice.time, goal_of(choice.request.learner.goal)
    pace = _pace(choice)
    weeks = _weeks(least, pace)
    untaught = [
        skill for skill in choice.missing if not choice.problem.learnt(skill, choice.shortest)
    ]
    if untaught:
        names = skills_of(untaught, choice.knowledge.skills)
        return sentence(
            f"按你的条件，没有课程能教{names.zh}，计划里缺这一块；放宽语言、费用或换课的限制再试。",
            f"Under your conditions no course teaches {names.en}, so the plan lacks it; loosen "
            "what you asked for in language, cost or swaps, and try again.",
        )
    if choice.missing:
        names = skills_of(choice.missing, choice.knowledge.skills)
        return sentence(
            f"时间不够：{in_hours(time.available or 0)} 小时学不完{goal.zh}离不开的{names.zh}；"
            f"最少要 {in_hours(least)} 小时，按每周 {pace:g} 小时是 {weeks} 周。",
            f"There is not enough time: {in_hours(time.available or 0)} hours do not cover "
            f"{names.en}, which {goal.en} cannot do without. It takes at least {in_hours(least)} "
            f"hours, which is {weeks} {'week' if weeks == 1 else 'weeks'} at {pace:g} "
            "hours a week.",
        )
    if time.weeks is None:
        return sentence(
            f"全部学完约 {in_hours(planned)} 小时；赶时间的话，{goal.zh}离不开的部分最少要 "
            f"{in_hours(least)} 小时。",
            f"All of it takes about {in_hours(planned)} hours; in a hurry, what {goal.en} cannot "
            f"do without takes at least {in_hours(least)} hours.",
        )
    return sentence(
        f"时间够：共 {in_hours(time.available or 0)} 小时，计划用 {in_hours(planned)} 小时；"
        f"{goal.zh}离不开的部分最少要 {in_hours(least)} 小时。",
        f"The time is enough: of {in_hours(time.available or 0)} hours the plan uses "
        f"{in_hours(planned)}; what {goal.en} cannot do without takes at least "
        f"{in_hours(least)} hours.",
    )


def _pace(choice: Choice) -> float:
    return choice.request.learner.hours_per_week or HOURS_A_WEEK


def _weeks(hours: float, pace: float) -> int:
    return math.ceil(hours / pace - _NOTHING)
