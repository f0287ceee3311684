"""The pictures of what comes before what, for the README.

python tests/api/draw_course_graph.py docs

Needs Graphviz and a font with Chinese characters (apt-get install graphviz fonts-noto-cjk).
Writes course-graph.svg and course-graph.zh.svg into the directory. Courses that require the same
share a box; those that require nothing, and skills that nothing leads to or from, are left out.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.course_files import load_courses
from corpus.course_graph import course_graph
from corpus.course_labels import STAGES
from corpus.precedence import CourseGraph, Edge, Key, Node, NodeKind, Relation
from corpus.skills import Stage, load_skills
from corpus.types import Language

MEASURED = "Noto Sans CJK SC"
SHOWN = "-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
LOOK = f"""
  rankdir=LR; nodesep=0.09; ranksep=0.2; bgcolor=white; pad=0.12;
  graph [fontname="{MEASURED}", fontsize=12, fontcolor="#57657a"];
  node [fontname="{MEASURED}", fontsize=12, shape=box, height=0.28, margin="0.08,0.03"];
  edge [arrowsize=0.55];
"""
SKILL = 'style="rounded,filled", fillcolor="#e8f0fb", color="#7b9cc9"'
COURSES = 'style=filled, fillcolor="#fff5dc", color="#cfa64c"'
STAGE = 'style=rounded, color="#d5dde8", margin=9'
COLOURS = {
    Stage.PROGRAMMING: "#4a7fc1",
    Stage.MATHEMATICS: "#3f9163",
    Stage.MACHINE_LEARNING: "#c27a2c",
    Stage.DEEP_LEARNING: "#9660ad",
    Stage.FIELD: "#7c8794",
}
LEFT, CENTRED = "\\l", "\\n"  # how Graphviz ends a line
INDENT = "\u00a0" * 3
WIDEST = 26  # letters of a line, a Chinese character counting for two
# Pairs that stand one above the other, which keeps the picture narrow.
STACKED = {
    ("python", "programming"),
    ("linear-regression", "logistic-regression"),
    ("llm", "rag"),
    ("llm", "agents"),
}
Groups = Mapping[frozenset[Key], Sequence[Node]]


def picture(graph: CourseGraph, language: Language) -> str:
    """The picture in the language of Graphviz."""
    groups = grouped(graph)
    names = {node.key: f"group{at}" for at, each in enumerate(groups.values()) for node in each}
    drawn = [edge for edge in graph.edges if is_drawn(edge)]
    used = {key for edge in drawn for key in (edge.before, edge.after)}
    used |= {key for needs in groups for key in needs}
    lines = ["digraph {", LOOK]
    for stage in Stage:
        lines.append(f'  subgraph "cluster {stage}" {{')
        lines.append(f'    graph [label="{STAGES[stage].text(language)}", {STAGE}];')
        skills = (node for key, node in graph.nodes.items() if key in used and node.stage is stage)
        lines += [
            f'    "{node.key.id}" [label="{wrapped(node, language, CENTRED)}", {SKILL}];'
            for node in skills
        ]
        lines.append("  }")
    for at, (needs, courses) in enumerate(groups.items()):
        indent, bullet = (INDENT, "• ") if len(courses) > 1 else ("", "")
        text = "".join(
            f"{bullet}{wrapped(node, language, LEFT + indent)}{LEFT}" for node in courses
        )
        lines.append(f'  group{at} [label="{text}", {COURSES}];')
        lines += [
            f'  "{names.get(need, need.id)}" -> group{at} [color="{colour(graph, need)}"];'
            for need in sorted(needs)
        ]
    for edge in drawn:
        look = f'color="{colour(graph, edge.before)}"'
        ring = "arrowhead=odot" if edge.relation is Relation.PART_OF else ""
        before, after = edge.before.id, edge.after.id
        beside = "constraint=false" if (before, after) in STACKED else ""
        lines.append(f'  "{before}" -> "{after}" [{look} {ring} {beside}];')
    return "\n".join((*lines, "}"))


def colour(graph: CourseGraph, key: Key) -> str:
    """The colour of the arrows that begin at `key`."""
    return COLOURS[graph.nodes[key].stage or Stage.FIELD]


def is_drawn(edge: Edge) -> bool:
    """Whether an edge joins two skills."""
    return edge.relation in (Relation.BUILDS_ON, Relation.PART_OF)


def grouped(graph: CourseGraph) -> Groups:
    """Current courses by what they require, without what something else they require implies."""
    superseded = {edge.after for edge in graph.edges if edge.relation is Relation.REPLACES}
    groups: dict[frozenset[Key], list[Node]] = {}
    for key, node in graph.nodes.items():
        if key.kind is NodeKind.COURSE and key not in superseded:
            needs = {edge.before for edge in graph.into(key) if edge.required}
            implied = {
                other for need in needs for other in graph.leading_to(need).nodes if other != need
            }
            if needs:
                groups.setdefault(frozenset(needs - implied), []).append(node)
    return groups


def wrapped(node: Node, language: Language, end: str) -> str:
    """The title in lines of bounded width, each closed by `end` but the last."""
    title = node.title.text(language).replace('"', "'")
    lines = [""]
    for piece in re.split(r"(?<=[：: ])|(?=（)", title):
        if lines[-1] and width(lines[-1] + piece.rstrip()) > WIDEST:
            lines.append("")
        lines[-1] += piece
    return end.join(line.rstrip() for line in lines)


def width(text: str) -> int:
    """The width of `text`, a Chinese character counting for two."""
    return sum(2 if character > "\u2e80" else 1 for character in text)


def main(directory: Path) -> None:
    """Draws both pictures into `directory`."""
    graph = course_graph(load_courses(), load_skills()).order()
    for language, name in (
        (Language.ENGLISH, "course-graph.svg"),
        (Language.CHINESE, "course-graph.zh.svg"),
    ):
        drawn = subprocess.run(
            ["dot", "-Tsvg"],
            input=picture(graph, language),
            capture_output=True,
            text=True,
            check=True,
        )
        svg = drawn.stdout.replace(MEASURED, SHOWN)
        (directory / name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
