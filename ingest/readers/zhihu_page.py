"""A Zhihu question page copied as text: answers by name, with counters and buttons in between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from corpus.atoms import URL
from corpus.urls import real_url
from ingest.answers import Draft, answer, question_text, reading_of
from ingest.cleaning import clean_body
from ingest.links import without_links
from ingest.page import Page
from ingest.raw import RawPerspective, Reading, Skipped
from ingest.readers.zhihu_lines import LineKind, PageLine, page_line

_QUESTION_URL = re.compile(r"https?://(?:www\.|m\.)?zhihu\.com/question/\d+(?!/?\d*/answer)")
_NAME_LENGTH = 30
_CREDENTIAL_LENGTH = 60
_HEAD_LINES = 3
_UNBOUNDED_HEAD_LINES = 2
_SENTENCE = re.compile(r"[。！？；!?;]|[,，].*[,，].*[,，]|[.…:：]$")
_ENOUGH_INTERFACE = 3
_SEPARATORS = (LineKind.FOLD, LineKind.LISTING, LineKind.DATED, LineKind.BAR, LineKind.PAGE_END)


@dataclass(frozen=True, slots=True)
class _Answer:
    """The lines of an answer: its head from `start`, its text from `body`."""

    start: int
    body: int
    author: str
    votes: int | None


def matches(page: Page) -> bool:
    """Whether the text has endorsed answers and the buttons of a question page around them."""
    lines = _lines(page)
    endorsed = sum(line.kind is LineKind.ENDORSED for line in lines)
    buttons = sum(line.kind not in (LineKind.TEXT, LineKind.BLANK) for line in lines) - endorsed
    folds = sum(line.kind in (LineKind.FOLD, LineKind.BAR) for line in lines)
    zhihu = "知乎" in page.text or "zhihu.com" in page.text
    return buttons >= _ENOUGH_INTERFACE and (endorsed > 0 or (zhihu and folds >= _ENOUGH_INTERFACE))


def read(page: Page) -> Reading:
    """One perspective for each answer on the page; adverts among them are skipped."""
    lines = _lines(page)
    end = next(
        (
            i
            for i, line in enumerate(lines)
            if line.kind is LineKind.PAGE_END and i > len(lines) / 2
        ),
        len(lines),
    )
    lines = lines[:end]
    answers = _answers(lines)
    above = lines[: answers[0].start] if answers else lines
    question, question_url = _question(above), _question_url(page, above)
    ends = [one.start for one in answers[1:]] + [len(lines)]
    return reading_of(
        _draft(one, lines[one.body : until], question, question_url, markdown=page.markdown)
        for one, until in zip(answers, ends, strict=True)
    )


def _lines(page: Page) -> list[PageLine]:
    return [page_line(line) for line in page.text.split("\n")]


def _answers(lines: list[PageLine]) -> list[_Answer]:
    endorsed = [
        _endorsed_answer(lines, i) for i, line in enumerate(lines) if line.kind is LineKind.ENDORSED
    ]
    taken = {index for one in endorsed for index in range(one.start, one.body)}
    others = [head for index in _ends(lines) if (head := _bare_answer(lines, index + 1, taken))]
    return sorted(endorsed + others, key=lambda one: one.start)


def _ends(lines: list[PageLine]) -> list[int]:
    """Where answers end: at "收起"; on a page without it, at the last of each row of buttons."""
    folds = [index for index, line in enumerate(lines) if line.kind is LineKind.FOLD]
    if folds:
        return folds
    shown = [i for i, line in enumerate(lines) if line.kind is not LineKind.BLANK]
    return [
        index
        for index, following in pairwise(shown)
        if lines[index].kind is LineKind.BAR and lines[following].kind is LineKind.TEXT
    ]


def _endorsed_answer(lines: list[PageLine], index: int) -> _Answer:
    """The head above an "N 人赞同了该回答": name, credential, badges; upwards from `index`."""
    names: list[int] = []
    bounded = False
    for place in range(index - 1, -1, -1):
        kind = lines[place].kind
        if kind in _SEPARATORS:
            bounded = True
            break
        if kind is LineKind.TEXT:
            if not _may_name(lines[place].text) or len(names) == _HEAD_LINES:
                break
            names.append(place)
    if not bounded:
        names = names[:_UNBOUNDED_HEAD_LINES]
    start = names[-1] if names else index
    author = lines[start].text if names else ""
    return _Answer(start, index + 1, author, lines[index].votes)


def _bare_answer(lines: list[PageLine], index: int, taken: set[int]) -> _Answer | None:
    """An answer that nobody endorsed: a name right below the buttons of the answer before."""
    texts = [i for i in range(index, len(lines)) if lines[i].kind is LineKind.TEXT][:_HEAD_LINES]
    short = [_is_name(lines[place].text) for place in texts]
    match short:
        case [True, True, _]:
            body = texts[2]
        case [True, False, *_]:
            body = texts[1]
        case _:
            return None
    if texts[0] in taken:
        return None
    return _Answer(texts[0], body, lines[texts[0]].text, None)


def _may_name(text: str) -> bool:
    shown = without_links(text).strip()
    return len(shown) <= _CREDENTIAL_LENGTH and not _SENTENCE.search(shown)


def _is_name(text: str) -> bool:
    return _may_name(text) and len(without_links(text).strip()) <= _NAME_LENGTH


def _question(above: list[PageLine]) -> str:
    lines = [line.text for line in above if line.kind is LineKind.TEXT]
    # Above the question stand its topics, each a link, and perhaps the address of the page.
    lines = [re.sub(r"\[[^\]]*\]\([^)]*\)", "", line) for line in lines if not URL.search(line)]
    texts = [text for line in lines if (text := question_text(line))]
    asked = [text for text in texts if text.endswith(("？", "?"))]
    return next(iter(asked or texts), "")


def _question_url(page: Page, above: list[PageLine]) -> str:
    named = [page.url, page.meta.get("url", ""), page.meta.get("source", "")]
    named += [real_url(match[0]) for line in above for match in URL.finditer(line.text)]
    return next((url[0] for text in named if (url := _QUESTION_URL.match(text))), "")


def _draft(
    head: _Answer, lines: list[PageLine], question: str, question_url: str, *, markdown: bool
) -> RawPerspective | Skipped:
    shown = [line.text for line in lines if line.kind in (LineKind.TEXT, LineKind.BLANK)]
    dates = [line for line in lines if line.kind is LineKind.DATED]
    dates.sort(key=lambda line: not line.first_published)
    counted = [line.votes for line in lines if line.votes is not None]
    votes = head.votes if head.votes is not None else next(reversed(counted), None)
    return answer(
        Draft(
            author=head.author,
            platform="zhihu",
            question=question,
            body=clean_body("\n".join(shown), markdown=markdown),
            published=dates[0].date if dates else None,
            votes=votes,
            question_url=question_url,
        )
    )
