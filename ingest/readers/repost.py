"""Reposts of several answers, each below a line with its author and one with its address."""

from __future__ import annotations

import re

from corpus.types import Bilingual
from ingest.answers import Draft, answer, reading_of
from ingest.cleaning import clean_body
from ingest.page import Page
from ingest.platforms import platform_of
from ingest.raw import Reading, Skipped
from ingest.readers.repost_heads import heads_in, is_detail

_TITLE = re.compile(r"^\s{0,3}#{1,3}\s+(?P<title>\S.*)$", re.MULTILINE)
_QUESTION = re.compile(r"https?://(?:www\.)?zhihu\.com/question/\d+")
_LONGEST_TITLE = 60
_FOREWORD_SIGNS = 80
_FOREWORD = Bilingual("是转载者的话，不是任何一位作者的回答", "is the re-poster's, not an author's")


def matches(page: Page) -> bool:
    """Whether the page announces answers by author and address and then gives them."""
    lines = page.text.split("\n")
    heads = heads_in(lines)
    if len(heads) != 1:
        return bool(heads)
    # A single author and address below the text is the colophon of an article.
    return _prose(lines[heads[0].end :]) > _prose(lines[: heads[0].start])


def _prose(lines: list[str]) -> int:
    return sum(len(line.strip()) for line in lines if not is_detail(line))


def read(page: Page) -> Reading:
    """One perspective for each announced answer; the date of the repost is not theirs."""
    lines = page.text.split("\n")
    heads = heads_in(lines)
    above = lines[: heads[0].start]
    question = _question(page, above)
    addresses = [head.url for head in heads if head.url]
    question_url = _question_of(addresses)
    ends = [head.start for head in heads[1:]] + [len(lines)]
    drafts = [
        Draft(
            author=head.author,
            platform=platform_of(head.url or addresses[0]) or "web",
            question=question,
            body=clean_body("\n".join(lines[head.end : end]), markdown=page.markdown),
            url=head.url,
            published=head.published,
            votes=head.votes,
            question_url=question_url,
        )
        for head, end in zip(heads, ends, strict=True)
    ]
    return reading_of([*_foreword(above, page), *map(answer, drafts)])


def _question(page: Page, above: list[str]) -> str:
    heading = _TITLE.search("\n".join(above))
    first = next((line for line in above if line.strip() and not is_detail(line)), "")
    short = first if len(first) <= _LONGEST_TITLE else ""
    return (heading["title"] if heading else page.meta.get("title")) or short


def _question_of(addresses: list[str]) -> str:
    """The address of the question that all answers belong to, "" where it is not one."""
    questions = {match[0] if (match := _QUESTION.match(url)) else "" for url in addresses}
    return questions.pop() if len(questions) == 1 else ""


def _foreword(lines: list[str], page: Page) -> list[Skipped]:
    prose = [line for line in lines if not is_detail(line) and not line.lstrip().startswith("#")]
    text = clean_body("\n".join(prose), markdown=page.markdown)
    return [Skipped(f"{text[:20]}…", _FOREWORD)] if len(text) >= _FOREWORD_SIGNS else []
