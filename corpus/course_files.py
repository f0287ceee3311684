"""Reads course files and checks that they agree with one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pydantic import ValidationError

from corpus.course_names import course_names, is_too_general
from corpus.course_schema import CourseForm
from corpus.course_text import render_course
from corpus.field_errors import refuse, refuse_fields
from corpus.source_yaml import parse_yaml, read_source
from corpus.types import Bilingual, Course, Language, Text
from corpus.urls import canonical_url

BUNDLED_COURSES = Path(__file__).parent / "courses"


def parse_course(text: str, name: str, titles: Mapping[str, Bilingual] | None = None) -> Course:
    """The course that the YAML `text` describes; `name` is the file named in errors.

    `titles` are those of other courses by id, for naming them in the rendered texts.
    Raises `SourceFileError` naming file, field and remedy.
    """
    try:
        course = CourseForm.model_validate(parse_yaml(text, name)).convert()
    except ValidationError as error:
        refuse_fields(name, error)
    _check_names(course, name)
    return _with_texts(course, titles or {})


def load_course(path: Path, titles: Mapping[str, Bilingual] | None = None) -> Course:
    """The course in the file at `path`; see `parse_course`."""
    return parse_course(read_source(path), path.name, titles)


def load_courses(directory: Path | None = None) -> tuple[Course, ...]:
    """Every course of a directory of `*.yaml` files (the bundled ones by default), by file name.

    Raises `SourceFileError` when a file is not valid or the files contradict one another.
    """
    courses = []
    for path in sorted((directory or BUNDLED_COURSES).glob("*.yaml")):
        course = load_course(path)
        if course.id != path.stem:
            refuse(
                path.name,
                f"字段 id 是 {course.id}，应与文件名 {path.stem} 相同",
                f"field id is {course.id} and must equal the file name, {path.stem}",
            )
        courses.append(course)
    check_courses(courses)
    titles = {course.id: course.title for course in courses}
    return tuple(_with_texts(course, titles) for course in courses)


def check_courses(courses: Sequence[Course]) -> None:
    """Raise `SourceFileError` where courses contradict one another.

    Checked are ids, addresses and names claimed twice, ids that no course has, and circles of
    prerequisites or of replacements.
    """
    _check_claimed_once(courses)
    known = {course.id for course in courses}
    for course in courses:
        for field, wanted in _references(course):
            if wanted not in known:
                refuse(
                    f"{course.id}.yaml",
                    f"字段 {field} 写了 {wanted}，但没有这门课；请改正或补上 {wanted}.yaml",
                    f"field {field} names {wanted}, which is no course; "
                    f"correct it or add {wanted}.yaml",
                )
    _check_no_circle(courses, "prerequisites")
    _check_no_circle(courses, "superseded_by")


def _check_names(course: Course, name: str) -> None:
    for alias in course_names(course).values():
        if is_too_general(alias):
            refuse(
                name,
                f"字段 aliases 或 title 里的「{alias}」太笼统，认不出是哪门课；请加上作者等字样",
                f"field aliases or title holds '{alias}', which could be any course; "
                "add the author or the like",
            )


def _check_claimed_once(courses: Sequence[Course]) -> None:
    owners: dict[tuple[str, str], Course] = {}
    for course in courses:
        for field, compared, written in _claims(course):
            owner = owners.setdefault((field, compared), course)
            if owner is not course:
                refuse(
                    f"{course.id}.yaml",
                    f"字段 {field} 的「{written}」已被 {owner.id}.yaml 占用；请只留在一处",
                    f"field {field} holds '{written}', which {owner.id}.yaml claims already; "
                    "keep it in one of them",
                )


def _claims(course: Course) -> Iterable[tuple[str, str, str]]:
    """What only one course may have: the field, the form to compare, and the form to show."""
    yield "id", course.id, course.id
    for url in (course.url, *(link.url for link in course.links if link.url)):
        yield "url", canonical_url(url), url
    for compared, written in course_names(course).items():
        yield "aliases", compared, written


def _references(course: Course) -> Iterable[tuple[str, str]]:
    for prerequisite in course.prerequisites:
        if prerequisite.course is not None:
            yield "prerequisites", prerequisite.course
    if course.superseded_by is not None:
        yield "superseded_by", course.superseded_by


def _check_no_circle(courses: Sequence[Course], field: str) -> None:
    graph = {
        course.id: {other for name, other in _references(course) if name == field}
        for course in courses
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
        refuse(
            f"{circle[0]}.yaml",
            f"字段 {field} 绕成了一圈：{' → '.join(circle)}；请去掉其中一条",
            f"field {field} goes round in a circle: {' → '.join(circle)}; remove one of its edges",
        )


def _with_texts(course: Course, titles: Mapping[str, Bilingual]) -> Course:
    texts = (
        Text(language, verbatim=False, body=render_course(course, language, titles))
        for language in Language
    )
    return replace(course, texts=tuple(texts))
