"""What comes before what among courses, their modules and skills, as a graph to ask things of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from corpus.skills import Stage
from corpus.types import Bilingual


class NodeKind(StrEnum):
    """What a node of the graph is."""

    COURSE = "course"
    MODULE = "module"
    SKILL = "skill"


class Relation(StrEnum):
    """How the two ends of an edge belong together."""

    PREREQUISITE = "prerequisite"  # a course asks for a course or a skill
    BUILDS_ON = "builds-on"  # the material of a skill builds on another
    PART_OF = "part-of"  # a skill is a part of a wider one
    REPLACES = "replaces"  # a course is to be taken in the place of a superseded one
    FOLLOWS = "follows"  # the next module of a course
    TEACHES = "teaches"  # a course or one of its modules teaches a skill: one way to it of several


class Key(NamedTuple):
    """Names a node. The id of a module is `course/module`."""

    kind: NodeKind
    id: str


@dataclass(frozen=True, slots=True)
class Node:
    """A course, a module or a skill; only a skill has a `stage`.

    `known` is False for an id that is named somewhere and described nowhere.
    """

    key: Key
    title: Bilingual
    stage: Stage | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Edge:
    """`before` comes before `after`; `required` is False where that is only advised.

    `source` says who states it: for a prerequisite the origin that the course file gives (a key
    of `corpus.course_labels.ORIGINS`, or free text), otherwise the id of the course or
    perspective. It is "" for the parts of a skill, which are our own division of the field.
    """

    before: Key
    after: Key
    relation: Relation
    required: bool
    source: str


@dataclass(frozen=True, slots=True)
class CourseGraph:
    """Nodes by key and the edges between them. Without `TEACHES` there is no way round a circle."""

    nodes: Mapping[Key, Node]
    edges: tuple[Edge, ...]

    @property
    def unknown(self) -> tuple[Node, ...]:
        """The courses and skills that are named somewhere and described nowhere."""
        return tuple(node for node in self.nodes.values() if not node.known)

    def into(self, key: Key) -> tuple[Edge, ...]:
        """What comes directly before `key`."""
        return tuple(edge for edge in self.edges if edge.after == key and _orders(edge))

    def order(self) -> CourseGraph:
        """The same without what teaches what: only what comes before what."""
        return CourseGraph(self.nodes, tuple(filter(_orders, self.edges)))

    def leading_to(self, key: Key) -> CourseGraph:
        """`key` and everything that comes before it, directly or not.

        To a course belong those skills that it teaches and that build on something which it
        neither teaches nor asks for; it is the only one that is shown to teach anything.
        """
        reached = self._before({key})
        taught = self._taught(key)
        at_hand = reached | taught
        open_ = {
            edge.after
            for edge in self.edges
            if edge.relation is Relation.BUILDS_ON
            and edge.after in taught
            and edge.before not in at_hand
        }
        kept = self._kept(reached | self._before(open_))
        edges = (
            edge
            for edge in kept.edges
            if _orders(edge) or (edge.before == key and edge.after in open_)
        )
        return CourseGraph(kept.nodes, tuple(edges))

    def teachers(self, skill: Key) -> tuple[Node, ...]:
        """The courses that teach `skill`, but for superseded ones; first who names it first."""
        superseded = {edge.after for edge in self.edges if edge.relation is Relation.REPLACES}
        named: Counter[Key] = Counter()
        places: dict[Key, int] = {}
        for edge in self.edges:
            if edge.relation is Relation.TEACHES and edge.before.kind is NodeKind.COURSE:
                named[edge.before] += 1
                if edge.after == skill and edge.before not in superseded:
                    places[edge.before] = named[edge.before]
        return tuple(self.nodes[course] for course in sorted(places, key=places.__getitem__))

    def _taught(self, course: Key) -> set[Key]:
        return {
            edge.after
            for edge in self.edges
            if edge.relation is Relation.TEACHES and edge.before == course
        }

    def _before(self, keys: set[Key]) -> set[Key]:
        reached, waiting = set(keys), list(keys)
        while waiting:
            for edge in self.into(waiting.pop()):
                if edge.before not in reached:
                    reached.add(edge.before)
                    waiting.append(edge.before)
        return reached

    def _kept(self, keys: set[Key]) -> CourseGraph:
        nodes = {key: node for key, node in self.nodes.items() if key in keys}
        edges = (edge for edge in self.edges if edge.before in keys and edge.after in keys)
        return CourseGraph(nodes, tuple(edges))


def _orders(edge: Edge) -> bool:
    return edge.relation is not Relation.TEACHES


def course_key(id: str) -> Key:
    """The key of the course `id`."""
    return Key(NodeKind.COURSE, id)


def skill_key(id: str) -> Key:
    """The key of the skill `id`."""
    return Key(NodeKind.SKILL, id)
