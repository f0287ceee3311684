"""Writing an answer from stored text and labels alone."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.events import SentenceReady
from tutor.writing import Writing


def compose(writing: Writing) -> Iterator[SentenceReady]:
    """Every composed sentence that passes the check, then the closing."""
    yield from writing.page.add_all(writing.checked(writing.composed()))
    yield from writing.page.add_all(writing.closing())
