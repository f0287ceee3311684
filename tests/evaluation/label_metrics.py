"""F1 over classes of which a text can have several, and what lies behind it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence, Set
from dataclasses import dataclass
from statistics import fmean
from typing import TypeVar

C = TypeVar("C", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Counts:
    """How often a class was found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where nothing was right."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True)
class Figures:
    """`macro_f1` is the mean over the classes that occur; the rest is over all labels together."""

    macro_f1: float
    precision: float
    recall: float
    right: int
    found: int
    labels: int


def counts(
    gold: Sequence[Set[C]], found: Sequence[Set[C]], classes: Collection[C]
) -> dict[C, Counts]:
    """The counts of each class over texts with the labels `gold` and `found`."""
    pairs = list(zip(gold, found, strict=True))
    return {
        each: Counts(
            sum(each in wanted and each in got for wanted, got in pairs),
            sum(each not in wanted and each in got for wanted, got in pairs),
            sum(each in wanted and each not in got for wanted, got in pairs),
        )
        for each in classes
    }


def figures(by_class: Collection[Counts]) -> Figures:
    """All classes in one; those that no text has do not count for the mean."""
    right = sum(each.right for each in by_class)
    found = right + sum(each.wrong for each in by_class)
    labels = right + sum(each.missed for each in by_class)
    occurring = [each.f1 for each in by_class if each.right + each.missed]
    return Figures(
        macro_f1=fmean(occurring) if occurring else 0.0,
        precision=right / found if found else 0.0,
        recall=right / labels if labels else 0.0,
        right=right,
        found=found,
        labels=labels,
    )
