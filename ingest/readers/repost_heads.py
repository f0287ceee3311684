"""The lines with author and address that announce an answer in a repost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.atoms import URL
from corpus.urls import real_url
from ingest.answers import author_name
from ingest.counts import count_of
from ingest.dates import iso_date
from ingest.links import without_links
from ingest.platforms import is_post

_MARKS = " \t*_#>~|·•-"
_NUMBERED = re.compile(r"^[ \t>#]*(?:\d{1,2}[.、)）]|[(（]\d{1,2}[)）])\s*")
_AUTHOR = re.compile(
    r"(?:原?作者|答主|回答者|回答人|博主|authors?|answer(?:ed)?\s+by|written\s+by)"
    r"\s*(?:[:：|｜丨]\s*|\s+|$)(?P<name>.*)|by\s+(?P<by>\S.*)",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(
    r"https?://|[，,（(|<]|\s+(?:来源|链接|出处|地址|原文|知乎|source|link|url|on\s+\w+)\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\s*(?:#{2,6}\s+|\*\*)(?P<name>[^*#\n。，？！：:]{1,30}?)(?:\*\*)?\s*$")
_DATE = re.compile(
    r"(?:最后)?(?:发布|编辑|回答|更新|创建)(?:于|时间|日期).*|(?:date|posted|published|updated)\b.*",
    re.IGNORECASE,
)
_VOTES = re.compile(r"(?:点赞|赞同|获赞|赞|upvotes|votes|likes)数?\s*[:：]?\s*\d.*", re.IGNORECASE)
_DETAIL = re.compile(
    r"(?:(?:回答|原文|文章|本文)?(?:链接|地址|网址)|来源|出处|转自|source|link|url|via)"
    r"\s*(?:[:：|｜丨].*|$)"
    r"|(?:著作权归作者所有|商业转载|非商业转载|转载请).*",
    re.IGNORECASE,
)
_LONGEST_NAME = 40
_DETAIL_LINES = 8


@dataclass(frozen=True, slots=True)
class Head:
    """An announced answer: its lines are `start` to `end` (not included)."""

    start: int
    end: int
    author: str
    url: str
    published: str | None
    votes: int | None


def heads_in(lines: list[str]) -> list[Head]:
    """The announcements among `lines`, in order.

    An author's line counts where the address of an answer stands in it, below it or just above it.
    Once one has been found, a line set off in the same way that lacks its address counts too.
    """
    found = list(_found(lines))
    looks = {_look(lines[line]) for line, head in found if head.url} - {""}
    return [head for line, head in found if head.url or _look(lines[line]) in looks]


def is_detail(line: str) -> bool:
    """Whether `line` only says where a text comes from."""
    bare = _bare(line)
    return any(form.fullmatch(bare) for form in (_DETAIL, _DATE, _VOTES)) or not _besides_url(line)


def _found(lines: list[str]) -> Iterator[tuple[int, Head]]:
    end = 0
    for index in range(len(lines)):
        head = _announced(lines, index, end) if index >= end else None
        if head is not None:
            end = head.end
            yield index, head


def _announced(lines: list[str], index: int, free_from: int) -> Head | None:
    author = _author_in(lines[index])
    heading = _HEADING.match(lines[index])
    if author is None and heading is None:
        return None
    end, details = _details(lines, index)
    urls = [url for line in [lines[index], *details] for url in _posts_in(line)]
    start = index
    above = max((i for i in range(free_from, index) if lines[i].strip()), default=index)
    if not urls and above < index and not _besides_url(lines[above]):
        urls, start = _posts_in(lines[above]), above
    if author is None:
        if heading is None or not urls or start < index:
            return None
        author = author_name(heading["name"])
    if len(author) > _LONGEST_NAME or (not urls and not author):
        return None
    dated = [iso_date(line) for line in details if _DATE.fullmatch(_bare(line))]
    voted = [count_of(line) for line in details if _VOTES.fullmatch(_bare(line))]
    return Head(start, end, author, (urls or [""])[0], (dated or [None])[0], (voted or [None])[0])


def _author_in(line: str) -> str | None:
    match = _AUTHOR.fullmatch(_bare(without_links(line)))
    if match is None:
        return None
    return author_name(_NAME_ENDS.split(match["name"] or match["by"] or "")[0])


def _details(lines: list[str], index: int) -> tuple[int, list[str]]:
    end = index + 1
    details: list[str] = []
    for place, line in enumerate(lines[index + 1 : index + 1 + 2 * _DETAIL_LINES], index + 1):
        if not line.strip(_MARKS):
            continue
        if not is_detail(line) or len(details) == _DETAIL_LINES:
            break
        details.append(line)
        end = place + 1
    return end, details


def _bare(line: str) -> str:
    """`line` without emphasis, list marks and numbers."""
    return _NUMBERED.sub("", line.replace("**", "").replace("__", "")).strip(_MARKS)


def _posts_in(line: str) -> list[str]:
    return [url for match in URL.finditer(line) if is_post(url := real_url(match[0]))]


def _besides_url(line: str) -> str:
    """What a line says besides an address; something for a line without any address."""
    rest = URL.sub("", line)
    return line if rest == line else re.sub(r"\[[^\]]*\]|[\s*_#>~|·•<()\-]", "", rest)


def _look(line: str) -> str:
    return line[: len(line) - len(line.lstrip(_MARKS))].strip()
