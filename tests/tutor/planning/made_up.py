"""Made-up courses, skills and people, and learners who want a plan from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from random import Random

from hypothesis import strategies as st

from corpus.course_text import render_course
from corpus.skills import Skill, SkillEdge, Stage
from corpus.types import (
    Bilingual,
    Course,
    CourseStatus,
    Direction,
    Goal,
    Language,
    Module,
    Perspective,
    Position,
    Prerequisite,
    Resource,
    Stance,
    Step,
    StudyPath,
    Text,
    Topic,
)
from tests.corpus.index_material import HashEmbedder, course, perspective
from tutor.citations import CitationBook
from tutor.learner import Background, Learner, Level
from tutor.plan import cited_plan
from tutor.planning.knowledge import PlanKnowledge, gather
from tutor.planning.types import Budget, ModuleKey, Plan, PlanRequest, Swap

TODAY = date(2026, 11, 21)
# Goals ask for skills by these names, so made-up skills bear them too.
_NAMES = (
    *("pytorch", "gradient-descent", "linear-regression", "regularization", "neural-networks"),
    *("backpropagation", "convolutional-networks", "attention", "transformers", "llm"),
)
_COMPOSITE = "machine-learning"
_PARTS = ("linear-regression", "regularization")


@dataclass(frozen=True)
class World:
    """All that a planner may know."""

    courses: tuple[Course, ...]
    people: tuple[Perspective, ...]
    skills: Mapping[str, Skill]

    @cached_property
    def knowledge(self) -> PlanKnowledge:
        """The same, gathered."""
        return gather(self.courses, self.people, self.skills)

    def plan(self, request: PlanRequest) -> Plan:
        """The plan for a request."""
        book = CitationBook(request.learner.language, HashEmbedder(), TODAY)  # type: ignore[arg-type]
        return cited_plan(request, self.knowledge, book)


def made_skill(
    name: str, *requires: str, stage: Stage = Stage.DEEP_LEARNING, parts: Sequence[str] = ()
) -> Skill:
    """A skill that builds on `requires`."""
    words = Bilingual(f"技能{name}", f"skill {name}")
    edges = tuple(SkillEdge(before, "somebody") for before in requires)
    return Skill(name, words, words, stage, edges, tuple(parts))


def made_module(number: int, *skills: str, hours: float | None = None) -> Module:
    """Lesson `number` of a course."""
    title = Bilingual(f"第{number}节", f"lesson number {number}")
    return Module(f"l{number}", title, hours=hours, skills=skills)


def made_course(name: str, *modules: Module, **more: object) -> Course:
    """A free course for everybody in both languages, with the syllabus that its text shows."""
    facts: dict[str, object] = {
        "languages": tuple(Language),
        "directions": (Direction.GENERAL,),
        "modules": modules,
        "teaches": tuple(dict.fromkeys(skill for module in modules for skill in module.skills)),
    }
    plain = replace(course(name), **(facts | more))  # type: ignore[arg-type]
    texts = [Text(language, False, render_course(plain, language)) for language in Language]
    return replace(plain, texts=tuple(texts))


def made_person(
    name: str,
    courses: Sequence[Course],
    *paths: StudyPath,
    positions: Sequence[Position] = (),
) -> Perspective:
    """Somebody who names `courses`; their text says so, and every step of their paths."""
    steps = [step.text for path in paths for step in path.steps]
    said = {
        Language.CHINESE: [f"推荐{course.title.zh}。" for course in courses],
        Language.ENGLISH: [f"Take {course.title.en}." for course in courses],
    }
    texts = [
        Text(language, False, "\n\n".join([*lines, *(step.text(language) for step in steps)]))
        for language, lines in said.items()
    ]
    plain = perspective(name, *texts, positions=positions, author=name.upper())
    resources = tuple(Resource(course.title.en, course=course.id) for course in courses)
    return replace(plain, paths=paths, resources=resources)


def worlds() -> st.SearchStrategy[World]:
    """Worlds in which skills build on one another, and courses on skills and on other courses."""
    return st.integers(0, 500).map(drawn_world)


@cache
def drawn_world(number: int) -> World:
    """The world of a number; those of small numbers are small."""
    chance = Random(number)
    skills = _skills(chance)
    offered: list[Course] = []
    for place in range(chance.randint(2, 10) if number < 50 else chance.randint(6, 10)):
        offered.append(_course(chance, f"course-{place}", [*skills], offered))
    people = [_person(chance, f"person-{place}", offered) for place in range(chance.randint(0, 3))]
    return World(tuple(offered), tuple(people), skills)


@st.composite
def requests(draw: st.DrawFn, world: World) -> PlanRequest:
    """What somebody may ask for: any goal, background, time, budget, progress and swaps."""
    keys = [
        ModuleKey(course.id, module.id) for course in world.courses for module in course.modules
    ]
    swaps = st.builds(Swap, *[st.sampled_from([course.id for course in world.courses])] * 2)
    return PlanRequest(
        draw(learners()),
        draw(st.sampled_from([Budget.ANY, Budget.ANY, Budget.FREE])),
        frozenset(draw(st.lists(st.sampled_from(keys), max_size=4))),
        tuple(draw(st.lists(swaps.filter(lambda swap: swap.away != swap.to), max_size=1))),
    )


def learners() -> st.SearchStrategy[Learner]:
    """Anybody, with more time or less."""
    levels = st.sampled_from([None, Level.NONE, Level.BASIC, None, Level.SOLID])
    return st.builds(
        Learner,
        st.sampled_from(Language),
        goal=st.sampled_from([None, *Goal]),
        direction=st.sampled_from([None, *Direction]),
        weeks=st.sampled_from([8.67, 3.0, None, 20.0, 1.5, 5.0, 0.5]),
        hours_per_week=st.sampled_from([10.0, 25.0, None, 5.0, 3.3, 1.5]),
        background=st.builds(Background, levels, levels, levels),
    )


def _skills(chance: Random) -> dict[str, Skill]:
    """Skills that build on others; in one world of five those may stand in a later stage."""
    stages = chance.choices(list(Stage), k=len(_NAMES))
    if chance.random() < 0.8:
        stages.sort(key=list(Stage).index)
    found: dict[str, Skill] = {}
    for name, stage in zip(_NAMES, stages, strict=True):
        before = chance.sample([*found], k=min(len(found), chance.choice((0, 0, 0, 1, 2))))
        found[name] = made_skill(name, *before, stage=stage)
    return {**found, _COMPOSITE: made_skill(_COMPOSITE, parts=_PARTS)}


def _course(chance: Random, name: str, skills: Sequence[str], others: Sequence[Course]) -> Course:
    """A course that may ask for one of the `others`, or be superseded by one of them."""
    places = sorted(chance.choices(range(len(skills)), k=chance.randint(1, 6)))
    modules = [
        made_module(
            number,
            *_taught(chance, place, skills),
            hours=chance.choice((None, 1.0, 3.2, 4.0, 6.5)),
        )
        for number, place in enumerate(places, start=1)
    ]
    easier = skills[: places[0] + 1]
    current = [other.id for other in others if other.status is CourseStatus.CURRENT]
    successor = chance.choice(current) if current and chance.random() < 0.15 else None
    asked = [_prerequisite(chance, easier, others) for _ in range(chance.choice((0, 0, 0, 1, 2)))]
    return made_course(
        name,
        *modules,
        prerequisites=tuple(asked),
        hours=chance.choice((None, None, 12.0, 20.0)),
        module_hours=chance.choice((None, 5.0)),
        level=chance.choice(("beginner", "intermediate", "advanced")),
        cost=chance.choice((*["free"] * 3, "audit", "paid", "book")),
        languages=chance.choice(
            (tuple(Language), tuple(Language), (Language.CHINESE,), (Language.ENGLISH,))
        ),
        directions=chance.choice((*[(Direction.GENERAL,)] * 3, (Direction.VISION,))),
        status=CourseStatus.SUPERSEDED if successor else CourseStatus.CURRENT,
        superseded_by=successor,
    )


def _taught(chance: Random, place: int, skills: Sequence[str]) -> list[str]:
    """A skill alone, with others that are mostly near to it, or none at all."""
    others = skills if chance.random() < 0.1 else skills[max(0, place - 2) : place + 2]
    count = chance.choice((1, 1, 2, 3))
    taught = [skills[place], *chance.sample(others, k=min(count - 1, len(others)))]
    return [] if chance.random() < 0.1 else list(dict.fromkeys(taught))


def _prerequisite(chance: Random, skills: Sequence[str], others: Sequence[Course]) -> Prerequisite:
    if others and chance.random() < 0.3:
        course, skill = chance.choice(others).id, None
    else:
        course, skill = None, chance.choice(skills)
    return Prerequisite(course, skill, chance.random() < 0.6, "a teacher")


def _person(chance: Random, name: str, courses: Sequence[Course]) -> Perspective:
    named = chance.sample(courses, k=min(len(courses), chance.randint(0, 2)))
    paths = [_path(chance, courses) for _ in range(chance.randint(0, 2))]
    says = Bilingual("推荐先学", "Take it first")
    topics = chance.sample(list(Topic), k=2)
    positions = [
        Position(topic, chance.choice(list(Stance)), _goals(chance), says, chance.random() < 0.2)
        for topic in topics
    ]
    return made_person(name, named, *paths, positions=positions)


def _path(chance: Random, courses: Sequence[Course]) -> StudyPath:
    steps = []
    for each in chance.sample(courses, k=min(len(courses), chance.randint(0, 3))):
        modules = [module.id for module in each.modules]
        parts = modules[: chance.randint(0, len(modules))]
        text = Bilingual(f"学{each.title.zh}", f"Learn from {each.title.en}")
        steps.append(Step(text, each.id, tuple(parts)))
    steps.append(Step(Bilingual("做一个自己的项目", "Do a project of your own")))
    return StudyPath(_goals(chance), chance.choice((None, 4, 8)), tuple(steps))


def _goals(chance: Random) -> tuple[Goal, ...]:
    return () if chance.random() < 0.5 else (chance.choice(list(Goal)),)
