"""A Baidu Zhidao page copied as text: answers between "展开全部" and "你对这个回答的评价是?"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.atoms import URL
from corpus.urls import real_url
from ingest.answers import ADVERT, Draft, answer, reading_of
from ingest.cleaning import clean_body, without_interface
from ingest.counts import COUNT, count_of
from ingest.dates import iso_date
from ingest.interface_words import is_interface, plain
from ingest.page import Page
from ingest.platforms import platform_of
from ingest.promotion import is_advert
from ingest.raw import RawPerspective, Reading, Skipped

_RATING = re.compile(r"你对这个(?:回答|答案)的评价是")
_UNFOLD = re.compile(r"展开(?:全部|更多|全文)")
_TRODDEN = re.compile(r"已?踩过?")
_COUNTED = re.compile(rf"(?:共|全部)?\s*{COUNT}\s*(?:个|条)(?:回答|答案)")
_ACCEPTED = re.compile(
    r".{0,6}(?:被|由)?.{0,6}(?:采纳|(?:网友|提问者|专业人士)推荐)|最佳答案|满意(?:回答|答案)|推荐于.*"
)
_VOTES = re.compile(rf"(?:赞|有用|顶)\s*(?P<after>{COUNT})|(?P<before>{COUNT})\s*(?:个?赞|有用)")
_BADGE = re.compile(
    r"认证|官方[帐账]号|TA获得|超过.*赞|知道(?:合伙人|答主|达人|行家)|采纳|回答量|获赞|LV\.?\d|来自.*团|擅长|"
    r"行家|专家|#.{1,8}#|·|\d{4}-\d{2}-\d{2}|发布|粉丝",
    re.IGNORECASE,
)
_NAME_LENGTH = 24
_ENOUGH_SIGNS = 2


def matches(page: Page) -> bool:
    """Whether the text has the buttons that only a Zhidao page puts around its answers."""
    lines = [plain(line) for line in page.text.split("\n")]
    ratings = sum(_RATING.fullmatch(line) is not None for line in lines)
    unfolds = sum(_UNFOLD.fullmatch(line) is not None for line in lines)
    trodden = sum(_TRODDEN.fullmatch(line) is not None for line in lines)
    zhidao = "zhidao.baidu.com" in page.source or "百度知道" in page.text
    return ratings + bool(unfolds) + bool(trodden) + zhidao >= _ENOUGH_SIGNS


def read(page: Page) -> Reading:
    """One perspective for each answer; what the page repeats is kept once."""
    lines = page.text.split("\n")
    begin = next((i + 1 for i, line in enumerate(lines) if _COUNTED.fullmatch(plain(line))), None)
    question = next((line for line in lines if line.strip() and not is_interface(line)), "")
    if begin is None:
        begin = lines.index(question) + 1 if question else 0
    question_url = _question_url(page, lines[:begin])
    parts = list(_parts(lines[begin:]))
    items = [_answer(part, question, question_url) for part in parts[:-1]]
    return reading_of([*items, *_remainder(parts[-1], question, question_url)])


def _parts(lines: list[str]) -> Iterator[list[str]]:
    """The lines of one answer after the other; the last part follows the last answer."""
    end = _RATING if any(_RATING.fullmatch(plain(line)) for line in lines) else _TRODDEN
    part: list[str] = []
    for line in lines:
        part.append(line)
        if end.fullmatch(plain(line)):
            yield part
            part = []
    yield part


def _remainder(
    lines: list[str], question: str, question_url: str
) -> list[RawPerspective | Skipped]:
    """What follows the last rated answer: another answer if it was unfolded, else adverts."""
    if any(_UNFOLD.fullmatch(plain(line)) for line in lines):
        return [_answer(lines, question, question_url)]
    text = without_interface(lines).strip()
    return [Skipped(text.split("\n")[0], ADVERT)] if is_advert(text) else []


def _answer(lines: list[str], question: str, question_url: str) -> RawPerspective | Skipped:
    split = _body_start(lines)
    head, below = lines[:split], lines[split:]
    published = next((date for line in head if (date := iso_date(line))), None)
    accepted = any(_ACCEPTED.fullmatch(plain(line)) for line in lines)
    votes = [_VOTES.fullmatch(plain(line)) for line in lines]
    body = [line for line in below if not (_VOTES.fullmatch(plain(line)) or is_interface(line))]
    body = [line for line in body if not _ACCEPTED.fullmatch(plain(line))]
    return answer(
        Draft(
            author=_author(head),
            platform="baidu-zhidao",
            question=question,
            body=clean_body("\n".join(body), markdown=False),
            published=published,
            votes=next((count_of(match[0]) for match in votes if match), None),
            question_url=question_url,
            place=_place(published, accepted=accepted),
        )
    )


def _body_start(lines: list[str]) -> int:
    for index, line in enumerate(lines):
        if _UNFOLD.fullmatch(plain(line)):
            return index + 1
    dated = [i for i, line in enumerate(lines[:6]) if iso_date(line) and _BADGE.search(line)]
    return dated[-1] + 1 if dated else 0


def _author(head: list[str]) -> str:
    for line in head:
        name = line.strip()
        shown = name and not is_interface(line) and not _BADGE.search(name)
        if shown and not _ACCEPTED.fullmatch(plain(line)):
            return name if len(name) <= _NAME_LENGTH else ""
    return ""


def _place(published: str | None, *, accepted: bool) -> str:
    if accepted:
        return "accepted-answer"
    return f"answer-{published}" if published else "undated-answer"


def _question_url(page: Page, above: list[str]) -> str:
    named = [page.url, page.meta.get("url", ""), page.meta.get("source", "")]
    named += [real_url(match[0]) for line in above for match in URL.finditer(line)]
    return next((url for url in named if platform_of(url) == "baidu-zhidao"), "")
