"""Measure study plans: learners with a teacher's checks, and what the sources advise themselves.

Run from the root of the project: `python tests/evaluation/measure_plans.py [--half tune|test]
[--show ID]`. Of the test half only totals are printed, unless `--show` names a learner.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evaluation_questions import Half
from plan_checks import failed, study_steps
from plan_profiles import ANY, Profile, load_profiles
from plan_stage import Planner, bundled_planner

from corpus.types import Course, Goal, Language, Perspective, StudyPath
from tutor.learner import Known, Learner
from tutor.planning.types import Budget, Plan, PlanRequest
from tutor.understanding import understand

_NEAR = 0.05  # "two months" are 8.667 weeks, written 8.67
_HOURS = 15.0  # a week, where an advised path says only how many weeks it takes
_FIELDS = ("goal", "direction", "weeks", "hours", "mathematics", "programming", "machine_learning")


@dataclass(frozen=True, slots=True)
class Compared:
    """A path that somebody advises beside the plan for the learner it is meant for.

    `kept` are its courses that the plan holds, those that took their place included, `missing`
    the others and `added` what only the plan holds. `in_order` tells of the pairs of kept courses
    how many begin in the same order.
    """

    person: str
    goal: Goal | None
    weeks: int | None
    kept: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]
    in_order: tuple[int, int]


def misread(profile: Profile) -> list[str]:
    """The fields that are read otherwise from the learner's words than they should be."""
    understood = understand(profile.words)
    learner = understood.learner
    read = {
        "goal": learner.goal if learner.goal_known is not Known.LIKELY else None,
        "direction": learner.direction,
        "weeks": learner.weeks,
        "hours": learner.hours_per_week,
        "mathematics": learner.background.mathematics,
        "programming": learner.background.programming,
        "machine_learning": learner.background.machine_learning,
    }
    wrong = [name for name in _FIELDS if not _same(profile.asks.get(name), read[name])]
    if understood.wants_free is not (profile.asks.get("budget") == Budget.FREE):
        wrong.append("budget")
    return wrong


def _same(wanted: object, read: object) -> bool:
    if wanted == ANY:
        return True
    if isinstance(wanted, list):
        return read in wanted
    if isinstance(wanted, int | float) and isinstance(read, int | float):
        return 0 <= wanted - read + _NEAR < 1
    return wanted == read


def compared(planner: Planner) -> Iterator[Compared]:
    """Every path of two or more courses that names a goal or a time, beside our plan for it."""
    for person in planner.people:
        for path in person.paths:
            courses = _courses_of(path, planner.courses)
            if len(courses) > 1 and (path.goals or path.weeks):
                goal = path.goals[0] if path.goals else None
                plan = planner.plan(_request(person, path, goal))
                yield _beside(person, path, goal, courses, plan)


def _courses_of(path: StudyPath, known: Mapping[str, Course]) -> tuple[str, ...]:
    """The courses of a path, each replaced by what superseded it."""
    named = [known[step.course] for step in path.steps if step.course in known]
    return tuple(dict.fromkeys(course.superseded_by or course.id for course in named))


def _request(person: Perspective, path: StudyPath, goal: Goal | None) -> PlanRequest:
    learner = Learner(
        language=Language(person.language),
        goal=goal,
        goal_known=Known.STATED if goal else Known.UNKNOWN,
        weeks=path.weeks,
        hours_per_week=_HOURS,
    )
    return PlanRequest(learner)


def _beside(
    person: Perspective, path: StudyPath, goal: Goal | None, advised: Sequence[str], plan: Plan
) -> Compared:
    used = tuple(dict.fromkeys(step.course for _, step in study_steps(plan) if step.course))
    kept = tuple(id for id in advised if id in used)
    places = [used.index(id) for id in kept]
    pairs = [(a, b) for place, a in enumerate(places) for b in places[place + 1 :]]
    return Compared(
        person.id,
        goal,
        path.weeks,
        kept,
        tuple(id for id in advised if id not in used),
        tuple(id for id in used if id not in advised),
        (sum(a < b for a, b in pairs), len(pairs)),
    )


def report(planner: Planner, half: Half) -> Iterator[str]:
    """The figures of one half, and on the tune half what went wrong."""
    profiles = [profile for profile in load_profiles() if profile.half is half]
    wrong = {profile.id: misread(profile) for profile in profiles}
    fails = {
        profile.id: failed(profile, planner.plan(profile.request()), planner.courses)
        for profile in profiles
    }
    said = {
        profile.id: failed(profile, planner.plan(_as_read(profile)), planner.courses)
        for profile in profiles
    }
    number = len(profiles)
    yield f"{half}: {number} learners"
    yield f"every field read rightly: {sum(not one for one in wrong.values())} of {number}"
    fields = Counter(name for one in wrong.values() for name in one)
    yield f"fields misread: {dict(fields.most_common())}"
    yield f"plans that pass every check: {sum(not one for one in fails.values())} of {number}"
    yield f"the same from the learner's own words: {sum(not one for one in said.values())}"
    if half is Half.TUNE:
        for id, fields_of in wrong.items():
            if fields_of or fails[id] or said[id]:
                yield f"  {id}: misread {fields_of}, failed {fails[id]}, from words {said[id]}"


def _as_read(profile: Profile) -> PlanRequest:
    understood = understand(profile.words)
    budget = Budget.FREE if understood.wants_free else Budget.ANY
    return PlanRequest(replace(understood.learner, language=profile.language), budget)


def beside_the_sources(planner: Planner) -> Iterator[str]:
    """What the sources advise, what the plan holds of it, and the totals."""
    found = list(compared(planner))
    for one in found:
        yield (
            f"{one.person} ({one.goal or 'any goal'}, {one.weeks or 'no'} weeks): "
            f"kept {', '.join(one.kept) or 'none'}; without {', '.join(one.missing) or 'none'}; "
            f"besides {', '.join(one.added) or 'none'}; order {one.in_order[0]}/{one.in_order[1]}"
        )
    kept = sum(len(one.kept) for one in found)
    advised = kept + sum(len(one.missing) for one in found)
    ordered, pairs = (sum(one.in_order[i] for one in found) for i in (0, 1))
    yield f"advised courses that the plans hold: {kept} of {advised}; order kept: {ordered}/{pairs}"


def show(plan: Plan) -> Iterator[str]:
    """A plan in a few lines."""
    yield plan.verdict.says.text(plan.request.learner.language)
    for week in plan.weeks:
        steps = "; ".join(
            f"{step.course or 'project'} {step.hours:g} h "
            f"[{' '.join(module.key.module for module in step.modules)}]"
            for step in week.steps
        )
        yield f"  {week.number} ({week.hours:g} h): {steps}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", type=Half, choices=list(Half), default=Half.TEST)
    parser.add_argument("--show", help="the id of a learner whose plan is printed")
    arguments = parser.parse_args()
    with bundled_planner() as planner:
        if arguments.show:
            profile = next(one for one in load_profiles() if one.id == arguments.show)
            plan = planner.plan(profile.request())
            lines = [*show(plan), *failed(profile, plan, planner.courses)]
        else:
            lines = [*report(planner, arguments.half), *beside_the_sources(planner)]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
