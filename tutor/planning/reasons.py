"""Why a step is in the plan, in one sentence, with the sources that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.types import Bilingual
from tutor.citations import CitationBook
from tutor.planning.choosing import Choice
from tutor.planning.recommendations import Naming
from tutor.planning.sources import Cited, cite_syllabus, who_recommends
from tutor.planning.units import Unit
from tutor.planning.wording import goal_of, joined, person_of, sentence, skills_of, title_of

_MOST_PEOPLE = 2
_MOST_SKILLS = 3
_MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step is there; `citations` is never empty."""

    why: Bilingual
    citations: tuple[int, ...]


def reason(choice: Choice, units: Sequence[Unit], book: CitationBook) -> Reason:
    """Why these modules of one course are studied in one week."""
    people = who_recommends(units, choice.advice, book, _MOST_PEOPLE)
    syllabus = cite_syllabus(units[0].course, units, book)
    clauses = [_who(choice, units, people)] if people else []
    clauses += [_what_for(choice, units)]
    why = sentence(
        "；".join(clause.zh for clause in clauses) + "。",
        "; ".join(clause.en for clause in clauses) + ".",
    )
    numbers = [cited.number for cited in people]
    numbers += [syllabus] if syllabus is not None else []
    return Reason(why, tuple(dict.fromkeys(numbers)))


def _who(choice: Choice, units: Sequence[Unit], people: Sequence[Cited]) -> Bilingual:
    first = people[0].naming
    goal = goal_of(choice.request.learner.goal)
    if first.modules:
        zh, en = (f"给{goal.zh}的路线", f" for {goal.en}") if first.for_goal else ("的路线", "")
        person, steps = person_of(first.person), _steps(choice, units, first)
        return Bilingual(
            f"{person.zh}{zh}里有这一步：{steps.zh}",
            f"a step on the path that {person.en} lays out{en}: {steps.en}",
        )
    names = joined([person_of(cited.naming.person) for cited in people])
    title = title_of(choice.knowledge.courses[first.course])
    verb = "recommend" if len(people) > 1 else "recommends"
    zh, en = (f"为{goal.zh}", f" for {goal.en}") if first.for_goal else ("", "")
    if first.course != units[0].key.course:
        return Bilingual(
            f"{names.zh}{zh}推荐{title.zh}（已被这门课取代）",
            f"{names.en} {verb} {title.en}{en}, since superseded by this course",
        )
    return Bilingual(f"{names.zh}{zh}推荐{title.zh}", f"{names.en} {verb} {title.en}{en}")


def _steps(choice: Choice, units: Sequence[Unit], first: Naming) -> Bilingual:
    """The steps of the same path that these modules are for, in order."""
    namings = choice.advice.by_course[units[0].key.course]
    texts = [
        naming.text
        for naming in namings
        if naming.text is not None
        and (naming.person.id, naming.path) == (first.person.id, first.path)
        and any(choice.advice.means(naming, unit) for unit in units)
    ]
    return Bilingual(
        " → ".join(text.zh for text in texts[:_MOST_STEPS]),
        " → ".join(text.en for text in texts[:_MOST_STEPS]),
    )


def _what_for(choice: Choice, units: Sequence[Unit]) -> Bilingual:
    """What the modules teach, and what it is good for: the weightiest use of all."""
    taught = [skill for unit in units for skill in unit.skills if skill in choice.lacking]
    goal = goal_of(choice.request.learner.goal)
    later = _needed_later(choice, units)
    uses = (
        (choice.targets.essential, f"是{goal.zh}离不开的", f"which {goal.en} cannot do without"),
        (later, "后面的内容要用到", "which later steps build on"),
        (choice.targets.asked, f"对{goal.zh}有用", f"which is of use for {goal.en}"),
    )
    for skills, zh, en in uses:
        serving = list(dict.fromkeys(skill for skill in taught if skill in skills))
        if serving:
            names = skills_of(serving[:_MOST_SKILLS], choice.knowledge.skills)
            return Bilingual(f"这部分教{names.zh}，{zh}", f"this part teaches {names.en}, {en}")
    return Bilingual("它是这条路线的一部分", "it is a part of this path")


def _needed_later(choice: Choice, units: Sequence[Unit]) -> set[str]:
    last = max(unit.place for unit in units)
    return {need for unit in choice.planned() if unit.place > last for need in unit.needs}
