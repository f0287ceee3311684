"""Changing what is known: one transaction a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus import catalogue_changes
from corpus.catalogue import Catalogue
from corpus.catalogue_types import ChunkedSource, Document, Origin
from corpus.catalogue_vectors import CatalogueVectors
from corpus.merging import identity
from corpus.publishing import Publisher
from corpus.vectors import Vectors

if TYPE_CHECKING:
    from corpus.embedding import Embedder


class IndexWriter:
    """Adds and removes documents; made by `Index.writer`, which holds the writer's lock.

    What a method has stored survives a crash at any later moment.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        vectors: CatalogueVectors,
        publisher: Publisher,
        embedder: Embedder,
    ) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._publisher = publisher
        self._embedder = embedder

    def missing_texts(self, sources: Iterable[ChunkedSource]) -> dict[str, str]:
        """The texts to embed, by their hash, of the passages that have no vector yet.

        For embedding the passages of several documents in one batch; see `put_document`.
        """
        texts = catalogue_changes.texts_to_embed(sources)
        known = self._vectors.known(texts)
        return {name: text for name, text in texts.items() if name not in known}

    def put_document(
        self,
        uri: str,
        fingerprint: str,
        origin: Origin,
        sources: Sequence[ChunkedSource],
        vectors: Mapping[str, Vectors] | None = None,
    ) -> None:
        """Stores what the document at `uri` gives, in place of what it gave before.

        `vectors`, each of shape (d,), are those of texts from `missing_texts`, by hash; what is
        missing among them is embedded here. Passages that stay the same are not touched.
        Raises DocumentError when a source has the id of another one, EmbedderError, StoreError,
        and ValueError for passages that were not cut from the texts of their source.
        """
        rows = catalogue_changes.passage_rows(sources)
        given = self._embedded(self.missing_texts(sources), vectors or {})
        document = Document(uri, fingerprint, origin, datetime.now(UTC).isoformat())
        with self._catalogue.database.writing() as connection:
            self._vectors.store(connection, given)
            catalogue_changes.put_document(connection, document, sources, rows)

    def _embedded(
        self, missing: Mapping[str, str], vectors: Mapping[str, Vectors]
    ) -> dict[str, Vectors]:
        known = {name: vectors[name] for name in missing if name in vectors}
        unknown = [name for name in missing if name not in vectors]
        if unknown:
            embedded = self._embedder.embed_passages([missing[name] for name in unknown])
            known.update(zip(unknown, embedded, strict=True))
        return known

    def remove_document(self, uri: str) -> bool:
        """Forgets a document and whatever is known from it alone; whether it was known."""
        if self._catalogue.document(uri) is None:
            return False
        with self._catalogue.database.writing() as connection:
            catalogue_changes.remove_document(connection, uri)
        return True

    def remove_source(self, source_id: str) -> bool:
        """Forgets one source in every document; whether it was known.

        The documents stay known, so that reading them again unchanged does not bring it back.
        """
        source = self._catalogue.source(source_id)
        if source is None:
            return False
        with self._catalogue.database.writing() as connection:
            catalogue_changes.remove_source(connection, identity(source))
        return True

    def publish(self) -> None:
        """Brings the vector index up to what is stored, so that other processes find it.

        A copy of the vector index is written each time: call it after many documents, not after
        each. Raises StoreError.
        """
        self._publisher.publish()
