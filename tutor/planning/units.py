"""Modules made ready for planning: hours, skills, needs, and one order that holds for all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from corpus.skills import Skill, Stage
from corpus.types import Course, Module
from tutor.planning.hours import study_hours
from tutor.planning.types import HoursBasis, ModuleKey

_STAGES = tuple(Stage)
_DEEP_LEARNING = _STAGES.index(Stage.DEEP_LEARNING)
_BASICS = "machine-learning"


class Place(NamedTuple):
    """Where a module stands among all modules: whoever is less comes first.

    `stage` and `depth` never fall along a course, so that its modules keep their order; `number`
    counts them. Between equals the course comes first that `begins` earlier.
    """

    stage: int
    depth: int
    begins: tuple[int, int]
    course: str
    number: int


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One module of one course.

    `skills` are the plain skills it teaches; labels such as "machine learning" that consist of
    several skills say what it is about, but teach none of them. `needs` are plain skills to have
    before: what the course asks for, what the skills build on, and in deep learning what the
    course itself teaches of the basics of machine learning before it. Two units are the same only
    as objects: there is one for each module.
    """

    key: ModuleKey
    course: Course
    module: Module
    hours: float
    basis: HoursBasis
    skills: tuple[str, ...]
    needs: frozenset[str]
    place: Place

    def hours_on(self, skill: str) -> float:
        """The hours that count for one of its skills: fewer than all where it teaches several at
        once, but more than an equal share, since they help one another."""
        return self.hours / math.sqrt(len(self.skills)) if skill in self.skills else 0.0


def plain(skills: Iterable[str], known: Mapping[str, Skill]) -> Iterator[str]:
    """`skills` with every composite one replaced by its parts; unknown ones are left out."""
    for name in skills:
        skill = known.get(name)
        if skill is not None and skill.parts:
            yield from plain(skill.parts, known)
        elif skill is not None:
            yield name


def all_units(courses: Mapping[str, Course], skills: Mapping[str, Skill]) -> tuple[Unit, ...]:
    """Every module of every course in the order in which modules may follow one another."""
    depths = _depths(skills)
    units = [
        unit for course in courses.values() for unit in _units(course, courses, skills, depths)
    ]
    return tuple(sorted(units, key=lambda unit: unit.place))


def _units(
    course: Course,
    courses: Mapping[str, Course],
    skills: Mapping[str, Skill],
    depths: Mapping[str, int],
) -> Iterator[Unit]:
    before = frozenset(_asked_for(course, courses, skills))
    basics = frozenset(plain([_BASICS], skills))
    groundwork: frozenset[str] = frozenset()
    # A course stands after whatever can teach what it demands, even before its first own skill.
    stage = max((_STAGES.index(skills[name].stage) for name in before), default=0)
    depth = max((depths[name] + 1 for name in before), default=0)
    begins: tuple[int, int] | None = None
    for number, module in enumerate(course.modules):
        known = [name for name in module.skills if name in skills]
        taught = tuple(dict.fromkeys(name for name in known if not skills[name].parts))
        stage = max([stage, *(_STAGES.index(skills[name].stage) for name in known)])
        depth = max([depth, *(depths[name] for name in known)])
        begins = begins or ((stage, depth) if known else None)
        builds_on = plain((e.skill for name in taught for e in skills[name].requires), skills)
        if stage < _DEEP_LEARNING:
            groundwork |= basics & set(taught)
        elif stage == _DEEP_LEARNING:
            before |= groundwork
        hours, basis = study_hours(course, module)
        yield Unit(
            ModuleKey(course.id, module.id),
            course,
            module,
            hours,
            basis,
            taught,
            (before | frozenset(builds_on)) - frozenset(taught),
            Place(stage, depth, begins or (stage, depth), course.id, number),
        )


def _asked_for(
    course: Course, courses: Mapping[str, Course], skills: Mapping[str, Skill]
) -> Iterator[str]:
    """The plain skills that a course demands; a course stands for what it teaches first."""
    for entry in course.prerequisites:
        if entry.required and entry.skill is not None:
            yield from plain([entry.skill], skills)
        elif entry.required and entry.course is not None and entry.course in courses:
            yield from plain(courses[entry.course].teaches[:1], skills)


def _depths(skills: Mapping[str, Skill]) -> dict[str, int]:
    """How many skills come one after the other before each skill at most."""

    @cache
    def depth(name: str) -> int:
        before = [other for other in skills[name].before if other in skills]
        return 1 + max(map(depth, before)) if before else 0

    return {name: depth(name) for name in skills}
