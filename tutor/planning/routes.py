"""The study paths of people as routes through the modules that come into question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.types import Perspective, StudyPath
from tutor.course_choice import suits
from tutor.planning.candidates import Shortlist, may_be_used
from tutor.planning.knowledge import PlanKnowledge
from tutor.planning.recommendations import Naming, Recommendations
from tutor.planning.types import ModuleKey, PlanRequest
from tutor.planning.units import Unit

_MOST = 8
_LEAST_SHARE = 0.5  # of what is new to the learner on a path, for it still to be that path


@dataclass(frozen=True, slots=True)
class AdvisedPath:
    """A study path, with what it says of courses that are known; `courses` are those to take."""

    person: Perspective
    path: StudyPath
    namings: tuple[Naming, ...]
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PathRoute:
    """The modules that a person's path comes to."""

    person: Perspective
    path: StudyPath
    units: tuple[Unit, ...]


def advised_paths(
    knowledge: PlanKnowledge, request: PlanRequest, advice: Recommendations
) -> list[AdvisedPath]:
    """The paths that people lay out for the learner's goal, else those for no goal in particular.

    Where there are very many, those that are laid out in weeks come first, then those that lead
    through most courses that the learner can use.
    """
    goal = request.learner.goal
    found = list(_paths(knowledge, request, advice))
    meant = [path for path in found if goal in path.path.goals]
    fitting = meant or [path for path in found if not path.path.goals]
    return sorted(fitting, key=lambda path: (not path.path.weeks, -len(path.courses)))[:_MOST]


def routes(
    knowledge: PlanKnowledge,
    request: PlanRequest,
    paths: Sequence[AdvisedPath],
    listed: Shortlist,
    advice: Recommendations,
) -> Iterator[PathRoute]:
    """The paths of which enough is left beside what the learner knows and does not want."""
    useful = frozenset(listed.wished).union(*(unit.needs for unit in listed.units))
    in_question = {unit.key for unit in listed.units if useful & set(unit.skills)}
    for path in paths:
        named = _named(knowledge, request, path, advice)
        new = [unit for unit in named if listed.lacking & set(unit.skills)]
        kept = sorted((u for u in new if u.key in in_question), key=lambda unit: unit.place)
        if kept and len(kept) >= _LEAST_SHARE * len(new):
            yield PathRoute(path.person, path.path, tuple(kept))


def _paths(
    knowledge: PlanKnowledge, request: PlanRequest, advice: Recommendations
) -> Iterator[AdvisedPath]:
    by_path: dict[tuple[str, int], list[Naming]] = {}
    for namings in advice.by_course.values():
        for naming in namings:
            if naming.path is not None:
                by_path.setdefault((naming.person.id, naming.path), []).append(naming)
    for (_, number), on_path in sorted(by_path.items()):
        courses = dict.fromkeys(advice.current(naming.course) for naming in on_path)
        usable = [id for id in courses if may_be_used(knowledge.courses[id], request)]
        person = on_path[0].person
        if usable:
            yield AdvisedPath(person, person.paths[number], tuple(on_path), tuple(usable))


def _named(
    knowledge: PlanKnowledge, request: PlanRequest, path: AdvisedPath, advice: Recommendations
) -> Iterator[Unit]:
    """The modules that a path names, in courses for the learner's field."""
    for course in sorted({advice.current(naming.course) for naming in path.namings}):
        about = knowledge.courses[course]
        if suits(about, request.learner.direction):
            for module in about.modules:
                unit = knowledge.units[ModuleKey(course, module.id)]
                named = any(advice.means(naming, unit) for naming in path.namings)
                if named and unit.key not in request.done:
                    yield unit
