"""`tutor courses graph`: what comes before what, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_help import both
from api.cli_options import DataOption, JsonOption
from api.cli_sources import unknown_id
from api.interface_language import interface_language
from api.pages import print_page
from api.terminal import printable, write, write_json
from corpus.types import Course, Kind, Perspective

if TYPE_CHECKING:
    from api.blocks import Block
    from api.course_graph_words import GraphWords
    from corpus.catalogue import Catalogue
    from corpus.precedence import CourseGraph, Edge, Key


class GraphForm(StrEnum):
    """The form in which a graph is printed."""

    TEXT = "text"
    MERMAID = "mermaid"
    DOT = "dot"


def show_graph(
    id: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help=both("只看通向这门课的", "only what leads to this course")
        ),
    ] = None,
    form: Annotated[
        GraphForm,
        typer.Option(
            "--format",
            help=both(
                "文字，或 Mermaid、Graphviz 的图", "text, or a diagram for Mermaid or Graphviz"
            ),
        ),
    ] = GraphForm.TEXT,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Show courses and skills with what comes directly before each, or all that leads to one."""
    from api.opening import opened_catalogue
    from corpus.precedence import course_key

    with opened_catalogue(data) as catalogue:
        courses = [each for each in catalogue.sources(kind=Kind.COURSE) if isinstance(each, Course)]
        graph, words = _read(catalogue, courses)
    if id is not None and id not in {course.id for course in courses}:
        raise unknown_id(id, [course.id for course in courses], "courses")
    course = None if id is None else course_key(id)
    if as_json:
        write_json(_object(graph.leading_to(course) if course else graph))
    elif form is GraphForm.TEXT:
        print_page(_page(graph, course, words))
    else:
        write(printable(_diagram(form, graph, course, words)))


def _read(catalogue: Catalogue, courses: list[Course]) -> tuple[CourseGraph, GraphWords]:
    from api.course_graph_words import GraphWords
    from corpus.course_graph import course_graph
    from corpus.skills import load_skills

    graph = course_graph(courses, load_skills())
    people = catalogue.sources([edge.source for edge in graph.edges if edge.source])
    authors = {each.id: each.author for each in people if isinstance(each, Perspective)}
    return graph, GraphWords(graph, authors, interface_language())


def _page(graph: CourseGraph, course: Key | None, words: GraphWords) -> Iterable[Block]:
    from api.course_graph_view import course_graph_page, whole_graph_page

    if course is None:
        return whole_graph_page(graph, words)
    return course_graph_page(graph, course, words)


def _diagram(form: GraphForm, graph: CourseGraph, course: Key | None, words: GraphWords) -> str:
    from api.course_graph_diagrams import dot, mermaid

    shown = graph.leading_to(course) if course else graph.order()
    draw = dot if form is GraphForm.DOT else mermaid
    return draw(shown, words, labelled=course is not None)


def _object(graph: CourseGraph) -> dict[str, Any]:
    return {
        "nodes": [
            {
                "kind": node.key.kind.value,
                "id": node.key.id,
                "title": {"zh": node.title.zh, "en": node.title.en},
                "known": node.known,
            }
            for node in graph.nodes.values()
        ],
        "edges": [_edge(edge) for edge in graph.edges],
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "before": edge.before._asdict(),
        "after": edge.after._asdict(),
        "relation": edge.relation.value,
        "required": edge.required,
        "source": edge.source,
    }
