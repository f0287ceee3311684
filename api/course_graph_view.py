"""What comes before what, as a page to read, with who says so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from api.blocks import Block, Heading, Line, Lines, Tone
from api.course_graph_words import GraphWords
from corpus.precedence import CourseGraph, Edge, Key, Node, NodeKind, Relation
from corpus.skills import Stage
from corpus.types import Bilingual

_STEP = 2  # columns that each level is set in
_SHOWN = 4  # teachers of a skill that are named
_COURSES = Bilingual(zh="课程和书", en="Courses and books")
_BUILDS_ON = Bilingual(zh="它教的内容还建立在什么之上", en="What its own contents build on")
_NOTHING = Bilingual(zh="没有写明先修要求。", en="No prerequisites are stated.")
_AS_ABOVE = Bilingual(zh="，见上", en=", see above")
_TAUGHT_BY = Bilingual(zh="教它的：{}", en="taught by: {}")
_AND_MORE = Bilingual(zh="{} 等 {} 个", en="{} and others, {} in all")
_UNTAUGHT = Bilingual(zh="这里没有课教它", en="taught by no course here")
_UNKNOWN = Bilingual(
    zh="提到但没有资料的：{}。怎样加入课程和技能，见 docs/sources.md。",
    en="Named but described nowhere: {}. docs/sources.md says how to add a course or a skill.",
)


def whole_graph_page(graph: CourseGraph, words: GraphWords) -> Iterator[Block]:
    """Every skill by stage, then every course, each with what comes directly before it."""
    for stage in Stage:
        nodes = [node for node in graph.nodes.values() if node.stage is stage]
        yield from _section(words.stage(stage), nodes, graph, words)
    courses = [node for node in graph.nodes.values() if node.key.kind is NodeKind.COURSE]
    yield from _section(words.say(_COURSES), courses, graph, words)
    yield from _unknown(graph, words)


def course_graph_page(graph: CourseGraph, course: Key, words: GraphWords) -> Iterator[Block]:
    """All that leads to `course` as a tree, each branch with what it is and who says so."""
    leading = graph.leading_to(course)
    yield Lines((Line(words.with_id(course), Tone.STRONG),))
    tree = _Tree(graph, course, words)
    yield Lines(tuple(tree.below(course)) or (Line(words.say(_NOTHING)),))
    taught = [edge.after for edge in leading.edges if edge.relation is Relation.TEACHES]
    if taught:
        yield Heading(words.say(_BUILDS_ON))
        yield Lines(tuple(line for skill in taught for line in tree.root(skill)))
    yield from _unknown(leading, words)


def _section(
    heading: str, nodes: list[Node], graph: CourseGraph, words: GraphWords
) -> Iterator[Block]:
    if nodes:
        yield Heading(heading)
        yield Lines(tuple(line for node in nodes for line in _entry(node, graph, words)))


def _entry(node: Node, graph: CourseGraph, words: GraphWords) -> Iterator[Line]:
    yield Line(words.with_id(node.key), Tone.STRONG)
    for why, edges in groupby(graph.into(node.key), words.why):
        names = words.listed(words.name(edge.before) for edge in edges)
        yield Line(f"← {words.bracketed(names, why)}", indent=_STEP)
    if node.key.kind is NodeKind.SKILL:
        yield from _teachers(node.key, graph, words, _STEP)


def _teachers(
    skill: Key, graph: CourseGraph, words: GraphWords, indent: int, besides: Key | None = None
) -> Iterator[Line]:
    ids = [node.key.id for node in graph.teachers(skill) if node.key != besides]
    named = words.listed(ids[:_SHOWN])
    if len(ids) > _SHOWN:
        named = words.say(_AND_MORE).format(named, len(ids))
    if ids:
        yield Line(words.say(_TAUGHT_BY).format(named), Tone.DIM, indent)
    elif all(edge.relation is not Relation.PART_OF for edge in graph.into(skill)):
        yield Line(words.say(_UNTAUGHT), Tone.DIM, indent)


class _Tree:
    """What leads to `course`, every branch in full where it first comes up."""

    def __init__(self, graph: CourseGraph, course: Key, words: GraphWords) -> None:
        self._graph = graph
        self._leading = graph.leading_to(course)
        self._course = course
        self._words = words
        self._shown: set[Key] = set()

    def root(self, key: Key) -> Iterator[Line]:
        yield Line(self._words.with_id(key))
        yield from self.below(key, depth=1)

    def below(self, key: Key, depth: int = 0) -> Iterator[Line]:
        for edge in self._leading.into(key):
            yield from self._branch(edge, depth)

    def _branch(self, edge: Edge, depth: int) -> Iterator[Line]:
        words, key = self._words, edge.before
        again = key in self._shown
        self._shown.add(key)
        as_above = words.say(_AS_ABOVE) if again and self._leading.into(key) else ""
        said = words.introduced(words.with_id(key), words.why(edge))
        yield Line(f"- {said}{as_above}", indent=_STEP * depth)
        if again:
            return
        if key.kind is NodeKind.SKILL:
            below = _STEP * (depth + 1)
            yield from _teachers(key, self._graph, words, below, besides=self._course)
        yield from self.below(key, depth + 1)


def _unknown(graph: CourseGraph, words: GraphWords) -> Iterator[Block]:
    if graph.unknown:
        ids = words.listed(node.key.id for node in graph.unknown)
        yield Lines((Line(words.say(_UNKNOWN).format(ids), Tone.WARNING),))
