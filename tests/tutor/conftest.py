"""The tutor over the bundled sources, indexed once for all tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from api.settings import Settings
from api.wiring import open_embedder, open_index
from corpus.embedding import Embedder
from corpus.index import Index
from tutor.examples import load_examples
from tutor.tutor import Tutor

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return open_embedder(Settings())


@pytest.fixture(scope="session")
def index(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    with open_index(settings, embedder=embedder) as opened:
        yield opened


@pytest.fixture(scope="session")
def tutor(index: Index, embedder: Embedder) -> Iterator[Tutor]:
    asked = Tutor(index, embedder, load_examples(embedder), today=lambda: TODAY)
    yield asked
    asked.close()
