"""Terms that say the same in other words, another language or an abbreviation."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

PATH = Path(__file__).with_name("synonyms.yaml")


@dataclass(frozen=True, slots=True)
class _Group:
    """The names of one thing: where one of them stands, all of them and their words may."""

    names: tuple[str, ...]
    stems: frozenset[str]

    def stands_in(self, folded: str) -> bool:
        """Whether case-folded text uses one of the names as a word of its own."""
        # Most names stand nowhere, and a search for plain text is quick.
        return any(name in folded and _pattern(name).search(folded) for name in self.names)


@cache
def _groups() -> tuple[_Group, ...]:
    lines = yaml.load(PATH.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return tuple(
        _Group(
            tuple(map(_folded, names)),
            frozenset(stem(part) for name in names for part in (name, *name.split())),
        )
        for names in lines
    )


def stem(word: str) -> str:
    """A word without case and plural, so that "CNNs" finds "CNN"."""
    folded = unicodedata.normalize("NFKC", word).casefold().strip(".-")
    if folded.endswith(("ches", "shes", "xes", "sses")):
        return folded[:-2]
    plural = folded.endswith("s") and not folded.endswith("ss") and len(folded) > 2  # noqa: PLR2004
    return folded[:-1] if plural else folded


def words_for(text: str) -> frozenset[str]:
    """Stems of all words by which the names and terms in `text` may be called."""
    groups = _groups()
    return frozenset().union(*(groups[number].stems for number in things_named(text)))


@lru_cache(maxsize=1024)
def things_named(text: str) -> frozenset[int]:
    """The lines of `synonyms.yaml` of which `text` uses a name, by number."""
    folded = _folded(text)
    return frozenset(n for n, group in enumerate(_groups()) if group.stands_in(folded))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@cache
def _pattern(name: str) -> re.Pattern[str]:
    before = r"(?<![a-z0-9])" if name[0].isascii() else ""
    after = r"(?:s|es)?(?![a-z0-9])" if name[-1].isascii() else ""
    return re.compile(f"{before}{re.escape(name)}{after}")
