"""Web pages: questions with marked-up answers, pages of the copied kinds, and articles."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import DocumentError
from corpus.types import Bilingual
from ingest.cleaning import clean_text
from ingest.html_formulas import formula_of
from ingest.html_text import html_to_text, is_hidden
from ingest.page import Page
from ingest.raw import Reading
from ingest.readers import marked_up, repost, zhidao_page, zhihu_page
from ingest.readers.article import article

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BEGINS_AS_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->", re.IGNORECASE)
_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_COPIED = (
    (repost.matches, repost.read),
    (zhidao_page.matches, zhidao_page.read),
    (zhihu_page.matches, zhihu_page.read),
)
_LEAST_SHARE = 0.1
_LONGEST_AUTHOR = 60
_NO_TEXT = Bilingual(
    "网页里没有正文（可能要登录或运行脚本才显示）；请在浏览器里复制正文，存成文本再读入",
    "holds no text (it may need a login or scripts); copy the text in a browser into a file",
)


def matches(page: Page) -> bool:
    """Whether the page is HTML by its name or by how it begins."""
    return page.suffix in _SUFFIXES or _BEGINS_AS_HTML.match(page.text) is not None


def read(page: Page) -> Reading:
    """The answers of a question page, one by one, or the article that the page holds.

    Raises `DocumentError` when there is no text on the page.
    """
    saved = _SAVED_FROM.search(page.text)
    if saved and not page.url:
        page = replace(page, uri=saved[1])
    if marked_up.matches(page):
        reading = marked_up.read(page)
        if reading.perspectives:
            return reading
    text = html_to_text(page.text)
    if not text:
        raise DocumentError(_NO_TEXT)
    as_copied = replace(page, suffix=".txt", source=text, text=text, markdown=False)
    for matches_copied, read_copied in _COPIED:
        if matches_copied(as_copied):
            return read_copied(as_copied)
    return _article(page, text)


def _article(page: Page, whole: str) -> Reading:
    """The main text as trafilatura finds it; the whole text where it finds next to nothing."""
    from lxml import html as lxml_html
    from trafilatura import extract, extract_metadata

    metadata = extract_metadata(page.text, default_url=page.url or None, extensive=False)
    root = _prepared(lxml_html.document_fromstring(page.text))
    main = extract(
        lxml_html.tostring(root, encoding="unicode"),
        url=page.url or None,
        output_format="html",
        include_links=True,
        include_comments=False,
    )
    text = html_to_text(main or "")
    if len(text) < _LEAST_SHARE * len(whole):
        text = whole
    author = metadata.author or ""
    meta = {
        "title": metadata.title or "",
        "author": author if len(author) <= _LONGEST_AUTHOR else "",
        "date": metadata.date or "",
        "url": metadata.url or "",
    }
    return article(replace(page, meta=meta), text, clean_text)


def _prepared(root: HtmlElement) -> HtmlElement:
    """`root` with formulas as text and without what is hidden; the extraction knows neither."""
    for element in [element for element in root.iter() if isinstance(element.tag, str)]:
        if is_hidden(element) and element.getparent() is not None:
            element.drop_tree()
    for element in list(root.iter("img", "script", "span", "math")):
        formula = formula_of(element)
        if formula is not None and element.getparent() is not None:
            element.tail = f"{formula}{element.tail or ''}"
            element.drop_tree()
    return root
