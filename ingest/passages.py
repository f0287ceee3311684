"""The passages of a source: its texts cut into chunks, each with a name of its own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from corpus.catalogue_types import ChunkedSource
from corpus.codec import kind_of
from corpus.merging import identity
from corpus.types import Passage, Source
from ingest.chunking import chunk

READING_VERSION = "2"
"""Part of every fingerprint. Raise it when reading, cleaning, cutting or labelling give another
result for the same document, so that documents are read again after an upgrade."""

_ID_DIGITS = 24


def passages_of(source: Source) -> ChunkedSource:
    """`source` with the passages cut from all its texts, in order.

    The id of a passage is a hash of its source's identity, its text's language and wording, its
    headings, its content, and how often the same occurred before: text inserted above it moves a
    passage but does not rename it, and the id that a source happens to have plays no part.
    """
    return ChunkedSource(source, tuple(_passages(source)))


def _passages(source: Source) -> Iterator[Passage]:
    name = identity(source)
    for text in source.texts:
        seen: Counter[tuple[str, ...]] = Counter()
        for piece in chunk(text.body):
            content = text.body[piece.start : piece.end]
            place = (name, text.language, str(text.verbatim), *piece.headings, content)
            seen[place] += 1
            yield Passage(
                id=_digest((*place, str(seen[place]))),
                source_id=source.id,
                kind=kind_of(source),
                language=text.language,
                verbatim=text.verbatim,
                start=piece.start,
                end=piece.end,
                text=content,
                headings=piece.headings,
            )


def _digest(parts: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_ID_DIGITS]
