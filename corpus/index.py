"""The index: everything that the tutor and ingestion ask of what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from corpus.catalogue import Catalogue
from corpus.catalogue_types import (
    Document,
    EmbedderStamp,
    Notify,
    Progress,
    Statistics,
    ignore_notice,
    ignore_progress,
)
from corpus.catalogue_vectors import CatalogueVectors
from corpus.chroma_server import ServerStore
from corpus.chroma_store import EmbeddedStore
from corpus.hits import Hit, LexicalResult
from corpus.index_writer import IndexWriter
from corpus.publishing import Publisher
from corpus.rebuilding import embed_missing, rebuild_lexicons
from corpus.store_errors import other_embedder
from corpus.types import Kind, Language, Passage, Position, Source, Topic
from corpus.vector_index import VectorIndex
from corpus.vectors import Vectors, VectorStore
from corpus.writer_lock import writer_lock

if TYPE_CHECKING:
    from corpus.embedding import Embedder


class Index:
    """What is known in one data directory, for searching and, through `writer`, for changing.

    Any number of threads and processes may search while one writes: each search sees what was
    committed when it began, and follows what another process publishes. A process that forks must
    open it afterwards: the threads of Chroma do not survive a fork. All methods raise
    StoreError when the data cannot be read, and EmbedderMismatchError once another process has
    rebuilt the index with another embedder.
    """

    def __init__(
        self, data: Path, embedder: Embedder, *, chroma_url: str | None, notify: Notify
    ) -> None:
        """For `open` and `rebuild`, which check what they find."""
        self.data = data
        self._embedder = embedder
        self._stamp = EmbedderStamp(embedder.name, embedder.dimension, embedder.fingerprint)
        self._catalogue = Catalogue(data)
        self._vectors = CatalogueVectors(self._catalogue.database, self._stamp)
        store: VectorStore = EmbeddedStore(data / "vectors")
        if chroma_url is not None:
            store = ServerStore(chroma_url, self._catalogue.owner())
        self._publisher = Publisher(self._vectors, store, self._stamp, notify)
        self._vector_index = VectorIndex(data, self._vectors, store, self._stamp, self._publisher)

    @classmethod
    def open(
        cls,
        data: Path,
        embedder: Embedder,
        *,
        chroma_url: str | None = None,
        notify: Notify = ignore_notice,
    ) -> Self:
        """Opens the index in the directory `data`, which is made if it does not exist.

        Vectors are searched in this process, or on the Chroma server at `chroma_url`. A vector
        index that is damaged is rebuilt from the catalogue, and `notify` gets one line about it.
        Raises EmbedderMismatchError when another embedder built the index; StoreError.
        """
        index = cls(data, embedder, chroma_url=chroma_url, notify=notify)
        try:
            index._require_same_embedder()
            index._vector_index.catch_up()
            index._vector_index.refresh()
        except BaseException:
            index.close()
            raise
        return index

    @classmethod
    def rebuild(
        cls,
        data: Path,
        embedder: Embedder,
        *,
        chroma_url: str | None = None,
        notify: Notify = ignore_notice,
        progress: Progress = ignore_progress,
    ) -> Self:
        """Rebuilds the index from the catalogue for `embedder`, and opens it.

        Passages without a vector of this embedder are embedded; interrupted, it goes on where it
        stopped, and until it is done the index stays as it was. Raises StoreBusyError,
        StoreError, EmbedderError.
        """
        index = cls(data, embedder, chroma_url=chroma_url, notify=notify)
        try:
            with writer_lock(data):
                database = index._catalogue.database
                embed_missing(database, index._vectors, embedder, progress)
                rebuild_lexicons(database)
                index._publisher.rebuild()
            index._vector_index.refresh()
        except BaseException:
            index.close()
            raise
        return index

    def close(self) -> None:
        """Gives back memory and files."""
        self._vector_index.close()
        self._catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def dense(self, vector: Vectors, kind: Kind, limit: int) -> list[Hit]:
        """The `limit` passages of `kind` nearest to `vector`, best first.

        `vector` has shape (d,) and length 1. `score` is the cosine for passages in the language
        that lies nearest to the question, as a rule its own; for another language the cosine is
        raised by what passages in it lack in general (see `language_balance`). Passages that were
        stored but not yet published are found by `lexical` alone.
        """
        return self._vector_index.query(kind, vector, limit)

    def lexical(self, text: str, kind: Kind, limit: int) -> LexicalResult:
        """The `limit` passages of `kind` that best match the words of `text`, best first."""
        return self._catalogue.lexical(text, kind, limit)

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages in the order of `ids`; those that are gone meanwhile are left out."""
        return self._catalogue.passages(ids)

    def passage_ids(self, document_uri: str) -> set[str]:
        """The ids of the passages that the document read from `document_uri` gave."""
        return self._catalogue.passage_ids(document_uri)

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """The vectors of passages, of shape (n, d), in the order of `ids`. Raises KeyError."""
        return self._vectors.of_passages(ids)

    def source(self, source_id: str) -> Source | None:
        """The source with this id, or None."""
        return self._catalogue.source(source_id)

    def sources(self, ids: Iterable[str] | None = None, kind: Kind | None = None) -> list[Source]:
        """All sources (of `kind`) by id, or those of `ids` in that order, unknown ones left out."""
        return self._catalogue.sources(ids, kind)

    def source_of_url(self, url: str) -> Source | None:
        """The source with this canonical url, or None."""
        return self._catalogue.source_of_url(url)

    def names_in(self, text: str) -> list[tuple[str, str]]:
        """(source id, name) of every author whose name or alias occurs in case-folded `text`."""
        return self._catalogue.names_in(text)

    def who_names(self, course: str) -> list[str]:
        """The ids of the perspectives among whose resources the course with this id is."""
        return self._catalogue.who_names(course)

    def positions(self, topic: Topic) -> list[tuple[str, Position]]:
        """(source id, position) of everyone with a labelled position on `topic`."""
        return self._catalogue.positions(topic)

    def text(self, source_id: str, language: Language, verbatim: bool) -> str | None:
        """The stored text that passages with these properties were cut from, or None."""
        return self._catalogue.text(source_id, language, verbatim)

    def document(self, uri: str) -> Document | None:
        """The document that was read from `uri`, or None."""
        return self._catalogue.document(uri)

    def documents(self, source_id: str | None = None) -> list[Document]:
        """The documents that were read, or those that a source is known from, by uri."""
        return self._catalogue.documents(source_id)

    def generation(self) -> int:
        """A number that grows by one with each change."""
        return self._catalogue.generation()

    def statistics(self) -> Statistics:
        """How much is known."""
        return self._catalogue.statistics()

    def refresh_if_changed(self) -> bool:
        """Follows what was published last; `dense` does so by itself. Whether anything moved."""
        return self._vector_index.refresh()

    @contextmanager
    def writer(self, wait_seconds: float = 0.0) -> Iterator[IndexWriter]:
        """The one writer of the data directory, for use by one thread at a time.

        What was stored is published on leaving. After an exception it is not, and the next
        `open` or writer does so. Raises StoreBusyError when another process still writes after
        `wait_seconds`.
        """
        with writer_lock(self.data, wait_seconds):
            self._require_same_embedder()
            writer = IndexWriter(self._catalogue, self._vectors, self._publisher, self._embedder)
            yield writer
            writer.publish()

    def _require_same_embedder(self) -> None:
        built_with = self._catalogue.embedder()
        if built_with is not None and built_with.fingerprint != self._stamp.fingerprint:
            raise other_embedder(built_with, self._stamp)
