"""`tutor courses`: the courses and books that the tutor knows."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from api.cli_course_graph import show_graph
from api.cli_groups import ListByDefault
from api.cli_help import both
from api.cli_options import DataOption, JsonOption, group
from api.cli_sources import unknown_id
from api.interface_language import interface_language
from api.pages import print_page
from api.terminal import write_json
from corpus.types import Course, Kind

app = typer.Typer(cls=ListByDefault)
app.callback()(group)


@app.command("list", help=both("列出课程和书", "list courses and books"))
def list_courses(as_json: JsonOption = False, data: DataOption = None) -> None:
    """List all courses."""
    courses = _courses(data)
    if as_json:
        write_json([{**asdict(course), "texts": None} for course in courses])
        return
    from api.course_view import course_list

    print_page(course_list(courses, interface_language()))


@app.command("show", help=both("显示一门课的安排", "show what a course holds"))
def show_course(
    id: Annotated[str, typer.Argument(metavar="ID", help=both("编号", "id"))],
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Show one course."""
    courses = {course.id: course for course in _courses(data)}
    if id not in courses:
        raise unknown_id(id, list(courses), "courses")
    if as_json:
        write_json(asdict(courses[id]))
        return
    from api.course_view import course_page

    print_page(course_page(courses[id], interface_language()))


app.command("graph", help=both("显示先学什么、后学什么", "show what comes before what"))(show_graph)


def _courses(data: DataOption) -> list[Course]:
    from api.opening import opened_catalogue

    with opened_catalogue(data) as catalogue:
        sources = catalogue.sources(kind=Kind.COURSE)
    return [source for source in sources if isinstance(source, Course)]
