"""What an embedder is: text in, vectors of length one out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Embedder(Protocol):
    """Turns questions and passages into vectors whose dot product says how well they match.

    A text longer than the model reads is cut at its limit (512 tokens for the bundled model);
    an endpoint that does not cut refuses it with EmbedderError. Any string is allowed, also an
    empty one and one that is not valid Unicode. Methods may be called from several threads.
    """

    @property
    def name(self) -> str:
        """What a person calls it, the same on every machine."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector. May load the model; raises EmbedderError where that fails."""
        ...

    @property
    def fingerprint(self) -> str:
        """A hash of the weights and settings: vectors of different fingerprints do not mix."""
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question: shape (dimension,), Euclidean length 1.

        Raises EmbedderError where the model cannot be loaded or does not answer.
        """
        ...

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of questions in their order: shape (n, dimension), rows of length 1.

        `n` may be 0. Raises EmbedderError like `embed_query`.
        """
        ...

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of `texts` in their order: shape (n, dimension), rows of length 1.

        `n` may be 0. Raises EmbedderError like `embed_query`.
        """
        ...


def encodable(text: str) -> str:
    """`text` with a question mark for every lone surrogate, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row of `rows`, shape (n, dimension), scaled to length 1.

    Raises ValueError where a row has no direction: all zeros, or a value that is not finite.
    """
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if not (np.isfinite(lengths).all() and (lengths > 0).all()):
        raise ValueError("a vector without direction")
    scaled: NDArray[np.float32] = (rows / lengths).astype(np.float32, copy=False)
    return scaled
