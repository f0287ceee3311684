"""Perspective and course files in the project's own format."""

from __future__ import annotations

import re

from ingest.page import Page
from ingest.raw import Reading

_YAML = frozenset({".yaml", ".yml"})
_COURSE = re.compile(r"^(?:id|title|modules|provider|prerequisites)\s*:", re.MULTILINE)
_COURSE_FIELDS = 4
_PERSPECTIVE_FIELDS = frozenset({"id", "platform", "positions"})


def matches(page: Page) -> bool:
    """Whether the page has the fields that only our own files have."""
    return page.meta.keys() >= _PERSPECTIVE_FIELDS or _is_course(page)


def read(page: Page) -> Reading:
    """The perspective or course as it stands. Raises `SourceFileError` when it is not valid."""
    from corpus.course_files import parse_course
    from corpus.perspective_files import parse_perspective

    if _is_course(page):
        return Reading(sources=(parse_course(page.source, page.name),))
    return Reading(sources=(parse_perspective(page.source, page.name),))


def _is_course(page: Page) -> bool:
    fields = {match[0] for match in _COURSE.finditer(page.source)}
    return page.suffix in _YAML or (not page.meta and len(fields) >= _COURSE_FIELDS)
