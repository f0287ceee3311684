"""A small world of courses and skills, and the graph of it."""

from __future__ import annotations

from dataclasses import replace

from corpus.course_graph import course_graph
from corpus.precedence import CourseGraph
from corpus.skills import Skill, SkillEdge, Stage
from corpus.types import Bilingual, Course, CourseStatus, Module, Prerequisite
from tests.corpus.index_material import course


def skill(id: str, *requires: tuple[str, str], parts: tuple[str, ...] = ()) -> Skill:
    """A skill; each of `requires` is another skill and who says so."""
    edges = tuple(SkillEdge(before, source) for before, source in requires)
    name = Bilingual(f"技能{id}", f"skill {id}")
    return Skill(id, name, name, Stage.MACHINE_LEARNING, edges, parts)


def needing(name: str, *needs: str, required: bool = True, **more: object) -> Course:
    """A course that asks for `needs`: skills, or courses written `course:ID`."""
    prerequisites = tuple(
        Prerequisite(need.removeprefix("course:"), None, required, "course")
        if need.startswith("course:")
        else Prerequisite(None, need, required, "a teacher")
        for need in needs
    )
    return replace(course(name), prerequisites=prerequisites, **more)


def module(id: str, *skills: str) -> Module:
    """A module that teaches `skills`."""
    return Module(id, Bilingual(f"第{id}节", f"part {id}"), skills=skills)


SKILLS = {
    each.id: each
    for each in (
        skill("rope"),
        skill("knots", ("rope", "sailing")),
        skill("wind"),
        skill("seamanship", parts=("knots", "wind")),
    )
}
COURSES = (
    replace(course("knots-book"), teaches=("knots",), modules=(module("a", "rope"), module("b"))),
    needing(
        "old-sailing",
        "seamanship",
        status=CourseStatus.SUPERSEDED,
        superseded_by="sailing",
        teaches=("wind",),
    ),
    needing("sailing", "course:knots-book", "wind", teaches=("seamanship",)),
    needing("racing", "course:old-sailing", required=False),
)


def graph(*courses: Course) -> CourseGraph:
    """The graph of these courses, or of the small world, over its skills."""
    return course_graph(courses or COURSES, SKILLS)
