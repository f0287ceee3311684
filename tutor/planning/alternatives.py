"""Other courses that teach what a course is in the plan for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tutor.planning.candidates import is_free
from tutor.planning.choosing import Choice, with_needs
from tutor.planning.problem import Way
from tutor.planning.types import Alternative

_MOST = 3
_HOUR = 0.15  # what an hour more costs beside the worth of ways
_OWN_SHARE = 0.5  # the least part of what a course is there for that another one has to teach


def alternatives(choice: Choice, course: str) -> tuple[Alternative, ...]:
    """The courses that could stand in for a planned one, the best first.

    Each teaches at least half of what the plan would lack without that course; for the rest of it
    the shortest way is counted.
    """
    candidates = choice.problem.candidates
    mine = [at for at in choice.chosen if candidates[at].key.course == course]
    rest = [at for at in choice.chosen if candidates[at].key.course != course]
    needed = {need for at in rest for need in candidates[at].needs}
    purposes = _purposes(choice, mine, rest, needed)
    found: list[tuple[float, Alternative]] = []
    for other in dict.fromkeys(candidate.key.course for candidate in candidates):
        ways = _instead(choice, other, course, purposes, needed) if other != course else []
        if ways:
            taken = {at for way in ways for at in way.modules}
            hours = choice.problem.hours(with_needs(choice, taken, rest, without=course))
            about = choice.knowledge.courses[other]
            more = hours - choice.problem.hours(mine)
            own = [way for way in ways if _course(choice, way) == other]
            worth = sum(way.worth for way in own) - more * _HOUR
            found.append((worth, Alternative(other, about.title, more, is_free(about))))
    found.sort(key=lambda pair: (-pair[0], pair[1].course))
    return tuple(entry for _, entry in found[:_MOST])


def _purposes(
    choice: Choice, mine: Sequence[int], rest: Sequence[int], needed: Collection[str]
) -> list[str]:
    """The skills that the plan would not teach without these modules."""
    skills = dict.fromkeys(skill for at in mine for skill in choice.units[at].skills)
    return [
        skill
        for skill in skills
        if skill in choice.lacking
        and (skill in choice.targets.asked or skill in needed)
        and choice.learnt(skill)
        and not choice.problem.learnt(skill, rest)
    ]


def _instead(
    choice: Choice, other: str, course: str, purposes: Sequence[str], needed: Collection[str]
) -> list[Way]:
    """Ways to learn `purposes` in another course, and where it has none, elsewhere; none at all
    where that course teaches too little of them."""
    taken: list[Way] = []
    for skill in purposes:
        ways = [way for way in choice.problem.ways_to(skill) if _course(choice, way) != course]
        own = [way for way in ways if _course(choice, way) == other]
        if not ways and skill in (*choice.targets.essential, *needed):
            return []
        if not ways:
            continue
        taken += own[:1] or [min(ways, key=lambda way: choice.problem.hours(way.modules))]
    teaches = sum(_course(choice, way) == other for way in taken)
    return taken if teaches and teaches >= _OWN_SHARE * len(purposes) else []


def _course(choice: Choice, way: Way) -> str:
    return choice.units[way.modules[0]].key.course
