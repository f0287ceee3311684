"""An article by one person: a blog post with or without front matter, Markdown, plain text."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from corpus.atoms import URL
from corpus.urls import is_web_url, real_url
from ingest.answers import Draft, answer, question_text, reading_of
from ingest.bylines import Byline, split_byline
from ingest.cleaning import clean_body
from ingest.dates import iso_date
from ingest.page import Page
from ingest.platforms import platform_of
from ingest.raw import Reading

_ADDRESS_FIELDS = ("url", "arturl", "link", "source", "original", "canonical", "canonical_url")
_AUTHOR_FIELDS = ("author", "authors", "creator", "by", "作者")
_DATE_FIELDS = ("date", "published", "created", "pubdate", "publish_date", "日期")
_HEADING = re.compile(r"\A\s*#\s+(?P<title>\S.*)\n?")
_ACCOUNT = {
    "csdn": re.compile(r"^/(?P<name>[\w-]+)/article/"),
    "cnblogs": re.compile(r"^/(?P<name>[\w-]+)/(?:p|archive)/"),
    "medium": re.compile(r"^/@(?P<name>[\w.-]+)/"),
    "github": re.compile(r"^/(?P<name>[\w-]+)/"),
}
_LONGEST_TITLE = 60


def matches(page: Page) -> bool:
    """Whether the page holds any text at all: this reader comes last."""
    return bool(page.text.strip())


def read(page: Page) -> Reading:
    """One perspective: the whole text, by its author where one is named."""
    return article(page, page.text, lambda text: clean_body(text, markdown=page.markdown))


def article(page: Page, text: str, clean: Callable[[str], str]) -> Reading:
    """The article `text` found on `page`, with what front matter and bylines say about it."""
    byline, text = split_byline(text)
    body = clean(text)
    title = question_text(page.meta.get("title", ""))
    heading = _HEADING.match(body)
    if heading and (not title or _same(title, heading["title"])):
        title = question_text(heading["title"])
        body = body[heading.end() :].strip()
    own = page.url or _own_address(page)
    url = byline.url or own
    return reading_of(
        [
            answer(
                Draft(
                    author=_field(page, _AUTHOR_FIELDS) or byline.author or _account(url),
                    platform=platform_of(url) or ("web" if url else "document"),
                    question=title or _first_line(body),
                    body=body,
                    url=url,
                    published=_published(page, byline, reposted=bool(own) and url != own),
                )
            )
        ]
    )


def _field(page: Page, names: tuple[str, ...]) -> str:
    return next((page.meta[name] for name in names if page.meta.get(name)), "")


def _own_address(page: Page) -> str:
    for name in _ADDRESS_FIELDS:
        if is_web_url(page.meta.get(name, "")):
            return real_url(page.meta[name])
    return _decoded(page.meta.get("arturl_encode", ""))


def _decoded(hexadecimal: str) -> str:
    """The address that some reposts keep as hexadecimal digits with colons in between."""
    try:
        url = bytes.fromhex(hexadecimal.replace(":", "")).decode()
    except ValueError:
        return ""
    return url if URL.fullmatch(url) else ""


def _account(url: str) -> str:
    form = _ACCOUNT.get(platform_of(url) or "")
    match = form.match(urlsplit(url).path) if form else None
    return match["name"] if match else ""


def _published(page: Page, byline: Byline, *, reposted: bool) -> str | None:
    if byline.published or reposted:
        # The date of a repost says nothing about when the article was written.
        return byline.published
    return iso_date(_field(page, _DATE_FIELDS))


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W", "", one).casefold() == re.sub(r"\W", "", other).casefold()


def _first_line(body: str) -> str:
    line = question_text(body.split("\n", 1)[0])
    return line if len(line) <= _LONGEST_TITLE else f"{line[:_LONGEST_TITLE]}…"
