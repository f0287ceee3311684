"""Computing anew whatever the catalogue derives from its passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import lexical
from corpus.catalogue_types import Progress
from corpus.catalogue_vectors import CatalogueVectors
from corpus.database import Database
from corpus.types import Kind

if TYPE_CHECKING:
    from corpus.embedding import Embedder

_BATCH = 256


def embed_missing(
    database: Database, vectors: CatalogueVectors, embedder: Embedder, progress: Progress
) -> None:
    """Gives every passage a vector of `embedder`; those of another one stay beside it.

    What is done is kept batch by batch, so that it can be interrupted and taken up again.
    """
    missing = list(vectors.texts_without_vector().items())
    progress(0, len(missing))
    for start in range(0, len(missing), _BATCH):
        hashes, texts = zip(*missing[start : start + _BATCH], strict=True)
        embedded = embedder.embed_passages(list(texts))
        with database.writing() as connection:
            vectors.store(connection, dict(zip(hashes, embedded, strict=True)))
        progress(start + len(hashes), len(missing))


def rebuild_lexicons(database: Database) -> None:
    """Makes the lexical index anew from the searchable passages, in one transaction."""
    with database.writing() as connection:
        for kind in Kind:
            lexical.clear(connection, kind)
            rows = connection.execute(
                "SELECT number, text, about FROM passages WHERE searchable AND kind = ?", (kind,)
            )
            for number, text, about in rows:
                lexical.add_entry(connection, kind, number, text, about)
