"""Running commands in this process, and an embedder that needs no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner, Result

from corpus.embedding import Embedder


class TinyEmbedder:
    """Embeds by letters: quick, and another model than the bundled one."""

    name = "tiny"
    dimension = 32
    fingerprint = "f" * 64

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.ones(self.dimension, np.float32)
        for character in text:
            vector[ord(character) % self.dimension] += 1
        return vector / np.float32(np.linalg.norm(vector))

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [self.embed_query(text) for text in texts]
        return np.stack(rows) if rows else np.empty((0, self.dimension), np.float32)


@pytest.fixture
def tiny_embedder() -> Embedder:
    return TinyEmbedder()


@pytest.fixture
def tutor(indexed: Path) -> Callable[..., Result]:
    """Runs `tutor` with these arguments in this process, over the shared data directory."""
    from api.cli import app

    def run(*arguments: str, data: Path = indexed, **options: object) -> Result:
        runner = CliRunner()
        given = ["--data", str(data), *arguments]
        return runner.invoke(app, given, **options)  # type: ignore[arg-type]

    return run
