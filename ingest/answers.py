"""From the parts of an answer to a raw perspective, or to the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.language import detect_language, han_count
from corpus.types import Bilingual
from corpus.urls import canonical_url, is_web_url
from ingest.links import resources_in, without_links
from ingest.promotion import is_advert
from ingest.raw import RawPerspective, Reading, Skipped

_NAMELESS = re.compile(
    r"匿名(?:用户|网友|者)?|佚名|未知|不详|热心网友|知乎用户|已重置|帐号已注销|账号已注销|"
    r"anonymous(?: user)?|unknown|n/?a|none|deleted|\[deleted\]",
    re.IGNORECASE,
)
_SHORTEST = 6
_LETTERS_A_SIGN = 4
_WORD = re.compile(r"[A-Za-z]+")
_SITE_TITLE = re.compile(r"\s*[-|–—_]\s*(?:知乎|百度知道|CSDN博客|简书|掘金|博客园|Quora)\s*$")

TOO_SHORT = Bilingual("太短，没有可引用的内容", "too short to hold anything to quote")
ADVERT = Bilingual("是广告", "is an advert")
NO_TEXT = Bilingual("没有正文", "has no text")


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of one answer as a reader found them; for the fields see `RawPerspective`."""

    author: str
    platform: str
    question: str
    body: str
    url: str = ""
    title: str = ""
    published: str | None = None
    votes: int | None = None
    question_url: str = ""
    place: str = ""


def answer(draft: Draft) -> RawPerspective | Skipped:
    """The perspective that `draft` makes; adverts and empty words are skipped instead."""
    author = author_name(draft.author)
    question = question_text(draft.question)
    what = author or draft.place or question
    if is_advert(draft.body):
        return Skipped(what, ADVERT)
    if _substance(draft.body) < _SHORTEST:
        return Skipped(what, TOO_SHORT if draft.body.strip() else NO_TEXT)
    return RawPerspective(
        author=author,
        platform=draft.platform,
        url=canonical(draft.url),
        question=question,
        title=question_text(draft.title) or question,
        published=draft.published,
        votes=draft.votes,
        language=detect_language(draft.body),
        body=draft.body,
        resources=resources_in(draft.body),
        question_url=canonical(draft.question_url),
        place=draft.place,
    )


def reading_of(items: Iterable[RawPerspective | Skipped]) -> Reading:
    """A reading that holds the perspectives among `items` and the reasons of the others."""
    found = list(items)
    return Reading(
        perspectives=tuple(item for item in found if isinstance(item, RawPerspective)),
        skipped=tuple(item for item in found if isinstance(item, Skipped)),
    )


def author_name(text: str) -> str:
    """A name as people know it: no Markdown around it, "" for whoever stays anonymous."""
    name = (
        re.sub(r"\s+", " ", without_links(text)).strip('*#>|·•:：,，"“”—– \t').lstrip("@").strip()
    )
    return "" if _NAMELESS.fullmatch(name) else name


def question_text(text: str) -> str:
    """A question or title on one line, without Markdown and without the name of the site."""
    line = re.sub(r"\s+", " ", re.sub(r"^[#>\s*]+|[*\s]+$", "", text.replace("\\", "")))
    return _SITE_TITLE.sub("", line).strip()


def canonical(url: str) -> str:
    """The canonical form of `url`, or "" where it is no web address."""
    if not is_web_url(url):
        return ""
    try:
        return canonical_url(url)
    except ValueError:
        return ""


def _substance(body: str) -> int:
    latin = sum(len(word) for word in _WORD.findall(body))
    return han_count(body) + latin // _LETTERS_A_SIGN
