"""What each module that comes into question is worth for a learner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.types import Course
from tutor.planning.candidates import Lessons, Shortlist, is_free, suitability
from tutor.planning.problem import Candidate, Problem, Route, Way
from tutor.planning.recommendations import Recommendations
from tutor.planning.routes import PathRoute
from tutor.planning.targets import Targets
from tutor.planning.types import ModuleKey, PlanRequest
from tutor.planning.units import Unit

_ESSENTIAL, _WANTED, _FURTHER = 30.0, 20.0, 6.0  # what a skill is worth if strongly recommended
_MORE_HOUR = {_ESSENTIAL: 0.35, _WANTED: 0.25}  # an hour beyond what it takes to learn it
_ENOUGH = 3.0  # times what it takes to learn a skill: more hours bring nothing further
_HOUR = 0.15  # what an hour costs
_HOUR_IN_ANOTHER_LANGUAGE = 0.35
_HOUR_NOT_FREE = 0.05  # on top
_OPENING = 6.0  # what it costs to take up another course
_OPENING_NOT_FREE = 3.0  # on top
_SWAPPED_IN = 30.0  # what it is worth besides to learn a skill from a course that was asked for
_ROUTE_HOUR = 0.1
_LONGEST_ROUTE = 200.0  # hours: no path is worth more for being longer than that
_LAID_OUT = 3.0  # times as much for a path that is laid out in weeks


@dataclass(frozen=True, slots=True)
class Weighed:
    """A problem, and what its numbers stand for: `units` in the order of its candidates, `paths`
    in that of its routes."""

    problem: Problem
    units: tuple[Unit, ...]
    paths: tuple[PathRoute, ...]


def weigh(
    listed: Shortlist,
    request: PlanRequest,
    targets: Targets,
    advice: Recommendations,
    paths: Sequence[PathRoute],
) -> Weighed:
    """The problem of choosing among the modules of a shortlist.

    One essential skill outweighs everything that is not essential, so that none is given up for
    any number of others. Modules that cannot be worth their hours are left out.
    """
    scales = _Scales(request, targets, advice)
    lessons = [replace(each, more=tuple(scales.worthwhile(each))) for each in listed.lessons]
    units = _used(listed.units, lessons, paths)
    positions = {unit.key: position for position, unit in enumerate(units)}
    problem = Problem(
        candidates=tuple(
            Candidate(unit.key, unit.hours, scales.cost(unit), unit.needs & listed.lacking)
            for unit in units
        ),
        ways=tuple(scales.way(each, positions) for each in lessons),
        routes=tuple(scales.route(path, positions) for path in paths),
        essential=frozenset(targets.essential) & frozenset(listed.wished),
        essential_worth=0.0,
        wished=frozenset(listed.wished),
        opening={unit.key.course: scales.opening(unit.course) for unit in units},
        first=_OPENING,
    )
    return Weighed(replace(problem, essential_worth=_everything(problem)), units, tuple(paths))


def _used(
    units: Iterable[Unit], lessons: Iterable[Lessons], paths: Iterable[PathRoute]
) -> tuple[Unit, ...]:
    keys = {unit.key for each in lessons for unit in (*each.base, *each.more)}
    keys |= {unit.key for path in paths for unit in path.units}
    return tuple(unit for unit in units if unit.key in keys)


def _everything(problem: Problem) -> float:
    """More than all that is not essential can ever be worth, and all that can be saved."""
    total = 1.0 + problem.first + sum(candidate.cost for candidate in problem.candidates)
    total += sum(problem.opening.values()) + sum(route.worth for route in problem.routes)
    return total + sum(way.worth + sum(more for _, more in way.more) for way in problem.ways)


@dataclass(frozen=True, slots=True)
class _Scales:
    """What things are worth to one learner."""

    request: PlanRequest
    targets: Targets
    advice: Recommendations

    def strength(self, unit: Unit) -> float:
        """How strongly a module is recommended and how well it suits the learner, at most 1."""
        if unit.key.course in {swap.to for swap in self.request.swaps}:
            return 1.0
        return self.advice.strength(unit) * suitability(unit.course, self.request)

    def cost(self, unit: Unit) -> float:
        """What the hours of a module cost."""
        readable = self.request.learner.language in unit.course.languages
        hour = _HOUR if readable else _HOUR_IN_ANOTHER_LANGUAGE
        return unit.hours * (hour if is_free(unit.course) else hour + _HOUR_NOT_FREE)

    def opening(self, course: Course) -> float:
        """The price of taking up a course; there is none for one that the learner has begun or
        asked for."""
        begun = {key.course for key in self.request.done}
        if course.id in begun | {swap.to for swap in self.request.swaps}:
            return 0.0
        price = _OPENING / suitability(course, self.request)
        return price if is_free(course) else price + _OPENING_NOT_FREE

    def worthwhile(self, lessons: Lessons) -> Iterator[Unit]:
        """The further modules on a skill that bring more than they cost, in their order."""
        rate = _MORE_HOUR.get(self._full(lessons.skill), 0.0)
        spent = sum(unit.hours_on(lessons.skill) for unit in lessons.base)
        for unit in lessons.more:
            spent += unit.hours_on(lessons.skill)
            too_much = spent > _ENOUGH * self.targets.hours_to_learn(lessons.skill)
            if too_much or rate * self.strength(unit) * unit.hours <= self.cost(unit):
                return
            yield unit

    def way(self, lessons: Lessons, positions: Mapping[ModuleKey, int]) -> Way:
        """A way to learn a skill; its worth is that of the skill, by how much is to be said for
        its modules."""
        full = self._full(lessons.skill)
        rate = _MORE_HOUR.get(full, 0.0)
        strength = sum(map(self.strength, lessons.base)) / len(lessons.base)
        asked_for = lessons.base[0].key.course in {swap.to for swap in self.request.swaps}
        return Way(
            lessons.skill,
            tuple(positions[unit.key] for unit in lessons.base),
            full * strength + (_SWAPPED_IN if full and asked_for else 0.0),
            tuple((positions[u.key], rate * self.strength(u) * u.hours) for u in lessons.more),
        )

    def route(self, path: PathRoute, positions: Mapping[ModuleKey, int]) -> Route:
        """What it is worth to follow a path: its hours, and that somebody put its courses
        together. What the learner could read only with effort counts only where it is advised in
        the learner's own language."""
        language = self.request.learner.language
        own = path.person.language is language
        readable = [unit for unit in path.units if own or language in unit.course.languages]
        courses = {unit.key.course: unit.course for unit in readable}
        worth = _ROUTE_HOUR * min(_LONGEST_ROUTE, sum(unit.hours for unit in readable))
        worth += sum(min(_OPENING, self.opening(course)) for course in courses.values())
        worth *= _LAID_OUT if path.path.weeks else 1.0
        return Route(tuple(positions[unit.key] for unit in path.units), worth)

    def _full(self, skill: str) -> float:
        """What a skill is worth if all is to be said for the way to learn it."""
        if skill in self.targets.essential:
            return _ESSENTIAL
        if skill in self.targets.wanted:
            return _WANTED
        return _FURTHER if skill in self.targets.further else 0.0
