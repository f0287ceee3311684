"""What is not in the plan, why, and what it would cost to add."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.types import Course, Perspective
from tutor.citations import CitationBook
from tutor.planning.candidates import is_free, may_be_used, suitability
from tutor.planning.choosing import Choice, with_needs
from tutor.planning.sources import cite_syllabus, who_recommends
from tutor.planning.targets import Side
from tutor.planning.types import Budget, Left, LeftOut, ModuleKey
from tutor.planning.units import Unit
from tutor.planning.wording import goal_of, joined, person_of, sentence, skills_of

_MOST_FOR_TIME = 5
_MOST_FOR_COST = 2
_MOST_VOICES = 3
_MOST_SKILLS = 4


def left_out(choice: Choice, book: CitationBook) -> Iterator[LeftOut]:
    """What there was no time for, what costs money, and what people hold unnecessary."""
    yield from _for_time(choice, book)
    if choice.request.budget is Budget.FREE:
        yield from _for_cost(choice, book)
    for side, skills in choice.targets.skipped:
        yield from _skipped(choice, side, skills, book)


def _for_time(choice: Choice, book: CitationBook) -> Iterator[LeftOut]:
    groups: dict[str, list[int]] = {}
    for skill in (*choice.targets.essential, *choice.targets.wanted):
        ways = [
            way
            for way in choice.problem.ways_to(skill)
            if set(way.modules) <= {*choice.unlimited, *choice.shortest}
        ]
        if ways and not choice.learnt(skill):
            best = max(ways, key=lambda way: way.worth)
            course = choice.units[best.modules[0]].key.course
            groups.setdefault(course, []).extend(best.modules)
    for course, positions in list(groups.items())[:_MOST_FOR_TIME]:
        yield _entry(choice, course, positions, book)


def _entry(choice: Choice, course: str, positions: Sequence[int], book: CitationBook) -> LeftOut:
    added = with_needs(choice, positions, choice.chosen)
    units = [choice.units[at] for at in sorted(set(positions))]
    about = choice.knowledge.courses[course]
    new = [s for u in units for s in u.skills if s in choice.lacking and not choice.learnt(s)]
    names = skills_of(dict.fromkeys(new), choice.knowledge.skills, _MOST_SKILLS)
    numbers = [cited.number for cited in who_recommends(units, choice.advice, book, 1)]
    syllabus = cite_syllabus(about, units, book)
    return LeftOut(
        title=about.title,
        course=course,
        modules=tuple(choice.units[at].key for at in added),
        hours=choice.problem.hours(added),
        reason=Left.TIME,
        why=sentence(
            f"教{names.zh}，时间不够。", f"It teaches {names.en}; there is no time for it."
        ),
        citations=(*numbers, *([syllabus] if syllabus is not None else [])),
    )


def _for_cost(choice: Choice, book: CitationBook) -> Iterator[LeftOut]:
    """What the people of the sources name most among what is not free."""
    paid: list[tuple[float, Course, list[Unit]]] = []
    rich = replace(choice.request, budget=Budget.ANY)
    for course in choice.advice.by_course:
        about = choice.knowledge.courses[course]
        if is_free(about) or not may_be_used(about, rich):
            continue
        units = [
            unit
            for module in about.modules
            if set((unit := choice.knowledge.units[ModuleKey(course, module.id)]).skills)
            & choice.lacking
            & set(choice.targets.asked)
        ]
        if units:
            paid.append((max(map(choice.advice.strength, units)), about, units))
    paid.sort(key=lambda entry: (-entry[0], entry[1].id))
    for _, about, units in paid[:_MOST_FOR_COST]:
        who = who_recommends(units, choice.advice, book, 1)
        syllabus = cite_syllabus(about, units, book)
        name = person_of(who[0].naming.person) if who else None
        yield LeftOut(
            title=about.title,
            course=about.id,
            modules=tuple(unit.key for unit in units),
            hours=sum(unit.hours for unit in units),
            reason=Left.COST,
            why=sentence(
                (f"{name.zh}推荐，但" if name else "") + "要花钱，你只要免费的。",
                (f"{name.en} recommends it, but it" if name else "It")
                + " costs money, and you want only what is free.",
            ),
            citations=(
                *(cited.number for cited in who),
                *([syllabus] if syllabus is not None else []),
            ),
        )


def _skipped(
    choice: Choice, side: Side, skills: Sequence[str], book: CitationBook
) -> Iterator[LeftOut]:
    missing = [
        skill
        for skill in skills
        if skill in choice.lacking and not choice.problem.learnt(skill, choice.unlimited)
    ]
    cited: list[tuple[Perspective, int]] = []
    for person, position in side.voices if missing else ():
        quotable = person.author and len(cited) < _MOST_VOICES
        number = book.cite_view(person, position) if quotable else None
        if number is not None:
            cited.append((person, number))
    if not cited:
        return
    keys, hours = _cheapest(choice, missing)
    names = joined([person_of(person) for person, _ in cited])
    goal = goal_of(choice.request.learner.goal)
    more = len(side.voices) > _MOST_VOICES
    yield LeftOut(
        title=skills_of(missing, choice.knowledge.skills),
        course=None,
        modules=keys,
        hours=hours,
        reason=Left.SKIPPED,
        why=sentence(
            f"{names.zh}{f'等 {len(side.voices)} 位' if more else ''}认为{goal.zh}不必先学这些。",
            f"{names.en}{f' and others, {len(side.voices)} in all,' if more else ''} hold that "
            f"{goal.en} does not need these first.",
        ),
        citations=tuple(number for _, number in cited),
    )


def _cheapest(choice: Choice, skills: Sequence[str]) -> tuple[tuple[ModuleKey, ...], float]:
    """The modules of the course that teaches most of `skills`, of such courses the one that is
    recommended most strongly, and their hours."""
    best: tuple[tuple[int, float], list[Unit]] = ((0, 0.0), [])
    courses = {course for skill in skills for course in choice.knowledge.teachers.get(skill, {})}
    for course in sorted(courses):
        if not may_be_used(choice.knowledge.courses[course], choice.request):
            continue
        teachers = [choice.knowledge.teachers.get(skill, {}).get(course, ()) for skill in skills]
        units = {unit.key: unit for taught in teachers for unit in taught}
        covered = sum(bool(taught) for taught in teachers)
        strength = max(map(choice.advice.strength, units.values()))
        strength *= suitability(choice.knowledge.courses[course], choice.request)
        best = max(best, ((covered, strength), list(units.values())), key=lambda pair: pair[0])
    units_of_best = sorted(best[1], key=lambda unit: unit.place)
    return tuple(unit.key for unit in units_of_best), sum(unit.hours for unit in units_of_best)
