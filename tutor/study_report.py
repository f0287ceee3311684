"""Where a learner stands in the plan that they keep, and what they have just finished of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from corpus.course_names import find_courses
from corpus.types import Bilingual, Course, Language
from tutor.plan_blocks import Block
from tutor.plan_wording import PlanWording, number
from tutor.planning.progress import PROJECT, StudyProgress, due_by, finished_weeks
from tutor.planning.types import ModuleKey, PlannedModule, PlanStep, PlanWeek
from tutor.turns.study_talk import StudyTalk

_JUST_NOW = datetime.max.replace(tzinfo=UTC)  # for what is going to be ticked
_SHOWN = 2  # courses of the week that was finished last


@dataclass(frozen=True, slots=True)
class StudyReport:
    """What was finished in a turn, and the sentences that say so and what comes next."""

    finished: tuple[ModuleKey, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """Parts of the plan that somebody says to have finished, and what they are called."""

    parts: frozenset[ModuleKey]
    name: str


@dataclass(frozen=True, slots=True)
class _Units:
    """Units of one course, by their keys."""

    title: Bilingual
    modules: dict[ModuleKey, PlannedModule]

    def told(self, words: PlanWording) -> _Told:
        """The units as something that is finished."""
        return _Told(frozenset(self.modules), words.units(self.title, list(self.modules.values())))


def study_report(
    talk: StudyTalk,
    said: str,
    progress: StudyProgress,
    courses: Sequence[Course],
    language: Language,
) -> StudyReport | None:
    """The report on what the learner said; None for a plan without weeks.

    `courses` are those of the plan, for their names.
    """
    words = PlanWording(language)
    if not progress.plan.weeks:
        return None
    if talk.asks:
        return StudyReport((), (where_now(progress, language),))
    last = progress.plan.weeks[-1].number
    if talk.weeks is not None and talk.weeks > last:
        return StudyReport((), (words.say("progress_no_week", week=talk.weeks, n=last),))
    if talk.weeks is not None:
        told = _weeks(talk.weeks, progress, words)
    else:
        meant = _units(talk, find_courses(said, courses), progress)
        if len(meant) != 1:
            unclear = "progress_which" if meant else "progress_not_planned"
            return StudyReport((), (words.say(unclear),))
        told = meant[0].told(words)
    new = told.parts - progress.finished.keys()
    noted = words.say("progress_noted" if new else "progress_known", what=told.name)
    ticked = {**dict.fromkeys(new, _JUST_NOW), **progress.finished}
    return StudyReport(
        tuple(sorted(new)), (noted, what_is_next(replace(progress, finished=ticked), language))
    )


def where_now(progress: StudyProgress, language: Language) -> str:
    """How far the learner is, and what comes next, in one sentence."""
    words, finished = PlanWording(language), finished_weeks(progress)
    done = [week for week in progress.plan.weeks if week.number <= finished]
    coming = _coming(progress)
    if coming is None:
        return words.say("progress_over")
    next_one = _content(coming, progress, words)
    if not done:
        name = "progress_after" if finished else "progress_begin"
        return words.say(name, n=finished, week=coming.number, parts=next_one)
    studied = [
        (step.title, modules)
        for step in done[-1].steps
        if (modules := [m for m in step.modules if m.key in progress.finished])
    ]
    last = words.joined(words.units(title, modules) for title, modules in studied[:_SHOWN])
    name = "progress_line" if last else "progress_after"
    return words.say(name, n=finished, last=last, week=coming.number, parts=next_one)


def what_is_next(progress: StudyProgress, language: Language) -> str:
    """What comes next, in one sentence."""
    words, coming = PlanWording(language), _coming(progress)
    if coming is None:
        return words.say("progress_over")
    return words.say(
        "progress_next",
        week=coming.number,
        hours=number(coming.hours),
        parts=_content(coming, progress, words),
    )


def _weeks(last: int, progress: StudyProgress, words: PlanWording) -> _Told:
    """The weeks up to `last`, 0 for the present one; whoever is done with one is with those
    before it."""
    finished = finished_weeks(progress)
    last = last or min(finished + 1, progress.plan.weeks[-1].number)
    first = min(finished + 1, last)
    weeks = str(first) if first == last else f"{first}–{last}"
    name = words.say("progress_week" if first == last else "progress_weeks", weeks=weeks)
    return _Told(due_by(progress, last), name)


def _units(talk: StudyTalk, named: Collection[str], progress: StudyProgress) -> list[_Units]:
    """The units that are meant: those of the named course, or of each course that has them all."""
    ids = {f"{talk.kind}{unit}" for unit in talk.units}
    found: dict[str, _Units] = {}
    for step in _steps(progress):
        for module in step.modules:
            if module.key.module in ids:
                units = found.setdefault(module.key.course, _Units(step.title, {}))
                units.modules[module.key] = module
    if named:
        return [units for course, units in found.items() if course in named]
    return [units for units in found.values() if len(units.modules) == len(ids)]


def _steps(progress: StudyProgress) -> Iterator[PlanStep]:
    return (step for week in progress.plan.weeks for step in week.steps if step.course)


def _coming(progress: StudyProgress) -> PlanWeek | None:
    """The first week that is not finished."""
    finished = finished_weeks(progress)
    return next((week for week in progress.plan.weeks if week.number > finished), None)


def _content(week: PlanWeek, progress: StudyProgress, words: PlanWording) -> str:
    """What is left to do in a week."""
    open_steps = []
    for step in week.steps:
        modules = tuple(m for m in step.modules if m.key not in progress.finished)
        on_project = step.course is None
        done = (
            ModuleKey(PROJECT, str(week.number)) in progress.finished if on_project else not modules
        )
        if not done:
            open_steps.append(replace(step, modules=modules))
    return words.content(Block((replace(week, steps=tuple(open_steps)),)).works)
