"""Who recommends which modules, and how much that counts for a goal."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from corpus.types import Bilingual, Course, Goal, Perspective, StudyPath
from tutor.planning.knowledge import PlanKnowledge
from tutor.planning.types import ModuleKey
from tutor.planning.units import Unit
from tutor.selection import author_key

UNNAMED = 0.35  # the strength of a module that nobody names
_FOR_THE_GOAL, _FOR_ANY_GOAL, _FOR_OTHERS = 1.0, 0.4, 0.1
_WHOLE_COURSE, _AMONG_RESOURCES = 0.8, 0.5
_OWN = 0.5  # of what is said of a course by whoever makes it
_REMEMBERED = 2 * len(Goal)  # of the goals, for what is known now and was before
_SATURATION = 2.0  # people after whom more of them add little


@dataclass(frozen=True, slots=True)
class Naming:
    """One person's word for a course or some of its modules.

    `course` is what they named, `modules` the parts of it, empty for the whole. `text` is the step
    of their study path, None where the course is only among their resources. `weight` is at most
    1, and `for_goal` says whether it was said with the learner's goal in mind. `path` is the
    number of the path among those of the person.
    """

    person: Perspective
    course: str
    modules: frozenset[str]
    text: Bilingual | None
    weight: float
    for_goal: bool
    path: int | None = None


@dataclass(frozen=True, slots=True)
class Recommendations:
    """All namings by the course to take: what was said of a superseded course counts for the one
    that replaced it, there for the modules that teach the same skills."""

    by_course: Mapping[str, tuple[Naming, ...]]
    courses: Mapping[str, Course]
    _strengths: dict[ModuleKey, float] = field(default_factory=dict)

    def of(self, unit: Unit) -> list[Naming]:
        """The namings that hold for a module, one a person, the weightiest first."""
        best: dict[str, Naming] = {}
        for naming in self.by_course.get(unit.key.course, ()):
            author = author_key(naming.person)
            held = author not in best or naming.weight > best[author].weight
            if held and self.means(naming, unit):
                best[author] = naming
        return sorted(best.values(), key=lambda naming: (-naming.weight, naming.person.id))

    def strength(self, unit: Unit) -> float:
        """How strongly a module is recommended, from `UNNAMED` to almost 1."""
        found = self._strengths.get(unit.key)
        if found is None:
            total = sum(naming.weight for naming in self.of(unit))
            found = UNNAMED + (1 - UNNAMED) * (1 - math.exp(-total / _SATURATION))
            self._strengths[unit.key] = found
        return found

    def current(self, course: str) -> str:
        """The course to take today in the place of one that somebody named."""
        return successor(self.courses, course)

    def means(self, naming: Naming, unit: Unit) -> bool:
        """Whether a naming holds for a module."""
        if unit.key.course != self.current(naming.course):
            return False
        if not naming.modules:
            return True
        if naming.course == unit.key.course:
            return unit.key.module in naming.modules
        return unit.key.module in _same_part(
            self.courses[naming.course], naming.modules, unit.course
        )


def _same_part(old: Course, modules: Collection[str], new: Course) -> list[str]:
    """The modules of `new` that teach what some modules of `old` taught, as far as it takes to
    come to the last of these skills."""
    skills = {skill for module in old.modules if module.id in modules for skill in module.skills}
    places = [number for number, m in enumerate(new.modules) if skills & set(m.skills)]
    first = {
        skill: next(number for number in places if skill in new.modules[number].skills)
        for skill in skills & {skill for module in new.modules for skill in module.skills}
    }
    last = max(first.values(), default=-1)
    return [new.modules[number].id for number in places if number <= last]


@lru_cache(maxsize=_REMEMBERED)
def recommendations(knowledge: PlanKnowledge, goal: Goal | None) -> Recommendations:
    """Who recommends what, weighed for `goal`."""
    found: dict[str, list[Naming]] = {}
    for person in knowledge.people:
        for naming in (*_on_paths(person, goal), *_among_resources(person, goal)):
            about = knowledge.courses.get(naming.course)
            if about is not None:
                own = makes(person, about)
                said = replace(naming, weight=_OWN * naming.weight) if own else naming
                found.setdefault(successor(knowledge.courses, about.id), []).append(said)
    return Recommendations({id: tuple(all) for id, all in found.items()}, knowledge.courses)


def makes(person: Perspective, course: Course) -> bool:
    """Whether somebody is one of those who make a course."""
    makers = (part.strip() for name in course.instructors for part in re.split("[()（）]", name))
    return any(part and part in person.author for part in makers)


def successor(courses: Mapping[str, Course], course: str) -> str:
    """The id of the course to take today in the place of `course`, as a rule itself."""
    following = courses[course].superseded_by
    while following is not None and following in courses:
        course, following = following, courses[following].superseded_by
    return course


def _on_paths(person: Perspective, goal: Goal | None) -> Iterator[Naming]:
    for number, path in enumerate(person.paths):
        fit = _fit(path.goals, goal)
        for step in path.steps:
            if step.course is not None:
                part = 1.0 if step.modules else _WHOLE_COURSE
                yield Naming(
                    person,
                    step.course,
                    frozenset(step.modules),
                    step.text,
                    fit * part * _share(person.paths, step.course),
                    _is_meant(path.goals, goal),
                    number,
                )


def _share(paths: Sequence[StudyPath], course: str) -> float:
    """Half, and up to 1 for what all the paths of a person have in common, the short ones too."""
    naming = sum(any(step.course == course for step in path.steps) for path in paths)
    return 0.5 + 0.5 * naming / len(paths)


def _among_resources(person: Perspective, goal: Goal | None) -> Iterator[Naming]:
    goals = tuple({goal for position in person.positions for goal in position.goals})
    weight = _AMONG_RESOURCES * _fit(goals, goal)
    for course in dict.fromkeys(resource.course for resource in person.resources):
        if course is not None:
            yield Naming(person, course, frozenset(), None, weight, _is_meant(goals, goal))


def _fit(goals: Sequence[Goal], goal: Goal | None) -> float:
    if goal in goals or (goal is None and not goals):
        return _FOR_THE_GOAL
    return _FOR_ANY_GOAL if not goals or goal is None else _FOR_OTHERS


def _is_meant(goals: Sequence[Goal], goal: Goal | None) -> bool:
    return goal is not None and goal in goals
