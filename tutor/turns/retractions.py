"""What a statement of the learner takes back of what they said before."""

from __future__ import annotations

import re

from corpus.types import Direction, Goal
from tutor.duration import time_available
from tutor.learner import Learner
from tutor.lexicon import lexicon
from tutor.turns.clauses import clauses
from tutor.turns.elliptical import fragment
from tutor.turns.turn_words import turn_words
from tutor.understanding import understand


def withdrawn_in(text: str, before: Learner | None) -> frozenset[str]:
    """The names of the fields of `before` that the statement `text` takes back.

    A field for which the statement tells something new is replaced, not withdrawn.
    """
    if before is None:
        return frozenset()
    taken_back = {name for name, words in turn_words().withdrawn.items() if words.search(text)}
    holds = still_holds(text)
    if before.goal and _only_denied(_goal_words(before.goal), text, holds):
        taken_back.add("goal")
    if before.direction and _only_denied(_direction_words(before.direction), text, holds):
        taken_back.add("direction")
    if not taken_back:
        return frozenset()
    told = understand(holds).learner
    goal = told.goal or goal_in_bare_words(holds)
    known = {"goal": goal, "direction": told.direction, "weeks": told.weeks}
    return frozenset(name for name in taken_back if not known[name])


def goal_in_bare_words(text: str) -> Goal | None:
    """The goal that a clause of `text` names by a bare word such as 工作, the last one first."""
    found = (fragment(clause) for clause in reversed(clauses(text)))
    return next((one.goal for one in found if one and one.goal), None)


def still_holds(statement: str) -> str:
    """`statement` without the goals and fields that it turns down or has done with.

    "不是找工作，是毕设" leaves 毕设, "not a job but research" leaves research.
    """
    for correction in turn_words().corrections:
        match = correction.fullmatch(statement)
        if match and _is_told(match["denied"]) and _is_told(match["kept"]):
            statement = match["kept"]
    return "".join(clause for clause in clauses(statement) if not _is_over(clause))


def _is_told(text: str) -> bool:
    """Whether `text` names a goal, a field or an amount of time."""
    time = time_available(text)
    return _names_aim(text) or time.weeks is not None or time.hours_per_week is not None


def _is_over(clause: str) -> bool:
    words = turn_words()
    if any(withdrawal.search(clause) for withdrawal in words.withdrawn.values()):
        return True
    return bool(words.denied.search(clause) or words.finished.search(clause)) and _names_aim(clause)


def _names_aim(text: str) -> bool:
    words, known = turn_words(), lexicon()
    patterns = (*known.goals.values(), *known.directions.values(), *words.aims.values())
    return any(pattern.search(text) for pattern in patterns)


def _only_denied(words: tuple[re.Pattern[str], ...], text: str, holds: str) -> bool:
    """Whether `words` stand in `text`, but in nothing of it that still holds."""
    return any(one.search(text) and not one.search(holds) for one in words)


def _goal_words(goal: Goal) -> tuple[re.Pattern[str], ...]:
    return lexicon().goals[goal], turn_words().aims[goal]


def _direction_words(direction: Direction) -> tuple[re.Pattern[str], ...]:
    known = lexicon().directions.get(direction)
    return (known,) if known else ()
