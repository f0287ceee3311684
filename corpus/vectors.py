"""The vector store: what the index asks of it, and how the catalogue remembers its contents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.catalogue_types import EmbedderStamp
from corpus.hits import Hit
from corpus.shelves import Shelf

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Batch:
    """Passage ids and their vectors, of shape (len(ids), d), L2-normalised."""

    ids: Sequence[str]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Change:
    """Passages of one shelf to take out and to put in; an id in both gets a new vector."""

    remove: Sequence[str]
    add: Iterable[Batch]


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Size in bytes and CRC-32 of a file at the time when it was written."""

    size: int
    checksum: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """One finished state of the vector index.

    `location` names it within its store. `counts` tells how many vectors each shelf holds, by
    its name; `deleted` how many were taken out since it was last built from nothing. `files` are
    those that reading never changes.
    """

    location: str
    embedder: EmbedderStamp
    counts: Mapping[str, int]
    deleted: Mapping[str, int]
    files: Mapping[str, FileRecord] = field(default_factory=dict)


class VectorsDamagedError(Exception):
    """The stored vectors are not what was recorded; they must be built again."""


class VectorReader(Protocol):
    """One state of the vector index, opened; safe to use from several threads."""

    def query(self, shelf: Shelf, vector: Vectors, limit: int) -> list[Hit]:
        """The `limit` nearest passages of `shelf`, best first; `score` is the cosine.

        `vector` has shape (d,). Raises VectorsDamagedError when the store cannot answer.
        """

    def close(self) -> None:
        """Gives back memory and files."""


class VectorStore(Protocol):
    """Where vectors are searched. Everything in it can be built again from the catalogue.

    One process at a time calls `build`, `update` and `keep_only`; any number may `open`.
    All raise StoreError where the store cannot be reached or written.
    """

    def open(self, manifest: Manifest, *, settled: bool) -> VectorReader:
        """Opens the state that `manifest` describes, after checking it.

        `settled` says that no writer can be at work on it. Raises VectorsDamagedError.
        """

    def build(self, embedder: EmbedderStamp, content: Mapping[Shelf, Iterable[Batch]]) -> Manifest:
        """Makes a state out of `content`."""

    def update(self, manifest: Manifest, changes: Mapping[Shelf, Change]) -> Manifest:
        """Makes the state that follows from applying `changes` to that of `manifest`.

        Readers of the old state are not disturbed. Raises VectorsDamagedError.
        """

    def keep_only(self, locations: Iterable[str]) -> None:
        """Removes every other state that this store made, as far as that is possible."""
