"""The courses of a plan: where each is found, and what could take its place."""

from __future__ import annotations

from collections.abc import Iterator

from api.blocks import Block, Heading, Line, Lines, Tone
from api.plan_words import hours_words
from corpus.types import Bilingual, Language
from tutor.planning.types import Alternative, Plan, PlanStep, StepKind

_MARGIN = 4
_COURSES = Bilingual(zh="课程", en="Courses")
_SAME_TIME = Bilingual(zh="时间不变", en="the same time")
_FREE = Bilingual(zh="免费", en="free")


def courses_of(plan: Plan, language: Language) -> Iterator[Block]:
    """Where each course is found, how long it takes in all, and what could take its place."""
    steps = [step for week in plan.weeks for step in week.steps if step.kind is StepKind.STUDY]
    by_course: dict[str, list[PlanStep]] = {}
    for step in steps:
        by_course.setdefault(step.course or "", []).append(step)
    if by_course:
        yield Heading(_COURSES.text(language))
        lines = [line for each in by_course.values() for line in _course(each, language)]
        yield Lines(tuple(lines))


def _course(steps: list[PlanStep], language: Language) -> Iterator[Line]:
    first = steps[0]
    hours = hours_words(sum(step.hours for step in steps), language)
    title, id = first.title.text(language), first.course or ""
    chinese = language is Language.CHINESE
    if id not in title:
        title += f"（{id}）" if chinese else f" ({id})"
    yield Line(f"{title}，{hours}" if chinese else f"{title}, {hours}")
    if first.url:
        yield Line(first.url, Tone.LINK, _MARGIN)
    for alternative in first.alternatives:
        yield Line(_alternative(first, alternative, language), Tone.DIM, _MARGIN)


def _alternative(step: PlanStep, other: Alternative, language: Language) -> str:
    difference = "−" if other.hours < 0 else "+"
    same = not round(other.hours, 1)
    hours = f"{difference}{hours_words(abs(other.hours), language)}"
    facts = [_SAME_TIME.text(language) if same else hours]
    facts += [_FREE.text(language)] if other.free else []
    title, option = other.title.text(language), f"--swap {step.course}={other.course}"
    said = Bilingual(
        zh=f"可以换成：{title}（{'，'.join(facts)}），加上 {option}",
        en=f"Could be replaced by {title} ({', '.join(facts)}) with {option}",
    )
    return said.text(language)
