"""Vectors are kept apart by kind and language: each shelf is searched whole, without a filter."""

from __future__ import annotations

from typing import NamedTuple

from corpus.types import Kind, Language


class Shelf(NamedTuple):
    """The passages of one kind in one language."""

    kind: Kind
    language: Language

    @property
    def name(self) -> str:
        """What the shelf is called in a store, such as "course-zh"."""
        return f"{self.kind}-{self.language}"


SHELVES = tuple(Shelf(kind, language) for kind in Kind for language in Language)
