"""The choice of modules as a problem of numbers: what may be chosen and what it is worth."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tutor.planning.types import ModuleKey


@dataclass(frozen=True, slots=True)
class Candidate:
    """A module that may be chosen. `cost` is what its hours cost, `needs` what has to be learnt
    before it. All positions in a problem are those of its candidates, in the order of study."""

    key: ModuleKey
    hours: float
    cost: float
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Way:
    """A way to learn a skill: the modules of one course that together teach it.

    `worth` is what it brings where the skill is wished for. `more` are the further modules of the
    course on the skill in their order, each with what it adds; each asks for those before it.
    """

    skill: str
    modules: tuple[int, ...]
    worth: float = 0.0
    more: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """The modules that somebody's study path comes to, and what it is worth to follow it whole."""

    modules: tuple[int, ...]
    worth: float


@dataclass(frozen=True, slots=True)
class Problem:
    """What may be chosen, within the time there is, and what it is worth.

    A choice is allowed where everything that its modules need is learnt in a way whose modules
    are chosen and stand before. `essential` are the skills without which a goal is not reached;
    each brings `essential_worth`. `opening` is the price of taking up a course, never negative;
    `first` is given back for the first one. Of several ways to learn a skill, and of several
    routes, the best one counts.
    """

    candidates: tuple[Candidate, ...]
    ways: tuple[Way, ...]
    routes: tuple[Route, ...]
    essential: frozenset[str]
    essential_worth: float
    wished: frozenset[str]
    opening: Mapping[str, float]
    first: float = 0.0

    def ways_to(self, skill: str) -> list[Way]:
        """The ways to learn `skill`; the learner lacks every skill that has some."""
        return [way for way in self.ways if way.skill == skill]

    def learnt(self, skill: str, chosen: Collection[int]) -> bool:
        """Whether the chosen modules hold a way to learn `skill`."""
        return any(set(way.modules) <= set(chosen) for way in self.ways_to(skill))

    def hours(self, chosen: Collection[int]) -> float:
        """The study hours of a choice."""
        return sum(self.candidates[position].hours for position in chosen)

    def value(self, chosen: Collection[int]) -> float:
        """What a choice is worth."""
        picked = set(chosen)
        total = self.first if picked else 0.0
        total -= sum(self.candidates[position].cost for position in picked)
        total -= sum(self.opening[course] for course in self.courses(picked))
        total += max((r.worth for r in self.routes if set(r.modules) <= picked), default=0.0)
        for skill in self.wished:
            held = [way for way in self.ways_to(skill) if set(way.modules) <= picked]
            total += max((_worth(way, picked) for way in held), default=0.0)
            total += self.essential_worth if held and skill in self.essential else 0.0
        return total

    def courses(self, chosen: Collection[int]) -> set[str]:
        """The ids of the courses that a choice takes up."""
        return {self.candidates[position].key.course for position in chosen}


def _worth(way: Way, picked: Collection[int]) -> float:
    total = way.worth
    for position, more in way.more:
        if position not in picked:
            break
        total += more
    return total
