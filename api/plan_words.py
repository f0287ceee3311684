"""The wording that every printed form of a plan shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from api.goal_reason import goal_reason
from corpus.types import Bilingual, Language
from tutor.learner_words import described
from tutor.phrases import goal_name
from tutor.planning.types import (
    Budget,
    HoursBasis,
    LeftOut,
    Plan,
    PlannedModule,
    PlanRequest,
    PlanStep,
    PlanWeek,
)

ESTIMATE = "≈"
ESTIMATE_NOTE = Bilingual(
    zh="≈：课程没有给出这部分的学时，是我们的估计。",
    en="≈: the course does not state these hours; they are our estimate.",
)
DONE = Bilingual(zh="已经学完，不再安排", en="Done already, not planned again")
LEFT_OUT = Bilingual(zh="没有排进来的", en="What was left out")
NOTES = Bilingual(zh="说明", en="Notes")
ASSUMPTIONS = Bilingual(zh="假设", en="What the plan assumes")
SOURCES = Bilingual(zh="来源", en="Sources")
_TITLE = Bilingual(zh="学习计划", en="Study plan")
_FREE = Bilingual(zh="只用免费的课", en="free courses only")


def number(hours: float) -> str:
    """Hours to one decimal, without a needless zero: "3.5", "4"."""
    return f"{round(hours, 1):g}"


def hours_words(hours: float, language: Language) -> str:
    """An amount of hours: 3.5 小时, 3.5 h."""
    return _with_unit(number(hours), language)


def step_hours(step: PlanStep) -> str:
    """The hours of a step as a number, marked where a part of them is our estimate."""
    estimated = any(module.basis is HoursBasis.ESTIMATED for module in step.modules)
    return f"{ESTIMATE if estimated else ''}{number(step.hours)}"


def step_hours_words(step: PlanStep, language: Language) -> str:
    """The same with the unit: ≈3.5 小时."""
    return _with_unit(step_hours(step), language)


def holds_estimates(plan: Plan) -> bool:
    """Whether any of the hours of `plan` are our estimate."""
    steps = [step for week in plan.weeks for step in week.steps]
    return any(step_hours(step).startswith(ESTIMATE) for step in steps)


def plan_title(plan: Plan) -> str:
    """What the plan is called: 学习计划：毕业设计."""
    language = plan.request.learner.language
    goal = plan.request.learner.goal
    parts = [_TITLE.text(language)] + ([goal_name(goal).text(language)] if goal else [])
    return ("：" if language is Language.CHINESE else ": ").join(parts)


def learner_line(request: PlanRequest) -> str:
    """What is known of the learner, with the words that the goal was read from."""
    learner = request.learner
    parts = described(learner).splitlines()
    if learner.goal:
        reason = goal_reason(learner)
        parts[0] += f"（{reason}）" if learner.language is Language.CHINESE else f" ({reason})"
    if request.budget is Budget.FREE:
        parts.append(_FREE.text(learner.language))
    return " · ".join(parts)


def week_name(week: PlanWeek, first_day: date | None, language: Language) -> str:
    """第 2 周, with the day it begins on where there is one."""
    name = Bilingual(zh=f"第 {week.number} 周", en=f"Week {week.number}").text(language)
    return f"{name} · {first_day.isoformat()}" if first_day else name


def module_words(module: PlannedModule, language: Language) -> str:
    """The title of a module, and how much of it where only a part is done in this week."""
    title = module.title.text(language)
    if module.hours >= module.of_hours:
        return title
    part, whole = number(module.hours), number(module.of_hours)
    share = Bilingual(zh=f"（{whole} 小时中的 {part} 小时）", en=f" ({part} of {whole} h)")
    return title + share.text(language)


def step_words(step: PlanStep, language: Language) -> str:
    """What to do in a step: the course with its modules, or the work on the project."""
    title = step.title.text(language)
    if not step.modules:
        return title
    chinese = language is Language.CHINESE
    modules = ("；" if chinese else "; ").join(module_words(m, language) for m in step.modules)
    return f"{title}{'：' if chinese else ': '}{modules}"


def checkpoint_words(week: PlanWeek, language: Language) -> str:
    """After which week the learner can do what."""
    each = [text.text(language).rstrip("。.") for text in week.checkpoints]
    if language is Language.CHINESE:
        return f"学完第 {week.number} 周，你能{'；'.join(each)}。"
    return f"After week {week.number} you can {'; '.join(each)}."


def left_out_words(left: LeftOut, plan: Plan, language: Language) -> str:
    """What was left out, and the hours that it would add."""
    title, price = left.title.text(language), f"+{hours_words(left.hours, language)}"
    if left.course and left.course in {step.course for week in plan.weeks for step in week.steps}:
        title = Bilingual(zh=f"{title}的其他部分", en=f"More of {title}").text(language)
    return f"{title}（{price}）" if language is Language.CHINESE else f"{title} ({price})"


def done_words(plan: Plan, language: Language) -> Iterator[str]:
    """The modules that are done, a course at a time: d2l：预备知识；线性神经网络."""
    chinese = language is Language.CHINESE
    for course, modules in groupby(plan.done, key=lambda module: module.key.course):
        titles = ("；" if chinese else "; ").join(m.title.text(language) for m in modules)
        yield f"{course}{'：' if chinese else ': '}{titles}"


def cited(text: str, citations: Iterable[int]) -> str:
    """`text` with the numbers of its sources, before its full stop: "He says so [1][2]."."""
    return with_markers(text, "".join(f"[{each}]" for each in citations))


def with_markers(text: str, markers: str) -> str:
    """`text` with `markers` before its full stop, if it has one."""
    said = text.rstrip("。.")
    return f"{said} {markers}{text[len(said) :]}" if markers else text


def _with_unit(amount: str, language: Language) -> str:
    return f"{amount} 小时" if language is Language.CHINESE else f"{amount} h"
