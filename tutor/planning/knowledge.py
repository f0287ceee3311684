"""What plans are made from, gathered once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from weakref import WeakKeyDictionary

from corpus.index import Index
from corpus.skills import Skill, load_skills
from corpus.types import Course, Perspective
from tutor.planning.types import ModuleKey
from tutor.planning.units import Unit, all_units


@dataclass(frozen=True, slots=True, eq=False)
class PlanKnowledge:
    """Courses by id, people, skills by id, and every module; the same only as an object.

    `units` are the modules by key, in the order of study; `teachers` those that teach a skill, by
    skill and course.
    """

    courses: Mapping[str, Course]
    people: tuple[Perspective, ...]
    skills: Mapping[str, Skill]
    units: Mapping[ModuleKey, Unit]
    teachers: Mapping[str, Mapping[str, tuple[Unit, ...]]]


def gather(
    courses: Iterable[Course], people: Iterable[Perspective], skills: Mapping[str, Skill]
) -> PlanKnowledge:
    """What plans are made from; the order of `courses` and `people` does not matter."""
    by_id = {course.id: course for course in sorted(courses, key=lambda course: course.id)}
    ordered = tuple(sorted(people, key=lambda person: person.id))
    units = all_units(by_id, skills)
    return PlanKnowledge(
        courses=MappingProxyType(by_id),
        people=ordered,
        skills=skills,
        units=MappingProxyType({unit.key: unit for unit in units}),
        teachers=MappingProxyType(_teachers(units)),
    )


def _teachers(units: Iterable[Unit]) -> dict[str, dict[str, tuple[Unit, ...]]]:
    found: dict[str, dict[str, list[Unit]]] = {}
    for unit in units:
        for skill in unit.skills:
            found.setdefault(skill, {}).setdefault(unit.key.course, []).append(unit)
    return {
        skill: {course: tuple(units) for course, units in courses.items()}
        for skill, courses in found.items()
    }


_gathered: WeakKeyDictionary[Index, tuple[int, PlanKnowledge]] = WeakKeyDictionary()


def plan_knowledge(index: Index) -> PlanKnowledge:
    """All that an index knows, gathered anew only after it has changed. Raises StoreError."""
    generation = index.generation()
    found = _gathered.get(index)
    if found is None or found[0] != generation:
        sources = index.sources()
        courses = [source for source in sources if isinstance(source, Course)]
        people = [source for source in sources if isinstance(source, Perspective)]
        found = (generation, gather(courses, people, load_skills()))
        _gathered[index] = found
    return found[1]
