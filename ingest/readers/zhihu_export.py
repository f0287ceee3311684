"""Exports of Zhihu answers: the question as heading, a list of fields, the answer in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.atoms import URL
from corpus.urls import real_url
from ingest.answers import Draft, answer, reading_of
from ingest.cleaning import clean_body, clean_text
from ingest.counts import count_of
from ingest.dates import iso_date
from ingest.html_text import html_to_text
from ingest.page import Page
from ingest.platforms import is_post, platform_of
from ingest.raw import RawPerspective, Reading, Skipped

_QUESTION = re.compile(r"#\s+(?P<question>\S.*)")
_FIELD = re.compile(r"[-*+]\s*\**\s*(?P<name>[^:：*]{1,14}?)\s*\**\s*[:：]\s*\**\s*(?P<value>.*)")
_NAMES = {
    "votes": re.compile(r"(?:点赞|赞同|获赞|赞)(?:数|量)?|(?:up)?votes?|likes", re.IGNORECASE),
    "published": re.compile(
        r"(?:发布|创建|回答)(?:时间|日期|于)|日期|created?|published|date|posted", re.IGNORECASE
    ),
    "updated": re.compile(r"(?:更新|编辑|修改)(?:时间|日期|于)|updated?|edited", re.IGNORECASE),
    "question_url": re.compile(r"(?:问题|question)\s*(?:url|链接|地址|link)", re.IGNORECASE),
    "url": re.compile(
        r"(?:(?:回答|答案|文章|原文|answer|article)\s*)?(?:url|链接|地址|link)", re.IGNORECASE
    ),
    "author": re.compile(r"(?:作者|答主|回答者|author)(?:名|姓名|\s*name)?", re.IGNORECASE),
}
_ENOUGH_FIELDS = 2
_HTML = re.compile(r"<(?:body|p|div|h[1-6]|ul|ol|blockquote|figure|br)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Record:
    question: str
    fields: dict[str, str]
    body: str


def matches(page: Page) -> bool:
    """Whether a heading with a list of votes or the address of an answer begins the text."""
    first = next(_records(page.text), None)
    if first is None or page.text.split(first.question, 1)[0].strip("#\n "):
        return False
    return "votes" in first.fields or is_post(_address(first.fields.get("url", "")))


def read(page: Page) -> Reading:
    """One perspective for each exported answer."""
    return reading_of(_answer(record, markdown=page.markdown) for record in _records(page.text))


def _records(text: str) -> Iterator[_Record]:
    lines = text.split("\n")
    starts: list[tuple[int, int, _Record]] = []
    for index, line in enumerate(lines):
        if heading := _QUESTION.match(line):
            fields, begin = _fields(lines, index + 1)
            if len(fields) >= _ENOUGH_FIELDS:
                starts.append((index, begin, _Record(heading["question"], fields, "")))
    ends = [*(index for index, _, _ in starts), len(lines)][1:]
    for (_, begin, record), end in zip(starts, ends, strict=False):
        yield replace(record, body="\n".join(lines[begin:end]))


def _fields(lines: list[str], index: int) -> tuple[dict[str, str], int]:
    """The known fields below a heading and the line after the list; unknown ones are passed by."""
    fields: dict[str, str] = {}
    while index < len(lines):
        line = lines[index].strip()
        field = _FIELD.fullmatch(line)
        if line and field is None:
            break
        if field is not None:
            known = [name for name, form in _NAMES.items() if form.fullmatch(field["name"].strip())]
            fields.update(dict.fromkeys(known[:1], field["value"].strip()))
        index += 1
    return fields, index


def _answer(record: _Record, *, markdown: bool) -> RawPerspective | Skipped:
    fields = record.fields
    url = _address(fields.get("url", ""))
    if _HTML.search(record.body):
        body = clean_text(html_to_text(record.body))
    else:
        body = clean_body(record.body, markdown=markdown)
    return answer(
        Draft(
            author=fields.get("author", ""),
            platform=platform_of(url) or "zhihu",
            question=record.question,
            body=body,
            url=url,
            published=iso_date(fields.get("published", "") or fields.get("updated", "")),
            votes=count_of(fields.get("votes", "")),
            question_url=_address(fields.get("question_url", "")),
        )
    )


def _address(value: str) -> str:
    match = URL.search(value)
    return real_url(match[0]) if match else ""
