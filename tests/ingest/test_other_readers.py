"""The project's own files, and PDF."""

from __future__ import annotations

import importlib.util
import sys

import pytest
from reading_material import ONE, OTHER, read_text

from corpus.course_files import BUNDLED_COURSES
from corpus.errors import DocumentError, SourceFileError
from corpus.perspective_files import BUNDLED_PERSPECTIVES
from corpus.types import Course, Perspective
from ingest.document import Document
from ingest.documents import Location, load
from ingest.readers import read_document

needs_pypdf = pytest.mark.skipif(
    importlib.util.find_spec("pypdf") is None, reason="pip install '.[pdf]'"
)


def test_a_perspective_file_is_taken_as_it_stands() -> None:
    path = min(BUNDLED_PERSPECTIVES.glob("*.md"))

    (source,) = read_document(load(Location(str(path)))).sources

    assert isinstance(source, Perspective)
    assert source.id == path.stem


def test_a_course_file_is_taken_as_it_stands() -> None:
    path = min(BUNDLED_COURSES.glob("*.yaml"))

    (source,) = read_document(load(Location(str(path)))).sources

    assert isinstance(source, Course)
    assert source.id == path.stem


def test_a_fault_in_our_own_format_is_told_with_the_name_of_the_file() -> None:
    with pytest.raises(SourceFileError, match=r"mine\.md"):
        read_text("---\nid: mine\nplatform: blog\npositions: []\n---\n# 中文\n好\n", "/a/mine.md")


def pdf(*pages: str) -> bytes:
    """A PDF with one line of Latin text for each page, written by hand."""
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for index, text in enumerate(pages):
        lines = " ".join(f"({line}) Tj 0 -20 Td" for line in text.split("\n"))
        content = f"BT /F1 12 Tf 50 700 Td {lines} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * index} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    body, offsets = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


@needs_pypdf
def test_the_text_of_a_pdf_without_running_heads_and_page_numbers() -> None:
    pages = [
        f"Studio Notes\nLesson {name} begins with a wet brush.\n{i}"
        for i, name in enumerate("ABCD")
    ]

    (article,) = read_document(Document("/a/b.pdf", ".pdf", pdf(*pages))).perspectives

    assert "Lesson A begins with a wet brush." in article.body
    assert "Studio Notes" not in article.body
    assert not article.body.endswith("3")


@needs_pypdf
@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (pdf("Some text that is cut off in the middle.")[:200], "download it again"),
        (b"%PDF-1.7 and nothing more", "download it again"),
        (pdf(""), "OCR"),
    ],
    ids=["cut off", "empty", "only pictures"],
)
def test_a_pdf_that_cannot_be_read_says_what_to_do(data: bytes, remedy: str) -> None:
    with pytest.raises(DocumentError, match=remedy):
        read_document(Document("/a/b.pdf", ".pdf", data))


def test_without_the_extra_the_command_to_install_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)

    with pytest.raises(DocumentError, match=r"pip install '\.\[pdf\]'"):
        read_document(Document("/a/b.pdf", ".pdf", pdf(ONE[:0], OTHER[:0])))
