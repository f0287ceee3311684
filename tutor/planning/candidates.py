"""Which modules come into question for a learner."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.types import Course, CourseStatus, Direction, Goal, Language
from tutor.course_choice import suits
from tutor.learner import Level
from tutor.planning.knowledge import PlanKnowledge
from tutor.planning.recommendations import Recommendations
from tutor.planning.targets import Targets
from tutor.planning.types import Budget, ModuleKey, PlanRequest
from tutor.planning.units import Unit

_SHORTLIST = 3  # courses that come into question for one skill, besides the lightest
_CONSIDERED = 12
_FREE = frozenset({"free", "audit"})
_ABOUT_LANGUAGE = frozenset({Goal.LLM_APPLICATION, Goal.LLM_ENGINEERING})
_OTHER_LANGUAGE = 0.7  # of what a course would be worth in the learner's own
_NOT_FREE, _SWAPPED_IN = 0.1, 10.0  # of a score of at most 1
_LEVELS = {"beginner": 1.0, "intermediate": 0.85, "advanced": 0.65}
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Lessons:
    """The modules of one course that teach one skill.

    `base` are the first of them, as many as it takes to learn what the learner lacks of it; `more`
    are the others.
    """

    skill: str
    base: tuple[Unit, ...]
    more: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The modules that come into question in the order of study, and the ways to learn from them.

    `wished` are the skills that the plan should teach and can.
    """

    units: tuple[Unit, ...]
    lessons: tuple[Lessons, ...]
    wished: tuple[str, ...]
    lacking: frozenset[str]


def is_free(course: Course) -> bool:
    """Whether a course can be studied without paying."""
    return course.cost in _FREE


def still_lacking(
    knowledge: PlanKnowledge, known: frozenset[str], request: PlanRequest, targets: Targets
) -> dict[str, float]:
    """The hours that each skill still takes: none that is known is among them, and finished
    modules count for as long as they are."""
    finished = [knowledge.units[key] for key in request.done if key in knowledge.units]
    done: dict[str, float] = {}
    for unit in sorted(finished, key=lambda unit: unit.place):
        for skill in unit.skills:
            done[skill] = done.get(skill, 0.0) + unit.hours_on(skill)
    hours = {
        name: targets.hours_to_learn(name) - done.get(name, 0.0)
        for name, skill in knowledge.skills.items()
        if name not in known and not skill.parts
    }
    return {name: left for name, left in hours.items() if left > _TOLERANCE}


def shortlist(
    knowledge: PlanKnowledge,
    request: PlanRequest,
    targets: Targets,
    lacking: Mapping[str, float],
    advice: Recommendations,
    on_paths: Collection[str],
) -> Shortlist:
    """For each skill that is wished for or needed on the way, the few courses that suit best, and
    those `on_paths` that people advise.

    What comes into question does not depend on the time.
    """
    found: list[Lessons] = []
    queue = [skill for skill in targets.asked if skill in lacking]
    for skill in queue:  # grows while it is gone through
        best = _best_lessons(knowledge, request, skill, lacking, advice)
        short = {way.base[0].key.course for way in best}
        others = [course for course in sorted(on_paths) if course not in short]
        found += best
        for course in others:
            found += _lessons(knowledge, request, skill, course, lacking)
        needs = {need for way in best for unit in way.base for need in unit.needs}
        queue.extend(sorted(need for need in needs & lacking.keys() if need not in queue))
    named = _on_paths(knowledge, request, queue, on_paths)
    return _reachable(found, named, targets.asked, frozenset(lacking))


def suitability(course: Course, request: PlanRequest) -> float:
    """How well level and language of a course suit the learner, at most 1: a hard book is no way
    in, and what one reads with effort teaches less."""
    learner = request.learner
    read = 1.0 if learner.language in course.languages else _OTHER_LANGUAGE
    advanced = learner.goal is Goal.RESEARCH or learner.background.machine_learning is Level.SOLID
    return read * (1.0 if advanced else _LEVELS[course.level])


def may_be_used(course: Course, request: PlanRequest) -> bool:
    """Whether a course is current, for the learner's field, readable, affordable, and not swapped
    away. Chinese readers may be given courses in English, but not the other way round."""
    learner = request.learner
    readable = Language.ENGLISH in course.languages or learner.language in course.languages
    fits = suits(course, learner.direction) or (
        learner.goal in _ABOUT_LANGUAGE and Direction.LANGUAGE in course.directions
    )
    return (
        course.status is CourseStatus.CURRENT
        and readable
        and fits
        and (request.budget is Budget.ANY or is_free(course))
        and course.id not in {swap.away for swap in request.swaps}
    )


def _best_lessons(
    knowledge: PlanKnowledge,
    request: PlanRequest,
    skill: str,
    lacking: Mapping[str, float],
    advice: Recommendations,
) -> list[Lessons]:
    """The ways to learn a skill in the few courses that suit best, and in the one that takes the
    least."""
    courses = knowledge.teachers.get(skill, {})
    scores = {course: _score(units, request, advice) for course, units in courses.items()}
    ranked = sorted(scores, key=lambda course: (-scores[course], course))
    found: list[list[Lessons]] = []
    for course in ranked:
        ways = _lessons(knowledge, request, skill, course, lacking)
        found += [ways] if ways else []
        if len(found) == _CONSIDERED:
            break
    best, others = found[:_SHORTLIST], found[_SHORTLIST:]
    lightest = min(others, key=lambda ways: min(_burden(way, lacking) for way in ways), default=[])
    return [way for ways in (*best, lightest) for way in ways]


def _burden(way: Lessons, lacking: Mapping[str, float]) -> tuple[int, float]:
    """How much a way takes: what is lacking before it, then its hours."""
    before = {need for unit in way.base for need in unit.needs if need in lacking}
    return len(before), sum(unit.hours for unit in way.base)


def _lessons(
    knowledge: PlanKnowledge,
    request: PlanRequest,
    skill: str,
    course: str,
    lacking: Mapping[str, float],
) -> list[Lessons]:
    """The ways to learn a skill that is lacking in one course: the first modules on it, and where
    others ask for less before them that is lacking, the first of those."""
    units = knowledge.teachers.get(skill, {}).get(course, ())
    left = [unit for unit in units if unit.key not in request.done]
    if not left or not may_be_used(knowledge.courses[course], request):
        return []
    asked = {unit.key: len(unit.needs & lacking.keys()) for unit in left}
    least = min(asked.values())
    light = [unit for unit in left if asked[unit.key] == least]
    ways = (_first(modules, skill, lacking[skill]) for modules in (left, light))
    return list(dict.fromkeys(way for way in ways if way is not None))


def _first(units: Sequence[Unit], skill: str, hours: float) -> Lessons | None:
    sums = accumulate(unit.hours_on(skill) for unit in units)
    enough = next((n for n, total in enumerate(sums, 1) if total >= hours - _TOLERANCE), None)
    return Lessons(skill, tuple(units[:enough]), tuple(units[enough:])) if enough else None


def _score(units: Sequence[Unit], request: PlanRequest, advice: Recommendations) -> float:
    """How well the modules of one course on a skill suit a learner."""
    course = units[0].course
    score = max(map(advice.strength, units)) * suitability(course, request)
    score -= 0.0 if is_free(course) else _NOT_FREE
    return score + (_SWAPPED_IN if course.id in {swap.to for swap in request.swaps} else 0.0)


def _on_paths(
    knowledge: PlanKnowledge, request: PlanRequest, skills: Sequence[str], courses: Collection[str]
) -> Iterator[Unit]:
    """The modules on `skills` in courses that people's paths lead through, long enough to learn
    the skill from or not."""
    for skill in skills:
        for course, units in knowledge.teachers.get(skill, {}).items():
            if course in courses and may_be_used(knowledge.courses[course], request):
                yield from (unit for unit in units if unit.key not in request.done)


def _reachable(
    found: Sequence[Lessons],
    others: Iterable[Unit],
    wished: Sequence[str],
    lacking: frozenset[str],
) -> Shortlist:
    """Without the modules that could never have what they need, and the ways that need them."""
    listed = {unit.key: unit for way in found for unit in (*way.base, *way.more)}
    listed |= {unit.key: unit for unit in others}
    ends: dict[ModuleKey, list[Lessons]] = {}
    for way in found:
        ends.setdefault(way.base[-1].key, []).append(way)
    kept: dict[ModuleKey, Unit] = {}
    open_to: set[str] = set()
    lessons: list[Lessons] = []
    for unit in sorted(listed.values(), key=lambda unit: unit.place):
        if unit.needs & lacking <= open_to:
            kept[unit.key] = unit
            mine = [way for way in ends.get(unit.key, ()) if _all_in(way.base, kept)]
            open_to.update(way.skill for way in mine)
            lessons.extend(mine)
    return Shortlist(
        tuple(kept.values()),
        tuple(Lessons(way.skill, way.base, tuple(_leading(way.more, kept))) for way in lessons),
        tuple(skill for skill in wished if skill in open_to),
        lacking,
    )


def _all_in(units: Sequence[Unit], kept: Mapping[ModuleKey, Unit]) -> bool:
    return all(unit.key in kept for unit in units)


def _leading(units: Sequence[Unit], kept: Mapping[ModuleKey, Unit]) -> Iterator[Unit]:
    for unit in units:
        if unit.key not in kept:
            return
        yield unit
