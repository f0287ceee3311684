"""The perspective file that somebody begins with: what could be read is filled in, no more."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import urlsplit

from corpus.course_names import find_courses
from corpus.language import detect_language
from corpus.source_rules import GUESS
from corpus.types import Course, Language, Position, Resource
from ingest.labelling import label
from ingest.raw import RawPerspective

_TITLE_WORDS = 5
_DIGITS = 8
_NUMBER = re.compile(r"\d{4,}")
_LINE_BREAK = re.compile(r"\s+")
_HEADER = """\
# Fill in every "" and write both texts, in your own words; copy no sentence of the original.
# 把空着的 "" 和下面的两份正文用自己的话补上，不要抄原文的句子。
# What the fields mean / 各字段的含义：docs/sources.md"""
_ID = "# the file name without .md / 和文件名相同，不带 .md"
_AUTHOR = (
    "# as the author writes it, or unknown; never made up / 照原文写，不知道就写 unknown，不要编"
)
_PLATFORM = "# zhihu, csdn, wechat, blog, github, forum, newsletter, book, course, web …"
_ADDRESS = "# where the person published it / 作者发表的地方"
_QUESTION = (
    "# the question that the text answers, in both languages / 原文回答的问题，中英文各写一遍"
)
_TITLE = "# a short headline of the view in your words / 用自己的话概括观点"
_DATE = "# of the statement itself, or unknown / 原文发表的日期，不知道就写 unknown"
_READ = "# part, if you have not seen all of the original / 没有看到全文就写 part"
_POSITIONS = """\
# What the text says, never what it might have said; [] if it takes no side.
# 只写原文真正表达的立场，没有就写 []。"""
_EXAMPLE = """\
#   - topic: study-order
#     stance: not-needed
#     goals: [job]
#     says: {zh: "", en: ""}"""
_GUESSED = (
    f"# {GUESS}: correct or remove this position by the original, then remove this line"
    "（对照原文改好或删去这条看法，再删去这一行）"
)
_PATHS = "# steps in the order the person gives, or [] / 作者给出的学习顺序，没有就写 []"
_RESOURCES = (
    "# what the person advises to learn from; remove other links / 作者推荐的资料，其余的链接删去"
)
_BODIES = """\
# 中文
<!-- 用自己的话写：作者主张什么、为什么、对谁说的、先后顺序。每一部分上面写一行 ## 小标题。
每条看法的 says，都要在这里用一两句连着的话说到。写完删去这段说明。 -->
# English
<!-- In your own words: what the person holds, why, for whom and in what order, under the same
## headings as above. What `says` says must stand here in one or two consecutive sentences.
Remove this note when the text is written. -->
"""


def draft_id(answer: RawPerspective, taken: Collection[str] = ()) -> str:
    """An id for `answer` made from author and title, else from its address; none of `taken`."""
    author, title = _slug(answer.author), _slug(answer.title)
    words = "-".join(title.split("-")[:_TITLE_WORDS])
    if not words:
        words = _number(answer.url)
    made = "-".join(filter(None, [author or answer.platform, words]))
    candidate, number = made, 1
    while candidate in taken:
        number += 1
        candidate = f"{made}-{number}"
    return candidate


def draft(answer: RawPerspective, id: str, courses: Sequence[Course]) -> str:
    """The text of a perspective file for `answer`, which has its address.

    Labels are guessed and say so; `courses` are those that resources may be.
    """
    lines = [
        "---",
        _HEADER,
        _ID,
        f"id: {id}",
        _AUTHOR,
        f"author: {_quoted(_plain(answer.author) or 'unknown')}",
        _PLATFORM,
        f"platform: {answer.platform}",
        _ADDRESS,
        f"url: {_quoted(answer.url)}",
        _QUESTION,
        f"question: {_in_its_language(answer.question)}",
        _TITLE,
        *([f"# the original's / 原题：{_plain(answer.title)}"] if answer.title else []),
        'title: {zh: "", en: ""}',
        _DATE,
        f"published: {answer.published or 'unknown'}",
        f"votes: {'unknown' if answer.votes is None else answer.votes}",
        f"language: {answer.language}",
        _READ,
        "read: whole",
        _POSITIONS,
        *_positions(label(answer.body, f"{answer.question} {answer.title}")),
        _PATHS,
        "paths: []",
        _RESOURCES,
        *_resources(answer.resources, courses),
        "---",
    ]
    return "\n".join(lines) + "\n" + _BODIES


def _positions(guessed: Sequence[Position]) -> Iterator[str]:
    if not guessed:
        yield _EXAMPLE
        yield "positions: []"
        return
    yield "positions:"
    for position in guessed:
        yield f"  {_GUESSED}"
        yield f"  - topic: {position.topic}"
        yield f"    stance: {position.stance}"
        yield f"    goals: [{', '.join(position.goals)}]"
        yield '    says: {zh: "", en: ""}'


def _resources(resources: Sequence[Resource], courses: Sequence[Course]) -> Iterator[str]:
    if not resources:
        yield "resources: []"
        return
    yield "resources:"
    for resource in resources:
        named = find_courses(resource.name, courses)
        course = f", course: {named[0]}" if named else ""
        url = f", url: {_quoted(resource.url)}" if resource.url else ""
        yield f"  - {{name: {_quoted(_plain(resource.name) or '?')}{url}{course}}}"


def _in_its_language(text: str) -> str:
    chinese = detect_language(text) is Language.CHINESE
    said = _quoted(text)
    return f'{{zh: {said}, en: ""}}' if chinese else f'{{zh: "", en: {said}}}'


def _quoted(text: str) -> str:
    return json.dumps(_plain(text), ensure_ascii=False)


def _plain(text: str) -> str:
    """`text` on one line and without characters that are not printed."""
    line = _LINE_BREAK.sub(" ", text).strip()
    return "".join(sign for sign in line if unicodedata.category(sign)[0] != "C")


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    if not letters.isascii():
        return ""
    return re.sub(r"[^a-z0-9]+", "-", letters.replace("'", "")).strip("-")


def _number(url: str) -> str:
    """The last number in the path of `url`, or digits made from it."""
    parts = urlsplit(url)
    found = [] if parts.fragment else _NUMBER.findall(parts.path)
    return found[-1] if found else hashlib.sha256(url.encode()).hexdigest()[:_DIGITS]
