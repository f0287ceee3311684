"""PDF documents, as one article each."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import DocumentError
from corpus.types import Bilingual
from ingest.cleaning import clean_body
from ingest.document import Document
from ingest.page import page_of
from ingest.raw import Reading
from ingest.readers.article import article

if TYPE_CHECKING:
    from pypdf import PdfReader

_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:第\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*页)?[-–—\s]*|page\s+\d+.*", re.I
)
_HYPHENATED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_RUNNING_SHARE = 0.5
_FEWEST_PAGES = 3
_MISSING = Bilingual(
    "读 PDF 需要另装组件；请运行 pip install '.[pdf]'",
    "needs one more package to be read; run pip install '.[pdf]'",
)
_BROKEN = Bilingual(
    "PDF 已损坏或不完整；请重新下载", "is a damaged or incomplete PDF; download it again"
)
_LOCKED = Bilingual(
    "PDF 有密码保护；请先去掉密码", "is a PDF with a password; remove the password first"
)
_SCANNED = Bilingual(
    "PDF 里只有图像，没有文字；请先做文字识别（OCR）",
    "is a PDF of pictures without text; run text recognition (OCR) on it first",
)


def matches(document: Document) -> bool:
    """Whether the document is a PDF by its name or by its first bytes."""
    return document.suffix == ".pdf" or _MAGIC in document.data[:_MAGIC_WITHIN]


def read(document: Document) -> Reading:
    """The text of a PDF as one article, without running heads and page numbers.

    Raises `DocumentError` when the extra `pdf` is not installed and for a PDF that is damaged,
    locked or has no text.
    """
    try:
        import pypdf
    except ImportError as error:
        raise DocumentError(_MISSING) from error
    try:
        reader = pypdf.PdfReader(io.BytesIO(document.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(_LOCKED)
        pages = [page.extract_text() for page in reader.pages]
        meta = _meta(reader)
    except DocumentError:
        raise
    except Exception as error:
        # pypdf meets damaged files with many kinds of exception, not only its own.
        raise DocumentError(_BROKEN) from error
    text = "\n".join(_without_running_lines(pages))
    if not text.strip():
        raise DocumentError(_SCANNED)
    page = page_of(document.uri, document.suffix, _HYPHENATED.sub("", text))
    return article(
        replace(page, meta=meta), page.text, lambda found: clean_body(found, markdown=False)
    )


def _meta(reader: PdfReader) -> dict[str, str]:
    found = reader.metadata
    if found is None:
        return {}
    date = found.creation_date.date().isoformat() if found.creation_date else ""
    return {"title": str(found.title or ""), "author": str(found.author or ""), "date": date}


def _without_running_lines(pages: list[str]) -> list[str]:
    lines = [[line.strip() for line in page.split("\n")] for page in pages]
    often = Counter(line for page in lines for line in set(page) if line)
    least = max(_FEWEST_PAGES, len(pages) * _RUNNING_SHARE)
    return [
        "\n".join(line for line in page if often[line] < least and not _PAGE_NUMBER.fullmatch(line))
        for page in lines
    ]
