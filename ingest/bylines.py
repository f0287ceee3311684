"""The lines above and below an article that name its author, date and address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.atoms import URL
from corpus.urls import real_url
from ingest.answers import author_name
from ingest.dates import iso_date
from ingest.interface_words import plain
from ingest.links import without_links
from ingest.platforms import is_post

_AUTHOR = re.compile(
    r"(?:原创?作者|作者|撰文|文|博主|authors?|written\s+by|posted\s+by)\s*[:：/]\s*(?P<name>[^|｜·,，]{1,40}?)"
    r"(?:\s*[|｜·,，].*|\s+(?:日期|时间|发布|来源|阅读|date|on)\b.*|\s{2,}.*|\s*https?://.*)?"
    r"|by\s+(?P<by>(?-i:[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,3}))(?:\s*[|·,].*|\s+on\s.*|\s*\(.*)?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?:首次)?(?:发布|发表|写于|创建)(?:时间|日期|于)?|日期|时间|date|published|posted)\s*(?:on)?\s*[:：]?\s*\S.*"
    r"|(?:于\s*)?(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s*(?:发布|首次发布|发表))?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:(?:本文|原文|文章)?(?:链接|地址|网址|url)|原文|来源|出处|转载自|转自|source|original(?:\s+\w+)?|link|url|via)"
    r"\s*[:：].*",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:版权声明[:：]?\s*)?本文为(?:CSDN)?博主[「“\"]?(?P<name>[^」”\"，。]{0,40}?)[」”\"]?(?:的)?原创文章.*"
    r"|版权声明.*|著作权归.*|商业转载.*|转载请.*|声明[:：].{0,30}|仅[供做作]学术.*|侵删.*"
    r"|(?:来源|出处|编辑|转自|source|via)\s*[:：]\s*\S{1,20}",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?!.{0,12}(?:文章|推荐|本文|首次))(?P<name>\S{1,30})\s*于\s*(?:19|20)\d{2}[-/.年].{0,20}"
    r"(?:发布|修改|发表)"
)
_ORIGINAL = re.compile(r"原文|本文|转载|转自|来源|出处|source|original|via", re.IGNORECASE)
_NEAR_TOP = 6
_NEAR_BOTTOM = 6
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Byline:
    """What the lines around an article say about it ("" or None where they do not say)."""

    author: str
    published: str | None
    url: str


def split_byline(text: str) -> tuple[Byline, str]:
    """What the first and the last lines of `text` say about it, and `text` without these lines.

    A text with lines for several authors lists books or quotes others: these lines stay in it,
    and none of the names is taken for its own.
    """
    lines = text.split("\n")
    filled = [index for index, line in enumerate(lines) if line.strip()]
    labelled = {index: name for index in filled if (name := _labelled_author(lines[index]))}
    books = set(labelled) if len(set(labelled.values())) > 1 else set()
    near = sorted({*filled[:_NEAR_TOP], *filled[-_NEAR_BOTTOM:]} - books)
    said = {index: found for index in near if (found := _said(lines[index]))}
    byline = Byline(
        author=next((found.author for found in said.values() if found.author), ""),
        published=next((found.published for found in said.values() if found.published), None),
        url=next((found.url for found in said.values() if found.url), ""),
    )
    return byline, "\n".join(line for index, line in enumerate(lines) if index not in said)


def _labelled_author(line: str) -> str:
    match = _AUTHOR.fullmatch(plain(without_links(line))) if len(line) <= _LONGEST else None
    return author_name(match["name"] or match["by"] or "") if match else ""


def _said(line: str) -> Byline | None:
    """The author, date and address that one line tells; None for a line of the text itself."""
    words = plain(without_links(line))
    if not words or len(words) > _LONGEST:
        return None
    named = _COPYRIGHT.fullmatch(words) or _SIGNED.fullmatch(words)
    author = author_name(named["name"] or "") if named else _labelled_author(line)
    addressed = bool(author) or named or _ADDRESS.fullmatch(words)
    published = iso_date(words) if author or _DATE.fullmatch(words) else None
    url = next(iter(_urls(line)), "") if addressed else ""
    return Byline(author, published, url) if named or author or url or published else None


def _urls(line: str) -> list[str]:
    """The addresses of posts in `line`, and any address that it calls that of the original."""
    found = [real_url(match[0]) for match in URL.finditer(line)]
    return [url for url in found if is_post(url) or _ORIGINAL.search(line)]
