"""The sources that ship with the project, as documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.catalogue_types import Origin
from corpus.course_files import BUNDLED_COURSES, load_courses
from corpus.index import Index
from corpus.perspective_files import BUNDLED_PERSPECTIVES, load_perspective
from corpus.types import Course
from ingest.inputs import Found, Input, Opened, fingerprint
from ingest.raw import Reading

_SCHEME = "bundled:"
_Courses = Callable[[], dict[str, Course]]


def bundled_documents(
    perspectives: Path = BUNDLED_PERSPECTIVES, courses: Path = BUNDLED_COURSES
) -> Found:
    """One document for each file of the two directories, and an eye for those no longer shipped.

    The uris are `bundled:perspectives/ID.md` and `bundled:courses/ID.yaml`.
    """
    files = sorted(courses.glob("*.yaml"))
    loaded = cache(partial(_by_id, courses))
    documents = [
        *(
            _document("perspectives", path, partial(_open_perspective, path))
            for path in sorted(perspectives.glob("*.md"))
        ),
        *(_document("courses", path, partial(_open_course, path, files, loaded)) for path in files),
    ]
    shipped = {document.uri for document in documents}
    return Found(
        documents=tuple(documents),
        gone=lambda known: known.uri.startswith(_SCHEME) and known.uri not in shipped,
    )


def is_up_to_date(index: Index | Catalogue, bundled: Found) -> bool:
    """Whether `index` holds the `bundled` documents as they are, and no others of that origin."""
    known = {document.uri: document.fingerprint for document in index.documents()}
    return not any(map(bundled.gone, index.documents())) and all(
        known.get(document.uri) == document.open().fingerprint for document in bundled.documents
    )


def _document(room: str, path: Path, open_: Callable[[], Opened]) -> Input:
    return Input(f"{_SCHEME}{room}/{path.name}", path.name, Origin.BUNDLED, open_)


def _open_perspective(path: Path) -> Opened:
    return Opened(
        fingerprint(path.read_bytes()), lambda: Reading(sources=(load_perspective(path),))
    )


def _open_course(path: Path, all_files: Iterable[Path], courses: _Courses) -> Opened:
    # The text of a course names other courses by their titles.
    contents = (each.read_bytes() for each in all_files)
    return Opened(
        fingerprint(path.read_bytes(), *contents),
        lambda: Reading(sources=(courses()[path.stem],)),
    )


def _by_id(directory: Path) -> dict[str, Course]:
    return {course.id: course for course in load_courses(directory)}
