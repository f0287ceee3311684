"""The weeks of a plan as they are shown: steps with reasons, sources and alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.types import Bilingual
from tutor.citations import CitationBook
from tutor.planning.alternatives import alternatives
from tutor.planning.checkpoints import checkpoints
from tutor.planning.choosing import Choice
from tutor.planning.project import Advice, in_week, project_advice
from tutor.planning.reasons import reason
from tutor.planning.schedule import Portion, Week
from tutor.planning.types import (
    Alternative,
    PlannedModule,
    PlanStep,
    PlanWeek,
    StepKind,
)
from tutor.planning.units import Unit
from tutor.planning.wording import goal_of, person_of, sentence


def plan_weeks(choice: Choice, weeks: Sequence[Week], book: CitationBook) -> Iterator[PlanWeek]:
    """The weeks with their steps: first what is to be studied, then the project."""
    others = {course: alternatives(choice, course) for course in _courses(choice)}
    learnt = checkpoints(choice, weeks)
    advice: list[Advice] = []
    learner = choice.request.learner
    for number, week in enumerate(weeks):
        steps = list(_study_steps(choice, week, others, book))
        if week.project > 0:
            advice = advice or project_advice(
                choice.knowledge, learner.goal, learner.language, book
            )
            if advice:
                told = in_week(advice, number, len(weeks))
                steps.append(_project_step(choice, week.project, told))
        if steps:  # a week for a project alone has none where nobody advises any
            hours = sum(step.hours for step in steps)
            yield PlanWeek(number + 1, hours, tuple(steps), learnt[number])


def planned_module(unit: Unit, hours: float, *, done: bool = False) -> PlannedModule:
    """A module as part of a plan, `hours` of it in one week."""
    return PlannedModule(
        unit.key, unit.module.title, hours, unit.hours, unit.basis, unit.module.skills, done
    )


def _courses(choice: Choice) -> list[str]:
    return list(dict.fromkeys(unit.key.course for unit in choice.planned()))


def _study_steps(
    choice: Choice,
    week: Week,
    others: Mapping[str, tuple[Alternative, ...]],
    book: CitationBook,
) -> Iterator[PlanStep]:
    for portions in _together(week.portions):
        units = [portion.unit for portion in portions]
        course = units[0].key.course
        because = reason(choice, units, book)
        yield PlanStep(
            kind=StepKind.STUDY,
            title=units[0].course.title,
            course=course,
            url=units[0].course.url,
            modules=tuple(planned_module(p.unit, p.hours) for p in portions),
            hours=sum(portion.hours for portion in portions),
            why=because.why,
            citations=because.citations,
            alternatives=others[course],
        )


def _together(portions: Sequence[Portion]) -> list[list[Portion]]:
    """The portions of a week by course. One that needs what another course teaches in between
    stands after it, apart from the others of its course."""
    groups: list[list[Portion]] = []
    for portion in portions:
        between: set[str] = set()
        for group in reversed(groups):
            if group[0].unit.key.course == portion.unit.key.course:
                break
            between.update(skill for other in group for skill in other.unit.skills)
        else:
            group = []
        if group and not between & portion.unit.needs:
            group.append(portion)
        else:
            groups.append([portion])
    return groups


def _project_step(choice: Choice, hours: float, advice: Advice) -> PlanStep:
    person, goal = person_of(advice.person), goal_of(choice.request.learner.goal)
    whose = (
        Bilingual(f"给{goal.zh}的建议", f" for {goal.en}")
        if advice.for_goal
        else Bilingual("的建议", "")
    )
    return PlanStep(
        kind=StepKind.PROJECT,
        title=Bilingual(f"自己的项目：{advice.text.zh}", f"Your own project: {advice.text.en}"),
        course=None,
        url=None,
        modules=(),
        hours=hours,
        why=sentence(
            f"来自{person.zh}{whose.zh}；每周都留出项目时间，边学边做。",
            f"Advice{whose.en} from {person.en}; some time is kept for the project every week, so "
            "that you do while you learn.",
        ),
        citations=(advice.citation,),
    )
