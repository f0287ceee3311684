"""The vector index as readers see it: opened, followed when it moves, repaired when damaged."""

from __future__ import annotations

import threading
from pathlib import Path

from corpus.balanced_reader import BalancedReader
from corpus.catalogue_types import EmbedderStamp
from corpus.catalogue_vectors import CatalogueVectors, VectorState
from corpus.errors import StoreBusyError, StoreError
from corpus.hits import Hit
from corpus.language_balance import LanguageBalance
from corpus.open_reader import OpenReader
from corpus.publishing import Publisher
from corpus.shelves import SHELVES, Shelf
from corpus.store_errors import other_embedder
from corpus.types import Bilingual, Kind
from corpus.vectors import VectorReader, Vectors, VectorsDamagedError, VectorStore
from corpus.writer_lock import writer_lock

_ATTEMPTS = 4
_SAMPLES = 400
_RETRIEVED = 4
_SAME = 0.999
_WAIT_FOR_REPAIR_SECONDS = 60.0


class VectorIndex:
    """Searches the state that the catalogue names, and follows it when it moves; thread-safe."""

    def __init__(
        self,
        data: Path,
        vectors: CatalogueVectors,
        store: VectorStore,
        embedder: EmbedderStamp,
        publisher: Publisher,
    ) -> None:
        self._data = data
        self._vectors = vectors
        self._store = store
        self._embedder = embedder
        self._publisher = publisher
        self._opening = threading.Lock()
        self._open: OpenReader | None = None

    def query(self, kind: Kind, vector: Vectors, limit: int) -> list[Hit]:
        """The `limit` best passages of `kind`, best first; see `Index.dense` for the score.

        A store that fails is repaired first. Raises StoreError when that does not help.
        """
        for _ in range(_ATTEMPTS):
            current = self._current()
            try:
                with current.use() as reader:
                    return [] if reader is None else reader.query(kind, vector, limit)
            except VectorsDamagedError:
                self._forget(current)
        raise _hopeless(self._data)

    def refresh(self) -> bool:
        """Opens the state that was published last; whether it was another than before."""
        before = self._open
        return self._current() is not before

    def catch_up(self) -> None:
        """Finishes what a writer that died left undone, unless one is at work.

        Where that fails, for want of disk space, the state published before still serves; the
        StoreError is raised only when there is none.
        """
        state = self._vectors.state()
        if not state.pending:
            return
        try:
            with writer_lock(self._data):
                self._publisher.publish()
        except StoreBusyError:
            return
        except StoreError:
            if state.manifest is None:
                raise

    def close(self) -> None:
        """Gives back memory and files."""
        if self._open is not None:
            self._forget(self._open)

    def _current(self) -> OpenReader:
        current = self._open
        if current is not None and current.published == self._vectors.published():
            return current
        with self._opening:
            current = self._open
            if current is None or current.published != self._vectors.published():
                self._open, replaced = self._opened(), current
                if replaced is not None:
                    replaced.retire()
            assert self._open is not None  # noqa: S101
            return self._open

    def _forget(self, current: OpenReader) -> None:
        with self._opening:
            if self._open is current:
                self._open = None
        current.retire()

    def _opened(self) -> OpenReader:
        for _ in range(_ATTEMPTS):
            published = self._vectors.published()
            state = self._vectors.state()
            if state.manifest is None:
                return OpenReader(None, None)
            built_with = state.manifest.embedder
            if built_with.fingerprint != self._embedder.fingerprint and any(
                state.manifest.counts.values()
            ):
                raise other_embedder(built_with, self._embedder)
            try:
                return OpenReader(self._checked(state), published)
            except VectorsDamagedError:
                self._repair(published)
        raise _hopeless(self._data)

    def _checked(self, state: VectorState) -> BalancedReader:
        assert state.manifest is not None  # noqa: S101
        filled = [shelf for shelf in SHELVES if state.manifest.counts.get(shelf.name)]
        reader = self._store.open(state.manifest, settled=not state.pending)
        try:
            samples = {shelf: self._vectors.samples(shelf, _SAMPLES) for shelf in filled}
            samples = {shelf: rows for shelf, rows in samples.items() if len(rows)}
            for shelf, rows in samples.items():
                _retrieve(reader, shelf, rows[:_RETRIEVED])
        except BaseException:
            reader.close()
            raise
        return BalancedReader(reader, LanguageBalance(samples))

    def _repair(self, published: str | None) -> None:
        if published != self._vectors.published():
            return
        with writer_lock(self._data, _WAIT_FOR_REPAIR_SECONDS):
            if published == self._vectors.published():
                self._publisher.repair()


def _retrieve(reader: VectorReader, shelf: Shelf, samples: Vectors) -> None:
    nearest = [reader.query(shelf, vector, 1) for vector in samples]
    found = sum(bool(hits) and hits[0].score > _SAME for hits in nearest)
    # The graph is approximate: a single passage may miss itself.
    if 2 * found < len(samples):
        raise VectorsDamagedError(f"passages of {shelf.name} do not find themselves")


def _hopeless(data: Path) -> StoreError:
    return StoreError(
        Bilingual(
            zh=f"{data} 中的向量索引无法读取，自动重建也没有成功。请运行 `tutor index rebuild`。",
            en=f"The vector index in {data} cannot be read, and rebuilding it did not help. "
            "Run `tutor index rebuild`.",
        )
    )
