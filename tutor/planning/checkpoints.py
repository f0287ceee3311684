"""What a learner can do at the end of a week."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Bilingual
from tutor.planning.choosing import Choice
from tutor.planning.schedule import Week

_MOST = 3


def checkpoints(choice: Choice, weeks: Sequence[Week]) -> list[tuple[Bilingual, ...]]:
    """For each week what is learnt by its end and was not before, the most important first."""
    positions = {unit.key: at for at, unit in enumerate(choice.units)}
    finished: set[int] = set()
    had = {skill for skill in choice.knowledge.skills if skill not in choice.lacking}
    found = []
    for week in weeks:
        finished |= {positions[p.unit.key] for p in week.portions if p.last}
        touched = {skill for portion in week.portions for skill in portion.unit.skills}
        learnt = {s for s in touched - had if choice.problem.learnt(s, finished)}
        had |= learnt
        ranked = sorted(learnt, key=lambda skill: (_rank(choice, skill), skill))
        found.append(tuple(choice.knowledge.skills[skill].can for skill in ranked[:_MOST]))
    return found


def _rank(choice: Choice, skill: str) -> int:
    asked = choice.targets.asked
    return asked.index(skill) if skill in asked else len(asked)
