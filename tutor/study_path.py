"""Choosing the study path that fits a learner."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Perspective, StudyPath
from tutor.learner import Learner

_RANK_COST = 0.02


def choose_path(
    people: Sequence[Perspective], learner: Learner
) -> tuple[Perspective, StudyPath] | None:
    """The study path that fits goal and time best; earlier people win between equals."""
    best: tuple[float, Perspective, StudyPath] | None = None
    for rank, person in enumerate(people):
        for path in person.paths:
            value = _fit(path, learner) - _RANK_COST * rank
            if value > 0 and (best is None or value > best[0]):
                best = (value, person, path)
    return best[1:] if best else None


def _fit(path: StudyPath, learner: Learner) -> float:
    """How well a path suits goal and time; not positive when it was meant for other goals."""
    if learner.goal in path.goals:
        value = 3.0
    elif not path.goals or learner.goal is None:
        value = 1.0
    else:
        return -1.0
    if learner.weeks and path.weeks:
        ratio = path.weeks / learner.weeks
        value += 1.6 * min(ratio, 1 / ratio) - (0.5 if ratio > 1.1 else 0.0)  # noqa: PLR2004
    return value
