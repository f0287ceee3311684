"""The words by which a passage is found: those that are embedded, and those about its source."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from corpus.types import Bilingual, Perspective, Source


def embedding_text(headings: Sequence[str], text: str) -> str:
    """What is embedded for a passage: its headings, where it does not repeat them, and its text."""
    missing = [heading for heading in headings if heading not in text]
    return "\n".join((*missing, text))


def text_hash(text: str) -> str:
    """The key under which the vector of an embedded text is kept: 32 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def about_text(source: Source) -> str:
    """The words about `source` by which its passages are found too: titles and names."""
    if isinstance(source, Perspective):
        return "\n".join((*_both(source.title), *_both(source.question), source.author))
    names = (*source.aliases, source.provider, *source.instructors)
    return "\n".join((*_both(source.title), *names))


def _both(text: Bilingual) -> tuple[str, ...]:
    return (text.zh,) if text.zh == text.en else (text.zh, text.en)
