"""Telling whether a perspective copies the wording of the original that it restates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NewType

from corpus.types import Perspective

RUN = 14
"""From so many successive words (or Han characters) on, equal wording is copied wording."""

Run = NewType("Run", tuple[str, ...])

_NOT_PROSE = re.compile(r"<[^<>]+>|《[^《》\n]*》|https?://[!-~]+")
_WORD = re.compile(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+")
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_SIGNS = re.compile(r"[\W_]+")


def runs(text: str) -> Iterator[Run]:
    """Every run of `RUN` successive words of `text`, without titles in 《》, tags and links."""
    words = _words(text)
    return (Run(tuple(words[start : start + RUN])) for start in range(len(words) - RUN + 1))


def copied(ours: str, originals: set[Run]) -> tuple[str, ...]:
    """The stretches of `ours` that stand in an original too, whose `runs` are `originals`."""
    words = _words(ours)
    stretches: list[list[str]] = []
    end = -1
    for start, run in enumerate(runs(ours)):
        if run not in originals:
            continue
        if start > end:
            stretches.append(list(run))
        else:
            stretches[-1] += words[end : start + RUN]
        end = start + RUN
    return tuple(_BETWEEN_HAN.sub("", " ".join(stretch)) for stretch in stretches)


def copied_wording(perspective: Perspective, originals: set[Run]) -> tuple[str, ...]:
    """The stretches of all that `perspective` says in our words that stand in an original."""
    found = (stretch for ours in _our_words(perspective) for stretch in copied(ours, originals))
    return tuple(dict.fromkeys(found))


def names_author(perspective: Perspective, original: str) -> bool:
    """Whether the text `original` or the address shows the author's name; True where unknown."""
    shown = _key(original) + _key(perspective.url)
    names = (perspective.author, *perspective.author_aliases)
    return not perspective.author or any(_key(name) in shown for name in names)


def _our_words(perspective: Perspective) -> Iterator[str]:
    yield from (text.body for text in perspective.texts if not text.verbatim)
    said = [perspective.title, *(position.says for position in perspective.positions)]
    said += [step.text for path in perspective.paths for step in path.steps]
    for sentence in said:
        if sentence is not None:
            yield from (sentence.zh, sentence.en)


def _words(text: str) -> list[str]:
    """Han characters one by one and other words in lower case."""
    return _WORD.findall(_NOT_PROSE.sub(" ", text).lower())


def _key(text: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())
