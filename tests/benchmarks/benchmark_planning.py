"""How long a study plan takes, by the number of courses that are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from math import ceil
from random import Random
from typing import Any
from unittest.mock import patch

from benchmark_statistics import ratio, seconds_of, spread, take_turns

from corpus.bundled_embedder import BundledEmbedder
from corpus.course_files import load_courses
from corpus.course_text import render_course
from corpus.perspective_files import load_perspectives
from corpus.skills import load_skills
from corpus.types import Bilingual, Course, Direction, Goal, Language, Perspective, Text
from tutor.citations import CitationBook
from tutor.learner import Background, Learner, Level
from tutor.plan import cited_plan
from tutor.planning import solver
from tutor.planning.choosing import Choice, choose
from tutor.planning.knowledge import PlanKnowledge, gather
from tutor.planning.types import PlanRequest

SIZES = (30, 300, 3_000)
ROUNDS = 3
AIM = 100  # milliseconds at 300 courses
_TODAY = date(2026, 1, 1)
_NEW = Background(Level.BASIC, Level.BASIC, Level.NONE)
_BLANK = Background(Level.NONE, Level.NONE, Level.NONE)
_SEASONED = Background(Level.SOLID, Level.SOLID, Level.SOLID)
_CHINESE, _ENGLISH = Language.CHINESE, Language.ENGLISH


def learners() -> list[Learner]:
    """Learners with little and much time, from no background to a solid one."""
    asked = (
        (_CHINESE, Goal.GRADUATION_PROJECT, Direction.LANGUAGE, 8.0, 10.0, _NEW),
        (_CHINESE, Goal.JOB, Direction.VISION, 26.0, 10.0, _NEW),
        (_CHINESE, Goal.LLM_APPLICATION, None, 4.0, 5.0, _NEW),
        (_CHINESE, Goal.JOB, None, 30.0, 12.0, _BLANK),
        (_CHINESE, None, Direction.LANGUAGE, 20.0, 15.0, _NEW),
        (_ENGLISH, Goal.RESEARCH, None, 52.0, 10.0, _NEW),
        (_ENGLISH, Goal.LLM_ENGINEERING, Direction.LANGUAGE, 12.0, 8.0, _SEASONED),
        (_ENGLISH, Goal.APPLICATION, Direction.VISION, 4.0, 20.0, _NEW),
        (_ENGLISH, Goal.CURIOSITY, None, 2.0, 5.0, _BLANK),
    )
    return [
        Learner(
            language,
            goal,
            direction=direction,
            weeks=weeks,
            hours_per_week=hours,
            background=background,
        )
        for language, goal, direction, weeks, hours, background in asked
    ]


def run() -> list[dict[str, Any]]:
    """The figures for each number of courses."""
    return [_measure(known_courses(size)) for size in SIZES]


def known_courses(size: int) -> PlanKnowledge:
    """`size` courses: the bundled ones, and others like them, each with people who name it."""
    courses, people = load_courses(), load_perspectives()
    random = Random(1)
    all_courses, all_people = list(courses), list(people)
    for number in range(1, 1 + size // len(courses)):
        all_courses += [_like(course, number, random) for course in courses]
        named = random.sample(people, len(people) // 3)
        all_people += [_of_others(person, number) for person in named]
    return gather(all_courses[:size], all_people, load_skills())


def _like(course: Course, number: int, random: Random) -> Course:
    """A course on the same in another length, without some of the modules."""
    longer = random.uniform(0.6, 1.6)
    kept = sorted(random.sample(range(len(course.modules)), ceil(0.8 * len(course.modules))))
    title = Bilingual(f"{course.title.zh}（{number}）", f"{course.title.en} ({number})")
    plain = replace(
        course,
        id=f"{course.id}-{number}",
        title=title,
        aliases=(),
        modules=tuple(course.modules[at] for at in kept),
        hours=course.hours and course.hours * longer,
        module_hours=course.module_hours and course.module_hours * longer,
        superseded_by=course.superseded_by and f"{course.superseded_by}-{number}",
    )
    texts = (Text(language, False, render_course(plain, language)) for language in Language)
    return replace(plain, texts=tuple(texts))


def _of_others(person: Perspective, number: int) -> Perspective:
    """The same words of somebody else, about the courses with this number."""
    return replace(
        person,
        id=f"{person.id}-{number}",
        author=f"{person.author} {number}" if person.author else "",
        paths=tuple(
            replace(
                path,
                steps=tuple(
                    replace(step, course=step.course and f"{step.course}-{number}")
                    for step in path.steps
                ),
            )
            for path in person.paths
        ),
        resources=tuple(
            replace(named, course=named.course and f"{named.course}-{number}")
            for named in person.resources
        ),
    )


def _measure(knowledge: PlanKnowledge) -> dict[str, Any]:
    courses = tuple(knowledge.courses.values())
    again = partial(gather, courses, knowledge.people, knowledge.skills)
    taken: dict[str, list[float]] = {}
    modules = []
    for learner in learners():
        request = PlanRequest(learner)
        choice = choose(request, knowledge)
        modules.append(len(choice.units))
        lanes: dict[str, Callable[[], object]] = {
            "defaults": partial(_solved_by_default, choice),
            "solver": partial(_solved, choice),
            "choice": partial(choose, request, knowledge),
            "plan": partial(_planned, request, knowledge),
        }
        take_turns(lanes, rounds=1)
        for name, seconds in take_turns(lanes, ROUNDS).items():
            taken.setdefault(name, []).extend(seconds)
    return {
        "courses": len(courses),
        "people": len(knowledge.people),
        "modules": len(knowledge.units),
        "in question": max(modules),
        "gather_ms": round(1000 * seconds_of(again)),
        "lanes_ms": {name: asdict(spread(each, 1000)) for name, each in taken.items()},
        "ratios": {
            "plan/solver": ratio(taken["plan"], taken["solver"]),
            "solver/defaults": ratio(taken["solver"], taken["defaults"]),
        },
        "aim_ms": AIM,
    }


def _solved(choice: Choice) -> None:
    """The three problems of one plan, and nothing else."""
    solver.best_choice(choice.problem, None)
    solver.best_choice(choice.problem, choice.time.study)
    solver.shortest_choice(choice.problem, choice.problem.essential)


def _solved_by_default(choice: Choice) -> None:
    with patch.object(solver, "_SMALL", {}):
        _solved(choice)


def _planned(request: PlanRequest, knowledge: PlanKnowledge) -> None:
    book = CitationBook(request.learner.language, BundledEmbedder(), _TODAY)
    cited_plan(request, knowledge, book)
