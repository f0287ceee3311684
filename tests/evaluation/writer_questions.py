"""The questions of the evaluation set that language models answer: enough of every kind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from evaluation_questions import Half, Question, QuestionKind, Scope

from corpus.types import Language

A_CELL = 12
"""Questions in scope for each half and language."""


def answered_questions(questions: Sequence[Question], half: Half) -> list[Question]:
    """In-scope questions of `half`, `A_CELL` a language, of every goal, topic and kind."""
    chosen: list[Question] = []
    for language in Language:
        cell = [
            one
            for one in questions
            if (one.scope, one.half, one.language) == (Scope.IN, half, language)
        ]
        chosen += _covering(sorted(cell, key=lambda one: _order(one.id)))
    return chosen


def near_questions(questions: Iterable[Question], half: Half) -> list[Question]:
    """Questions of `half` near the field that the sources do not answer."""
    return [one for one in questions if one.half is half and one.kind is QuestionKind.NEAR]


def _covering(cell: list[Question]) -> list[Question]:
    """First those that bring most goals, topics and kinds that are not there yet."""
    chosen: list[Question] = []
    met: set[object] = set()
    while cell and len(chosen) < A_CELL:
        best = max(cell, key=lambda one: len(_features(one) - met))
        met |= _features(best)
        chosen.append(best)
        cell.remove(best)
    return chosen


def _features(question: Question) -> set[object]:
    return {question.goals[0], *question.topics[:1], question.kind}


def _order(question_id: str) -> bytes:
    return hashlib.sha256(f"writer/{question_id}".encode()).digest()
