"""What a teacher checks of a plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from plan_profiles import Checks, Profile

from corpus.types import Course, CourseStatus, Language
from tutor.planning.types import Plan, PlannedModule, PlanStep, StepKind

_ROUNDING = 1e-6


def study_steps(plan: Plan) -> Iterator[tuple[int, PlanStep]]:
    """Every step of study with the number of its week."""
    for week in plan.weeks:
        for step in week.steps:
            if step.kind is StepKind.STUDY:
                yield week.number, step


def modules(plan: Plan) -> list[tuple[int, PlannedModule]]:
    """Every planned module with the number of its week, in the order of the plan."""
    return [(week, module) for week, step in study_steps(plan) for module in step.modules]


def failed(profile: Profile, plan: Plan, courses: Mapping[str, Course]) -> list[str]:
    """The checks that the plan does not pass, each in a few words; empty when all is well."""
    return [*_sound(plan, courses), *_wanted(profile.checks, plan, courses, profile.language)]


def _sound(plan: Plan, courses: Mapping[str, Course]) -> Iterator[str]:
    """What holds of every plan, whoever it is for."""
    verdict = plan.verdict
    if verdict.fits != (not verdict.missing):
        yield "verdict and missing skills disagree"
    if verdict.fits and verdict.hours_least > verdict.hours_available + _ROUNDING:
        yield "fits, yet needs more time than there is"
    yield from _sound_weeks(plan)
    yield from _sound_courses(plan, courses)


def _sound_weeks(plan: Plan) -> Iterator[str]:
    learner = plan.request.learner
    for week in plan.weeks:
        if learner.hours_per_week and week.hours > learner.hours_per_week + _ROUNDING:
            yield f"week {week.number} is over its hours"
        if not week.steps:
            yield f"week {week.number} is empty"
        if any(not step.citations for step in week.steps):
            yield f"week {week.number} has a step without a source"
    if learner.weeks and len(plan.weeks) > max(1, learner.weeks) + _ROUNDING:
        yield "more weeks than there are"


def _sound_courses(plan: Plan, courses: Mapping[str, Course]) -> Iterator[str]:
    keys = [module.key for _, module in modules(plan)]
    for id in dict.fromkeys(key.course for key in keys):
        if courses[id].status is not CourseStatus.CURRENT:
            yield f"{id} was superseded"
        places = {module.id: place for place, module in enumerate(courses[id].modules)}
        order = [places[key.module] for key in keys if key.course == id]
        if order != sorted(order):
            yield f"{id} is not in its own order"


def _wanted(
    checks: Checks, plan: Plan, courses: Mapping[str, Course], language: Language
) -> Iterator[str]:
    """What this learner's plan has to hold."""
    if checks.fits is not None and plan.verdict.fits is not checks.fits:
        yield f"fits is {plan.verdict.fits}"
    projects = any(s.kind is StepKind.PROJECT for week in plan.weeks for s in week.steps)
    if checks.project is not None and projects is not checks.project:
        yield "no project" if checks.project else "a project that nobody asked for"
    yield from _wanted_skills(checks, plan)
    yield from _wanted_courses(checks, plan, courses)
    yield from _wanted_language(checks, plan, courses, language)


def _wanted_skills(checks: Checks, plan: Plan) -> Iterator[str]:
    taught = _first_places(plan)
    yield from (f"does not teach {skill}" for skill in checks.teaches if skill not in taught)
    if checks.teaches_one and not taught.keys() & set(checks.teaches_one):
        yield f"teaches none of {', '.join(checks.teaches_one)}"
    for first, then in checks.before:
        if first in taught and then in taught and taught[first] > taught[then]:
            yield f"{first} comes after {then}"
    yield from _needless(checks.spares, plan)


def _wanted_courses(checks: Checks, plan: Plan, courses: Mapping[str, Course]) -> Iterator[str]:
    used = {step.course for _, step in study_steps(plan) if step.course}
    if checks.courses_one and not used & set(checks.courses_one):
        yield f"uses none of {', '.join(checks.courses_one)}"
    yield from (f"uses {id}" for id in checks.courses_none if id in used)
    if checks.most_courses is not None and len(used) > checks.most_courses:
        yield f"{len(used)} courses"
    if checks.free:
        yield from (f"{id} costs money" for id in used if courses[id].cost in {"paid", "book"})


def _wanted_language(
    checks: Checks, plan: Plan, courses: Mapping[str, Course], language: Language
) -> Iterator[str]:
    if checks.own_language is not None:
        share = _share_in(language, plan, courses)
        if share < checks.own_language - _ROUNDING:
            yield f"only {share:.2f} of the hours in {language}"


def _needless(spared: Collection[str], plan: Plan) -> Iterator[str]:
    """Modules that teach nothing but what was to be spared."""
    for _, module in modules(plan):
        if module.skills and set(module.skills) <= set(spared):
            yield f"spends time on {', '.join(module.skills)}: {'/'.join(module.key)}"


def _first_places(plan: Plan) -> dict[str, int]:
    """Where each skill is first taught, counted in modules from the beginning."""
    first: dict[str, int] = {}
    for place, (_, module) in enumerate(modules(plan)):
        for skill in module.skills:
            first.setdefault(skill, place)
    return first


def _share_in(language: Language, plan: Plan, courses: Mapping[str, Course]) -> float:
    """The share of the study hours in courses that exist in `language`; 1 without any hours."""
    steps = [step for _, step in study_steps(plan) if step.course]
    total = sum(step.hours for step in steps)
    spoken = sum(s.hours for s in steps if s.course and language in courses[s.course].languages)
    return spoken / total if total else 1.0
