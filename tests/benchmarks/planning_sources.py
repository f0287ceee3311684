"""Sources of any number of courses: the bundled ones, and copies of them that teach otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count, islice
from random import Random

from corpus.course_files import load_courses
from corpus.perspective_files import load_perspectives
from corpus.skills import load_skills
from corpus.types import Course, Module, Perspective
from tutor.planning.knowledge import PlanKnowledge, gather

_OTHER_SKILLS = 0.25  # of the modules of a copy teach what some other module teaches
_LENGTHS = (0.7, 1.4)  # times the hours of a module


def knowledge_of_size(courses: int) -> PlanKnowledge:
    """What a planner knows with so many courses: as many of the bundled ones as that, spread
    evenly, or all of them and copies. With each round of copies come copies of the people."""
    bundled, people = load_courses(), list(load_perspectives())
    if courses <= len(bundled):
        kept = [bundled[place * len(bundled) // courses] for place in range(courses)]
        return gather(kept, people, load_skills())
    found, spoken = [*bundled], [*people]
    for number in islice(count(1), -(-courses // len(bundled)) - 1):
        found += copies(bundled, number)
        spoken += [_copied_person(person, number) for person in people]
    return gather(found[:courses], spoken, load_skills())


def copies(bundled: Sequence[Course], number: int) -> list[Course]:
    """The courses again under other ids, with other lengths and partly other skills: the same
    ones for the same number."""
    chance = Random(number)
    modules = [module for course in bundled for module in course.modules]
    return [_copied(course, number, modules, chance) for course in bundled]


def _id(course: str, number: int) -> str:
    return f"{course}-{number}"


def _copied(course: Course, number: int, modules: Sequence[Module], chance: Random) -> Course:
    length = chance.uniform(*_LENGTHS)
    mixed = tuple(_mixed(module, modules, length, chance) for module in course.modules)
    taught = dict.fromkeys(skill for module in mixed for skill in module.skills)
    following = course.superseded_by
    return replace(
        course,
        id=_id(course.id, number),
        url=f"{course.url}#{number}",
        modules=mixed,
        teaches=tuple(taught),
        hours=course.hours and round(course.hours * length, 1),
        module_hours=course.module_hours and round(course.module_hours * length, 1),
        prerequisites=tuple(
            replace(entry, course=entry.course and _id(entry.course, number))
            for entry in course.prerequisites
        ),
        superseded_by=following and _id(following, number),
    )


def _mixed(module: Module, modules: Sequence[Module], length: float, chance: Random) -> Module:
    other = chance.random() < _OTHER_SKILLS
    return replace(
        module,
        hours=module.hours and round(module.hours * length, 1),
        skills=chance.choice(modules).skills if other else module.skills,
    )


def _copied_person(person: Perspective, number: int) -> Perspective:
    """Somebody else who says the same of the copies."""
    paths = [
        replace(
            path,
            steps=tuple(
                replace(step, course=step.course and _id(step.course, number))
                for step in path.steps
            ),
        )
        for path in person.paths
    ]
    resources = [
        replace(resource, course=resource.course and _id(resource.course, number))
        for resource in person.resources
    ]
    return replace(
        person,
        id=f"{person.id}-{number}",
        url=f"{person.url}#{number}",
        author=person.author and f"{person.author} {number}",
        paths=tuple(paths),
        resources=tuple(resources),
    )
