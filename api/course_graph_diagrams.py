"""The graph of courses and skills in the languages of Mermaid and of Graphviz."""

from __future__ import annotations

import re
from collections.abc import Iterator

from api.course_graph_words import GraphWords
from corpus.precedence import CourseGraph, Edge, Key, Node, NodeKind, Relation
from corpus.skills import Stage

_DRAWN = frozenset({NodeKind.COURSE, NodeKind.SKILL})
# What Mermaid could take for its own signs, for Markdown, HTML or a formula.
_MERMAID_SIGNS = re.compile(r'[#"<>&`$*_~|\\\[\]{}@%]')


def mermaid(graph: CourseGraph, words: GraphWords, *, labelled: bool) -> str:
    """A Mermaid flowchart of the courses (square) and skills (round).

    Solid arrows are required and dotted ones advised; a part of something is joined to it by a
    ring. Who says so stands at each arrow if `labelled`, else in a comment behind it.
    """
    lines = ["flowchart LR"]
    for stage, nodes in _stages(graph):
        lines.append(
            f"  subgraph {_mermaid_id('stage', stage)}[{_mermaid_text(words.stage(stage))}]"
        )
        lines += [f"    {_mermaid_node(node.key, words)}" for node in nodes]
        lines.append("  end")
    lines += [f"  {_mermaid_node(node.key, words)}" for node in _courses(graph)]
    for edge in _edges(graph):
        why = _mermaid_text(words.why(edge))
        arrow = f"{_mermaid_arrow(edge)}|{why}|" if labelled else _mermaid_arrow(edge)
        lines.append(f"  {_mermaid_id(*edge.before)} {arrow} {_mermaid_id(*edge.after)}")
        lines += [] if labelled else [f"  %% {why}"]
    return "\n".join(lines)


def dot(graph: CourseGraph, words: GraphWords, *, labelled: bool) -> str:
    """The same for Graphviz; without labels the source is the tip that a browser shows."""
    lines = ["digraph courses {", "  rankdir=LR;"]
    lines += [f'  {each} [fontname="sans-serif"];' for each in ("graph", "node", "edge")]
    lines.append("  node [shape=box];")
    for stage, nodes in _stages(graph):
        lines.append(f"  subgraph {_dot_text(f'cluster_{stage}')} {{")
        lines.append(f"    label={_dot_text(words.stage(stage))};")
        lines += [f"    {_dot_node(node.key, words)}" for node in nodes]
        lines.append("  }")
    lines += [f"  {_dot_node(node.key, words)}" for node in _courses(graph)]
    for edge in _edges(graph):
        place = "label" if labelled else "edgetooltip"
        look = f"{_dot_arrow(edge)}, {place}={_dot_text(words.why(edge))}"
        lines.append(f"  {_dot_id(edge.before)} -> {_dot_id(edge.after)} [{look}];")
    return "\n".join((*lines, "}"))


def _stages(graph: CourseGraph) -> Iterator[tuple[Stage, list[Node]]]:
    for stage in Stage:
        if nodes := [node for node in graph.nodes.values() if node.stage is stage]:
            yield stage, nodes


def _courses(graph: CourseGraph) -> Iterator[Node]:
    """What stands in no stage: the courses, and skills that nobody has described."""
    for node in graph.nodes.values():
        if node.key.kind in _DRAWN and node.stage is None:
            yield node


def _edges(graph: CourseGraph) -> Iterator[Edge]:
    for edge in graph.edges:
        if {edge.before.kind, edge.after.kind} <= _DRAWN:
            yield edge


def _mermaid_id(kind: str, id: str) -> str:
    # Hyphens are a part of Mermaid's arrows.
    return f"{kind}_{id}".replace("-", "_")


def _mermaid_arrow(edge: Edge) -> str:
    if edge.relation is Relation.PART_OF:
        return "--o"
    return "-->" if edge.required else "-.->"


def _mermaid_node(key: Key, words: GraphWords) -> str:
    text = _mermaid_text(words.title(key))
    shape = f"[{text}]" if key.kind is NodeKind.COURSE else f"([{text}])"
    return _mermaid_id(*key) + shape


def _mermaid_text(text: str) -> str:
    escaped = _MERMAID_SIGNS.sub(lambda sign: f"#{ord(sign[0])};", " ".join(text.split()))
    return f'"{escaped}"'


def _dot_id(key: Key) -> str:
    return _dot_text(f"{key.kind}:{key.id}")


def _dot_node(key: Key, words: GraphWords) -> str:
    look = "" if key.kind is NodeKind.COURSE else ", style=rounded"
    return f"{_dot_id(key)} [label={_dot_text(words.title(key))}{look}];"


def _dot_arrow(edge: Edge) -> str:
    if edge.relation is Relation.PART_OF:
        return "arrowhead=odot"
    return "style=solid" if edge.required else "style=dashed"


def _dot_text(text: str) -> str:
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
