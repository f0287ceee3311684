"""Makes the graph of courses, modules and skills, and refuses one that goes round in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import NoReturn

from corpus.course_labels import skill_name
from corpus.field_errors import refuse
from corpus.precedence import (
    CourseGraph,
    Edge,
    Key,
    Node,
    NodeKind,
    Relation,
    course_key,
    skill_key,
)
from corpus.skills import Skill
from corpus.types import Bilingual, Course, Language


def course_graph(courses: Iterable[Course], skills: Mapping[str, Skill]) -> CourseGraph:
    """The graph of `courses` and `skills`.

    Raises `SourceFileError` naming the circle when something would have to come before itself.
    """
    listed = tuple(courses)
    edges = (*_skill_edges(skills), *(edge for course in listed for edge in _edges(course)))
    nodes = {node.key: node for node in _nodes(listed, skills)}
    for edge in edges:
        for key in (edge.before, edge.after):
            nodes.setdefault(key, _unknown(key))
    graph = CourseGraph(nodes, edges)
    # A skill can always be brought along from elsewhere, so courses that teach what they ask for
    # themselves, or what one another ask for, are no circle.
    _check_no_circle(graph.order().edges)
    return graph


def _module_key(course: str, module: str) -> Key:
    return Key(NodeKind.MODULE, f"{course}/{module}")


def _nodes(courses: Iterable[Course], skills: Mapping[str, Skill]) -> Iterator[Node]:
    for skill in skills.values():
        yield Node(skill_key(skill.id), skill.name, skill.stage)
    for course in courses:
        yield Node(course_key(course.id), course.title)
        for module in course.modules:
            yield Node(_module_key(course.id, module.id), module.title)


def _unknown(key: Key) -> Node:
    if key.kind is NodeKind.SKILL:
        names = (skill_name(key.id, language) for language in Language)
        return Node(key, Bilingual(*names), known=False)
    return Node(key, Bilingual(key.id, key.id), known=False)


def _skill_edges(skills: Mapping[str, Skill]) -> Iterator[Edge]:
    for skill in skills.values():
        key = skill_key(skill.id)
        for edge in skill.requires:
            yield Edge(skill_key(edge.skill), key, Relation.BUILDS_ON, True, edge.source)
        for part in skill.parts:
            yield Edge(skill_key(part), key, Relation.PART_OF, True, "")


def _edges(course: Course) -> Iterator[Edge]:
    key = course_key(course.id)
    for entry in course.prerequisites:
        before = course_key(entry.course) if entry.course else skill_key(entry.skill or "")
        yield Edge(before, key, Relation.PREREQUISITE, entry.required, entry.source)
    if course.superseded_by is not None:
        yield Edge(course_key(course.superseded_by), key, Relation.REPLACES, True, course.id)
    yield from _module_edges(course)


def _module_edges(course: Course) -> Iterator[Edge]:
    keys = [_module_key(course.id, module.id) for module in course.modules]
    for before, after in pairwise(keys):
        yield Edge(before, after, Relation.FOLLOWS, True, course.id)
    taught = list(course.teaches)
    for key, module in zip(keys, course.modules, strict=True):
        taught += module.skills
        for skill in module.skills:
            yield Edge(key, skill_key(skill), Relation.TEACHES, False, course.id)
    for skill in dict.fromkeys(taught):
        yield Edge(course_key(course.id), skill_key(skill), Relation.TEACHES, False, course.id)


def _check_no_circle(edges: Iterable[Edge]) -> None:
    before: dict[Key, list[Key]] = {}
    for edge in edges:
        before.setdefault(edge.after, []).append(edge.before)
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        _refuse_circle(error.args[1])


def _refuse_circle(keys: Sequence[Key]) -> NoReturn:
    circle = " → ".join(key.id for key in keys)
    file = "skills" if all(key.kind is NodeKind.SKILL for key in keys) else keys[0].id
    refuse(
        f"{file}.yaml",
        f"先后绕成了一圈：{circle}；请去掉其中一条",
        f"what comes first goes round in a circle: {circle}; remove one of its edges",
    )
