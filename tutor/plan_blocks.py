"""The weeks of a plan put together into few lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tutor.planning.types import PlannedModule, PlanStep, PlanWeek, StepKind

MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Work:
    """What is done in a block of weeks with one course, or on the own project.

    `steps` are those of the weeks, in their order, each with the sources that it rests on.
    """

    steps: tuple[PlanStep, ...]

    @property
    def is_project(self) -> bool:
        """Whether it is work on the own project."""
        return self.steps[0].kind is StepKind.PROJECT

    @property
    def modules(self) -> tuple[PlannedModule, ...]:
        """The modules, each once."""
        found = {module.key: module for step in self.steps for module in step.modules}
        return tuple(found.values())

    @property
    def citations(self) -> tuple[int, ...]:
        """The numbers of all sources, each once."""
        return tuple(dict.fromkeys(number for step in self.steps for number in step.citations))


@dataclass(frozen=True, slots=True)
class Block:
    """Weeks that stand in one line; `hours` are those of each, or None where they differ."""

    weeks: tuple[PlanWeek, ...]

    @property
    def hours(self) -> float | None:
        """The hours of each of the weeks."""
        each = {week.hours for week in self.weeks}
        return each.pop() if len(each) == 1 else None

    @property
    def works(self) -> tuple[Work, ...]:
        """What is done, course by course as they begin, the own project last."""
        steps: dict[str | None, list[PlanStep]] = {}
        for week in self.weeks:
            for step in week.steps:
                steps.setdefault(step.course, []).append(step)
        works = [Work(tuple(each)) for each in steps.values()]
        return tuple(sorted(works, key=lambda work: work.is_project))


def blocks(weeks: Sequence[PlanWeek], most: int = MOST_LINES) -> list[Block]:
    """At most `most` blocks: weeks of the same content together, or else as many as it takes."""
    same = _joined([Block((week,)) for week in weeks])
    if len(same) <= most:
        return same
    size = math.ceil(len(weeks) / most)
    starts = range(0, len(weeks), size)
    return _joined([Block(tuple(weeks[start : start + size])) for start in starts])


def _joined(parts: Sequence[Block]) -> list[Block]:
    """`parts` with those together that follow one another and hold the same."""
    return [
        Block(tuple(week for part in group for week in part.weeks))
        for _, group in groupby(parts, key=_content)
    ]


def _content(block: Block) -> object:
    """What is done in a block, however many weeks it takes."""
    return [
        ({step.title.en for step in work.steps}, {module.key for module in work.modules})
        for work in block.works
    ]
