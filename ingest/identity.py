"""Giving an address to answers whose page shows none, so that they can be recognised again."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urldefrag

from corpus.types import Perspective
from corpus.urls import canonical_url
from ingest.raw import RawPerspective

_SIGNS = re.compile(r"[\W_]+")
_ANSWER_PATH = re.compile(r"(?:/answer/\d+|#.*)$")
_SAME_ANSWER = 0.3
_OPENING = 80
_DIGITS = 16
_SHORT_DIGITS = 8


class KnownAnswers:
    """The answers known already, by question and author; built once for many documents."""

    def __init__(self, perspectives: Iterable[Perspective] = ()) -> None:
        self._questions: dict[tuple[str, str], str] = {}
        self._answers: dict[tuple[str, str], Perspective] = {}
        for known in perspectives:
            question = _ANSWER_PATH.sub("", known.url)
            for text in (known.question.zh, known.question.en):
                self._questions.setdefault((known.platform, _key(text)), question)
            name = _key(known.author) or urldefrag(known.url).fragment
            self._answers.setdefault((question, name), known)

    def url(self, answer: RawPerspective) -> str:
        """The address under which `answer` is known, or "".

        Where its page does not tell the address of the question, the words of the question do.
        """
        asked = self._questions.get((answer.platform, _key(answer.question)), "")
        place = (answer.question_url or asked, _key(answer.author) or answer.place)
        known = self._answers.get(place)
        if known is None or not (answer.author or _tells_the_same(known, answer)):
            return ""
        return known.url


def _tells_the_same(known: Perspective, answer: RawPerspective) -> bool:
    """Whether an answer without an author shares enough words with a known text to be the same.

    Two pages can ask one question in the same words, and each has an accepted answer. Restatements
    share 35 to 54 percent of the character pairs of the shorter text with their original; answers
    by others to the same question share up to 27.
    """
    texts = [text.body for text in known.texts if text.language is answer.language]
    pairs = _pairs(answer.body)
    shared = [
        len(pairs & others) / max(min(len(pairs), len(others)), 1) for others in map(_pairs, texts)
    ]
    return not shared or max(shared) >= _SAME_ANSWER


def _pairs(text: str) -> set[str]:
    key = _key(text)
    return {key[place : place + 2] for place in range(len(key) - 1)}


def identified(
    answers: Sequence[RawPerspective], known: KnownAnswers | None = None
) -> tuple[RawPerspective, ...]:
    """`answers` of one document, each with an address of its own.

    An address that the page shows stays. Else the address is that of the answer if it is `known`;
    else the question's, where the page shows that one, with a fragment for the author or the
    place; else `urn:xianhou:PLATFORM:HASH` of question, author and the beginning of the text.
    """
    known = known or KnownAnswers()
    taken: set[str] = set()
    found: list[RawPerspective] = []
    for answer in answers:
        url = answer.url or _free(_address(answer, known), taken)
        taken.add(url)
        found.append(replace(answer, url=url))
    return tuple(found)


def _address(answer: RawPerspective, known: KnownAnswers) -> str:
    if recognised := known.url(answer):
        return recognised
    if answer.question_url:
        return canonical_url(f"{answer.question_url}#{_fragment(answer)}")
    opening = _key(answer.body)[:_OPENING]
    digest = _hash("\n".join((_key(answer.question), _key(answer.author), opening)), _DIGITS)
    return f"urn:xianhou:{answer.platform}:{digest}"


def _fragment(answer: RawPerspective) -> str:
    if not answer.author:
        return answer.place or f"answer-{_hash(_key(answer.body)[:_OPENING], _SHORT_DIGITS)}"
    if answer.author.isascii():
        slug = re.sub(r"[^a-z0-9]+", "-", answer.author.casefold()).strip("-")
        if slug:
            return slug
    return f"author-{_hash(_key(answer.author), _SHORT_DIGITS)}"


def _free(url: str, taken: set[str]) -> str:
    """`url`, or with a number where an answer of the same document has it already."""
    candidate, number = url, 1
    while candidate in taken:
        number += 1
        candidate = f"{url}-{number}"
    return candidate


def _key(text: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _hash(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits]
