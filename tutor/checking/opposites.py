"""Words whose exchange turns a sentence round: opposites, words without exception, audiences."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PATH = Path(__file__).with_name("opposites.yaml")


@dataclass(frozen=True, slots=True)
class Opposites:
    """Compiled patterns, each to be searched in `folded` text."""

    sides: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    universal: re.Pattern[str]
    hedge: re.Pattern[str]
    negation: re.Pattern[str]
    audiences: dict[str, re.Pattern[str]]


@cache
def opposites() -> Opposites:
    """The lists that ship with the tutor, read once."""
    data: dict[str, Any] = yaml.load(PATH.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return Opposites(
        sides=tuple((_any_of(a), _any_of(b)) for a, b in data["opposites"].values()),
        universal=_any_of(data["universal"]),
        hedge=_any_of(data["hedge"]),
        negation=_any_of(data["negation"]),
        audiences={name: _any_of(words) for name, words in data["audiences"].items()},
    )


def fold(text: str) -> str:
    """`text` in NFKC and lower case with straight apostrophes."""
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_expression, sorted(words, key=len, reverse=True))))


def _expression(word: str) -> str:
    if word.startswith("re:"):
        return f"(?:{word[3:]})"
    folded = re.escape(fold(word))
    return rf"(?<![a-z]){folded}(?![a-z])" if word[0].isascii() else folded
