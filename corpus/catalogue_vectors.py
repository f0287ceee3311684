"""The vectors in the catalogue, from which the vector index can be built at any time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import TypeAdapter

from corpus.catalogue_types import EmbedderStamp
from corpus.database import Database
from corpus.passage_words import embedding_text
from corpus.schema import bump_generation, get_embedder, get_meta, set_embedder, set_meta
from corpus.shelves import Shelf
from corpus.types import Kind, Language
from corpus.vectors import Batch, Change, Manifest, Vectors

_BATCH_BYTES = 4_000_000
_MANIFEST = "vector index"
_PENDING_PASSAGES = (
    "pending JOIN passages ON (passages.kind, passages.language, passages.id)"
    " = (pending.kind, pending.language, pending.passage_id)"
)


@dataclass(frozen=True, slots=True)
class VectorState:
    """The published vector index, None before the first one; and how many passages it lacks."""

    manifest: Manifest | None
    pending: int


class CatalogueVectors:
    """The vectors of one embedder in the catalogue's `database`."""

    def __init__(self, database: Database, embedder: EmbedderStamp) -> None:
        self._database = database
        self._embedder = embedder

    def known(self, hashes: Iterable[str]) -> set[str]:
        """Those of `hashes` whose texts have a vector."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT text_hash FROM vectors JOIN json_each(?) ON text_hash = value "
                "WHERE embedder = ?",
                (json.dumps(list(hashes)), self._embedder.fingerprint),
            )
            return {row[0] for row in rows}

    def of_passages(self, ids: Sequence[str]) -> Vectors:
        """The vectors in the order of `ids`, of shape (n, d). Raises KeyError."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT passages.id, vector FROM json_each(?) JOIN passages ON passages.id = value "
                "JOIN vectors USING (text_hash) WHERE embedder = ?",
                (json.dumps(list(ids)), self._embedder.fingerprint),
            )
            found = dict(rows.fetchall())
        return self._array([found[passage_id] for passage_id in ids])

    def store(self, connection: sqlite3.Connection, vectors: Mapping[str, Vectors]) -> None:
        """Keeps `vectors` by the hash of their text, within the caller's transaction.

        The first vector of all settles the embedder of the catalogue. Raises ValueError for a
        vector of another shape than the embedder's.
        """
        if vectors and get_embedder(connection) is None:
            set_embedder(connection, self._embedder)
        for vector in vectors.values():
            if vector.shape != (self._embedder.dimension,):
                raise ValueError(f"a vector of shape {vector.shape} from {self._embedder}")
        connection.executemany(
            "INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)",
            [
                (name, self._embedder.fingerprint, vector.astype("<f4").tobytes())
                for name, vector in vectors.items()
            ],
        )

    def state(self) -> VectorState:
        """What was published last, and whether the catalogue is ahead of it."""
        with self._database.reading() as connection:
            value = get_meta(connection, _MANIFEST)
            pending = connection.execute("SELECT count(*) FROM pending").fetchone()[0]
        manifest = None if value is None else TypeAdapter(Manifest).validate_json(value)
        return VectorState(manifest, pending)

    def published(self) -> str | None:
        """A text that changes whenever another state is published; cheap to ask for."""
        with self._database.reading() as connection:
            return get_meta(connection, _MANIFEST)

    def publish(self, manifest: Manifest) -> None:
        """Makes `manifest` the state that readers open, in one transaction."""
        with self._database.writing() as connection:
            value = TypeAdapter(Manifest).dump_json(manifest, warnings="error").decode()
            set_meta(connection, _MANIFEST, value)
            set_embedder(connection, self._embedder)
            connection.execute("DELETE FROM pending")
            connection.execute(
                "DELETE FROM vectors WHERE embedder <> ?", (self._embedder.fingerprint,)
            )
            bump_generation(connection)

    def content(self, shelf: Shelf) -> Iterator[Batch]:
        """Every searchable passage of `shelf` with its vector."""
        return self._batches(shelf, "passages")

    def changes(self) -> dict[Shelf, Change]:
        """What brings the published state up to the catalogue."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT kind, language, passage_id FROM pending").fetchall()
        remove: dict[Shelf, list[str]] = {}
        for kind, language, passage_id in rows:
            remove.setdefault(Shelf(Kind(kind), Language(language)), []).append(passage_id)
        # What is put in is taken out first, since it may have come back with another vector.
        return {
            shelf: Change(ids, self._batches(shelf, _PENDING_PASSAGES))
            for shelf, ids in remove.items()
        }

    def count(self, shelf: Shelf) -> int:
        """How many passages of `shelf` can be found."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT count(*) FROM passages WHERE searchable AND kind = ? AND language = ?",
                shelf,
            ).fetchone()
        return int(row[0])

    def samples(self, shelf: Shelf, count: int) -> Vectors:
        """The vectors of up to `count` published passages of `shelf`, of shape (n, d).

        They are those with the lowest ids, which are hashes: as good as drawn by lot.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT vector FROM passages JOIN vectors USING (text_hash) "
                "WHERE searchable AND kind = ? AND language = ? AND embedder = ? "
                "AND (kind, language, passages.id) NOT IN (SELECT * FROM pending) "
                "ORDER BY passages.id LIMIT ?",
                (*shelf, self._embedder.fingerprint, count),
            ).fetchall()
        return self._array([row[0] for row in rows])

    def texts_without_vector(self) -> dict[str, str]:
        """The text to embed, by its hash, of every passage that has no vector yet."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT text_hash, headings, text FROM passages WHERE NOT EXISTS (SELECT 1 "
                "FROM vectors WHERE vectors.text_hash = passages.text_hash AND embedder = ?)",
                (self._embedder.fingerprint,),
            ).fetchall()
        return {name: embedding_text(json.loads(headings), text) for name, headings, text in rows}

    def _batches(self, shelf: Shelf, rows_of: str) -> Iterator[Batch]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT passages.id, vector FROM {rows_of} "  # noqa: S608
                "JOIN vectors ON vectors.text_hash = passages.text_hash AND embedder = ? "
                "WHERE searchable AND passages.kind = ? AND passages.language = ? ORDER BY number",
                (self._embedder.fingerprint, *shelf),
            )
            # About 2,500 vectors of 384 numbers: what Chroma writes fastest, and any server takes.
            size = max(1, _BATCH_BYTES // (4 * self._embedder.dimension))
            while batch := rows.fetchmany(size):
                yield Batch([row[0] for row in batch], self._array([row[1] for row in batch]))

    def _array(self, blobs: Sequence[bytes]) -> Vectors:
        flat = np.frombuffer(b"".join(blobs), dtype="<f4").astype(np.float32)
        return flat.reshape(len(blobs), self._embedder.dimension)
