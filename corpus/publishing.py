"""Bringing the vector index up to the catalogue: the writer's side of it."""

from __future__ import annotations

from corpus.catalogue_types import EmbedderStamp, Notify
from corpus.catalogue_vectors import CatalogueVectors, VectorState
from corpus.shelves import SHELVES
from corpus.types import Bilingual
from corpus.vectors import Manifest, VectorsDamagedError, VectorStore

# Vectors taken out leave gaps in the graph, which cost time and recall.
_MOST_DELETED = 0.25

REPAIRING = Bilingual(
    zh="向量索引缺失或已损坏，正在用资料库中保存的向量重建，不需要重新计算。",
    en="The vector index is missing or damaged; rebuilding it from the vectors in the catalogue.",
)


class Publisher:
    """Makes new states of the vector index; whoever calls it holds the writer's lock."""

    def __init__(
        self, vectors: CatalogueVectors, store: VectorStore, embedder: EmbedderStamp, notify: Notify
    ) -> None:
        self._vectors = vectors
        self._store = store
        self._embedder = embedder
        self._notify = notify

    def publish(self) -> None:
        """Brings the vector index up to the catalogue. Raises StoreError."""
        state = self._vectors.state()
        manifest = state.manifest
        if manifest is None or state.pending:
            manifest = self._updated(state) or self._built()
            self._vectors.publish(manifest)
        # Also when nothing was to be done: an earlier writer may have died before this.
        self._store.keep_only([manifest.location])

    def rebuild(self) -> None:
        """Builds the vector index from nothing. Raises StoreError."""
        manifest = self._built()
        self._vectors.publish(manifest)
        self._store.keep_only([manifest.location])

    def repair(self) -> None:
        """Builds the vector index from nothing and says why. Raises StoreError."""
        self._notify(REPAIRING)
        self.rebuild()

    def _built(self) -> Manifest:
        content = {shelf: self._vectors.content(shelf) for shelf in SHELVES}
        return self._store.build(self._embedder, content)

    def _updated(self, state: VectorState) -> Manifest | None:
        manifest = state.manifest
        if manifest is None or self._foreign(manifest) or self._worn(manifest):
            return None
        try:
            return self._store.update(manifest, self._vectors.changes())
        except VectorsDamagedError:
            self._notify(REPAIRING)
            return None

    def _foreign(self, manifest: Manifest) -> bool:
        return manifest.embedder.fingerprint != self._embedder.fingerprint

    def _worn(self, manifest: Manifest) -> bool:
        for shelf in SHELVES:
            count = manifest.counts.get(shelf.name, 0)
            emptied = count and not self._vectors.count(shelf)
            if emptied or manifest.deleted.get(shelf.name, 0) > _MOST_DELETED * count:
                return True
        return False
