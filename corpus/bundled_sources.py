"""The bundled sources while somebody works on them: unfinished files are passed over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from corpus.course_files import BUNDLED_COURSES, load_course
from corpus.errors import SourceFileError
from corpus.perspective_files import BUNDLED_PERSPECTIVES, load_perspective
from corpus.types import Course, Perspective, Source

S = TypeVar("S", bound=Source)


def sound_perspectives(without: Collection[Path] = ()) -> list[Perspective]:
    """The bundled perspectives, but for files that are not valid yet and those of `without`."""
    return _sound(BUNDLED_PERSPECTIVES.glob("*.md"), load_perspective, without)


def sound_courses(without: Collection[Path] = ()) -> list[Course]:
    """The bundled courses, but for files that are not valid yet and those of `without`."""
    return _sound(BUNDLED_COURSES.glob("*.yaml"), load_course, without)


def _sound(paths: Iterable[Path], load: Callable[[Path], S], without: Collection[Path]) -> list[S]:
    found = []
    for path in sorted(paths):
        if path.resolve() not in without:
            with suppress(SourceFileError):
                found.append(load(path))
    return found
