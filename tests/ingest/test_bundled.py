"""What ships is indexed at first use, and an upgrade touches only what changed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pipeline_material import HashEmbedder, perspective_file, posts, write

from corpus.catalogue_types import Origin
from corpus.course_files import BUNDLED_COURSES, load_courses
from corpus.index import Index
from corpus.perspective_files import BUNDLED_PERSPECTIVES, load_perspectives
from corpus.types import Course, Kind
from ingest.bundled import bundled_documents, is_up_to_date
from ingest.finding import find
from ingest.inputs import Found
from ingest.pipeline import ingest


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def index(tmp_path: Path, embedder: HashEmbedder) -> Iterator[Index]:
    with Index.open(tmp_path / "data", embedder) as opened:
        yield opened


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small package: two perspectives and one course without prerequisites."""
    perspectives = write(
        tmp_path / "package" / "perspectives",
        {
            "hull.md": perspective_file("hull", "https://boats.example.org/hull"),
            "mast.md": perspective_file(
                "mast", "https://boats.example.org/mast", body="桅杆要先试吊一次。" * 12
            ),
        },
    )
    courses = perspectives.parent / "courses"
    courses.mkdir()
    chosen = next(
        course for course in load_courses() if not course.prerequisites and not course.superseded_by
    )
    shutil.copy(BUNDLED_COURSES / f"{chosen.id}.yaml", courses)
    return perspectives.parent


def bundled(package: Path) -> Found:
    return bundled_documents(package / "perspectives", package / "courses")


def test_first_use_indexes_every_shipped_file(index: Index, embedder: HashEmbedder) -> None:
    shipped = bundled_documents()
    assert not is_up_to_date(index, shipped)
    summary = ingest(index, embedder, shipped)
    assert (summary.failures, summary.skipped) == ((), ())
    assert is_up_to_date(index, bundled_documents())
    known = {document.uri: document.origin for document in index.documents()}
    assert known == dict.fromkeys(
        [f"bundled:perspectives/{path.name}" for path in BUNDLED_PERSPECTIVES.glob("*.md")]
        + [f"bundled:courses/{path.name}" for path in BUNDLED_COURSES.glob("*.yaml")],
        Origin.BUNDLED,
    )
    assert {source.id for source in index.sources(kind=Kind.PERSPECTIVE)} == {
        perspective.id for perspective in load_perspectives()
    }
    assert {source.id: source for source in index.sources(kind=Kind.COURSE)} == {
        course.id: course for course in load_courses()
    }


def test_the_second_use_does_nothing(index: Index, embedder: HashEmbedder, package: Path) -> None:
    ingest(index, embedder, bundled(package))
    generation = index.statistics().generation
    assert ingest(index, embedder, bundled(package)).unchanged == 3
    assert index.statistics().generation == generation


def test_an_upgrade_replaces_what_changed_and_removes_what_is_no_longer_shipped(
    index: Index, embedder: HashEmbedder, package: Path
) -> None:
    ingest(index, embedder, bundled(package))
    embedder.embedded.clear()
    hull = package / "perspectives" / "hull.md"
    hull.write_text(hull.read_text(encoding="utf-8").replace("再谈上漆", "再谈打蜡"), "utf-8")
    (package / "perspectives" / "mast.md").unlink()
    upgraded = bundled(package)
    assert not is_up_to_date(index, upgraded)
    summary = ingest(index, embedder, upgraded)
    assert (summary.read, summary.unchanged, summary.removed) == (1, 1, 1)
    assert [text for text in embedder.embedded if "打蜡" in text] == embedder.embedded
    assert index.source("mast") is None
    assert is_up_to_date(index, bundled(package))


def test_a_fact_that_is_not_in_the_text_reaches_an_index_that_is_there(
    index: Index, embedder: HashEmbedder, package: Path
) -> None:
    (file,) = (package / "courses").glob("*.yaml")
    text = re.sub(r"(?m)^module_hours:.*\n", "", file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")
    ingest(index, embedder, bundled(package))
    embedder.embedded.clear()
    file.write_text(f"{text}module_hours: 2.5\n", encoding="utf-8")
    ingest(index, embedder, bundled(package))
    course = index.source(file.stem)
    assert isinstance(course, Course)
    assert course.module_hours == 2.5
    assert embedder.embedded == []


def test_a_file_that_is_no_longer_shipped_is_reason_enough_to_bring_the_index_up_to_date(
    index: Index, embedder: HashEmbedder, package: Path
) -> None:
    ingest(index, embedder, bundled(package))
    (package / "perspectives" / "mast.md").unlink()
    assert not is_up_to_date(index, bundled(package))


def test_documents_of_the_user_and_shipped_ones_do_not_remove_one_another(
    index: Index, embedder: HashEmbedder, package: Path, tmp_path: Path
) -> None:
    folder = posts(tmp_path / "in", 1)
    ingest(index, embedder, find([str(folder)]))
    ingest(index, embedder, bundled(package))
    ingest(index, embedder, find([str(folder)]))
    assert len(index.documents()) == 4


def test_restatements_of_answers_to_one_question_are_all_kept_however_alike(
    index: Index, embedder: HashEmbedder, package: Path
) -> None:
    copy = perspective_file(
        "mast-again", "https://boats.example.org/again", body="桅杆要先试吊一次。" * 12
    )
    write(package / "perspectives", {"mast-again.md": copy})
    assert ingest(index, embedder, bundled(package)).skipped == ()
    assert index.source("mast-again") is not None
