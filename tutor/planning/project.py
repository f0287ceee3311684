"""The learner's own project: what people advise to do, and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Bilingual, Goal, Language, Perspective, Step, StudyPath
from tutor.citations import CitationBook
from tutor.planning.knowledge import PlanKnowledge
from tutor.planning.sources import cite_step

# What a step of a study path says where it is about making something of one's own, and where it
# is not, or holds only for another length of time.
_MAKING = re.compile(
    r"项目|定方案|开源实现|复现|比赛|作品集|基线|跑代码|第一个模型|更多模型|建一套评估|应用做深|Kaggle"
    r"|(?i:project|competition|portfolio|baseline|re-?implement|reproduc)"
)
_NOT_MAKING = re.compile(r"背后的理论|课程只看|三个月之后|周[一二三四五]|换到|^还有|^第")
_MOST = 4
_SHORTEST = 5  # characters of a step that says what to do


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do on a project, who says so, and the number of the citation."""

    text: Bilingual
    person: Perspective
    citation: int
    for_goal: bool


def project_advice(
    knowledge: PlanKnowledge, goal: Goal | None, language: Language, book: CitationBook
) -> list[Advice]:
    """What people advise for a project with this goal, else with none in particular, in order.

    Whoever goes through the most of a project is followed alone, for the stages of one person's
    way fit together; where nobody names more than one, the early steps of several stand in turn.
    """
    spoken = [(p, path) for p in knowledge.people for path in p.paths if goal in path.goals]
    steps = _steps(spoken) or _steps(
        [(p, path) for p in knowledge.people for path in p.paths if not path.goals]
    )
    found: list[Advice] = []
    for _, person, step in _of_one_person(steps, language):
        number = cite_step(person, step.text, book) if len(found) < _MOST else None
        if number is not None:
            found.append(Advice(step.text, person, number, bool(spoken)))
    return found


def _of_one_person(
    steps: list[tuple[float, Perspective, Step]], language: Language
) -> list[tuple[float, Perspective, Step]]:
    """The steps of the person who has the most, in the reader's language first; else all."""
    if not steps:
        return []
    numbers = Counter(person.id for _, person, _ in steps)
    _, best, _ = min(
        steps, key=lambda one: (-numbers[one[1].id], one[1].language is not language, one[1].id)
    )
    return [one for one in steps if one[1] is best] if numbers[best.id] > 1 else steps


def _steps(
    paths: Sequence[tuple[Perspective, StudyPath]],
) -> list[tuple[float, Perspective, Step]]:
    """The project steps of the paths, by how far along their path they stand."""
    found = [
        ((number + 0.5) / len(path.steps), person, step)
        for person, path in paths
        if person.author
        for number, step in enumerate(path.steps)
        if step.course is None and _is_about_making(step.text.zh)
    ]
    return sorted(found, key=lambda entry: (entry[0], entry[1].id))


def _is_about_making(text: str) -> bool:
    tells = len(text) >= _SHORTEST and _MAKING.search(text) is not None
    return tells and not _NOT_MAKING.search(text)


def in_week(advice: Sequence[Advice], week: int, weeks: int) -> Advice:
    """The advice for a week (from 0) of `weeks`: all of it in turn, spread evenly."""
    return advice[min(len(advice) - 1, week * len(advice) // weeks)]
