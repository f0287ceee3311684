"""A numbered source of an answer or a plan."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import Kind, Language


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source with the exact words that the answer rests on.

    `quote == body[start:end]` of the stored text of `source_id` in `language` with `verbatim`.
    `verbatim` is False when the stored text is our restatement, not the person's own words.
    `rendering` is a stored text of the same content in the reader's language, where there is one.
    """

    number: int
    source_id: str
    kind: Kind
    author: str
    platform: str
    title: str
    url: str
    published: str | None
    language: Language
    verbatim: bool
    quote: str
    start: int
    end: int
    rendering: str | None = None
    age_warning: bool = False
