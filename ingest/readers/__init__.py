"""One reader for each kind of document; the first that knows its kind says what it holds."""

from __future__ import annotations

from collections.abc import Callable

from corpus.errors import DocumentError
from corpus.types import Bilingual
from ingest.decode import decode
from ingest.document import Document
from ingest.page import Page, page_of
from ingest.raw import Reading
from ingest.readers import (
    article,
    html_page,
    own_format,
    pdf,
    repost,
    zhidao_page,
    zhihu_export,
    zhihu_page,
)

_READERS: tuple[tuple[Callable[[Page], bool], Callable[[Page], Reading]], ...] = (
    (own_format.matches, own_format.read),
    (html_page.matches, html_page.read),
    (zhihu_export.matches, zhihu_export.read),
    (repost.matches, repost.read),
    (zhidao_page.matches, zhidao_page.read),
    (zhihu_page.matches, zhihu_page.read),
    (article.matches, article.read),
)
"""Every kind of text document, the most particular first; the last one takes any text."""

_NOTHING = Bilingual("没有可读的文字", "holds no text to read")


def read_document(document: Document) -> Reading:
    """What `document` holds; `identity.identified` gives an address to what shows none.

    Raises `DocumentError` when the document cannot be read and `SourceFileError` when it is a
    file in the project's own format with a fault in it.
    """
    if pdf.matches(document):
        return pdf.read(document)
    page = page_of(document.uri, document.suffix, decode(document.data, document.charset))
    for matches, read in _READERS:
        if matches(page):
            return read(page)
    raise DocumentError(_NOTHING)
