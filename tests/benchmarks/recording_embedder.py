"""An embedder that remembers what it was asked, so that the same can be asked again alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import methodcaller

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import Embedder

Vectors = NDArray[np.float32]


@dataclass(slots=True)
class Calls:
    """What an embedder was asked, in order; `passages` is how many each batch of them held."""

    asked: list[Callable[[Embedder], object]] = field(default_factory=list)
    passages: list[int] = field(default_factory=list)

    def replay(self, embedder: Embedder) -> None:
        """Asks `embedder` the same again."""
        for ask in self.asked:
            ask(embedder)


class RecordingEmbedder:
    """Does what `embedder` does and keeps the calls in `calls`."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.fingerprint = embedder.fingerprint
        self.calls = Calls()

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question, of shape (d,)."""
        self.calls.asked.append(methodcaller("embed_query", text))
        return self._embedder.embed_query(text)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """The vectors of questions, of shape (n, d)."""
        self.calls.asked.append(methodcaller("embed_queries", list(texts)))
        return self._embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of passages, of shape (n, d)."""
        self.calls.asked.append(methodcaller("embed_passages", list(texts)))
        self.calls.passages.append(len(texts))
        return self._embedder.embed_passages(texts)
