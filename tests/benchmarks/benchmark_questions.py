"""The questions that the benchmarks ask: those of the tuning half that the sources answer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluation_questions import Question

_EVALUATION = Path(__file__).parents[1] / "evaluation"


def answerable_questions() -> list[Question]:
    """Every question of the tuning half that is in scope, in the order of the file."""
    # The directories of the tests are no packages.
    if str(_EVALUATION) not in sys.path:
        sys.path.append(str(_EVALUATION))
    from evaluation_questions import Half, Scope, load_questions

    return [
        question
        for question in load_questions()
        if question.half is Half.TUNE and question.scope is Scope.IN
    ]


def sample(count: int) -> list[str]:
    """The words of `count` answerable questions, spread evenly over the set."""
    questions = answerable_questions()
    return [questions[place * len(questions) // count].text for place in range(count)]
