"""An embedder that remembers the passages it has embedded, across answers."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import Embedder


class RememberingEmbedder:
    """Passes texts on to another embedder and keeps the vectors of the last `capacity` passages.

    The check embeds the same windows of the same sources for every answer. Questions are not
    kept: they do not come twice, and nobody should find them here. Safe to use from several
    threads; a passage that two ask for at once may be embedded twice. 8,192 vectors of 384
    numbers take 12 MB.
    """

    def __init__(self, embedder: Embedder, capacity: int = 8192) -> None:
        self._embedder = embedder
        self._capacity = capacity
        self._lock = threading.Lock()
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    @property
    def name(self) -> str:
        """See `Embedder.name`."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """See `Embedder.dimension`."""
        return self._embedder.dimension

    @property
    def fingerprint(self) -> str:
        """See `Embedder.fingerprint`."""
        return self._embedder.fingerprint

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """See `Embedder.embed_query`."""
        return self._embedder.embed_query(text)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder.embed_queries`."""
        return self._embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder.embed_passages`; only texts that are not remembered are embedded."""
        known = self._remembered(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            rows = self._embedder.embed_passages(missing)
            known.update(zip(missing, rows, strict=True))
            self._keep(missing, known)
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        return np.stack([known[text] for text in texts])

    def _remembered(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        with self._lock:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
            for text in known:
                self._vectors.move_to_end(text)
        return known

    def _keep(self, texts: Sequence[str], vectors: dict[str, NDArray[np.float32]]) -> None:
        with self._lock:
            for text in texts:
                self._vectors[text] = vectors[text].copy()
                self._vectors.move_to_end(text)
            while len(self._vectors) > self._capacity:
                self._vectors.popitem(last=False)
