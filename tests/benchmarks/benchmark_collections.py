"""Data directories of several sizes: the bundled sources, and fillers around them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from benchmark_filler import SHARE_CHINESE, FillerWriter
from numpy.typing import NDArray

from api.settings import Settings
from api.wiring import open_index
from corpus.catalogue_types import ChunkedSource, Origin
from corpus.embedding import Embedder
from corpus.index import Index
from corpus.types import Bilingual, Kind, Language, Passage, Perspective, ReadExtent, Text

_PASSAGES_A_PERSON = 5
_PEOPLE_A_DOCUMENT = 200
# Of the vectors: how many real ones are mixed, how evenly, and how much noise is added.
_MIXED = 3
_EVENNESS = 0.6
_NOISE = 0.25
_BETWEEN = "\n\n"


class Collections:
    """Makes data directories below `root`, each out of the next smaller one made before it."""

    def __init__(self, root: Path, embedder: Embedder) -> None:
        self._root = root
        self._embedder = embedder
        self._writer = FillerWriter()
        self._people = 0
        self._vectors: FillerVectors | None = None
        self._made: dict[int, Path] = {}

    def bundled(self) -> Path:
        """The directory that holds the bundled sources and nothing else."""
        if not self._made:
            data = self._root / "bundled"
            with open_index(Settings(data=data), embedder=self._embedder) as index:
                self._made[sum(index.statistics().passages.values())] = data
        return self._made[min(self._made)]

    def of_size(self, passages: int) -> Path:
        """The directory with `passages` passages, or with the bundled ones where those are more."""
        self.bundled()
        size = max((made for made in self._made if made <= passages), default=min(self._made))
        if size < passages:
            larger = self._root / f"passages-{passages}"
            shutil.copytree(self._made[size], larger)
            self._add(larger, passages - size)
            self._made[passages] = larger
            size = passages
        return self._made[size]

    def _add(self, data: Path, count: int) -> None:
        people = filler_perspectives(self._writer, count, first=self._people)
        with Index.open(data, self._embedder) as index, index.writer() as writer:
            if self._vectors is None:
                real = {each for read in index.documents() for each in index.passage_ids(read.uri)}
                self._vectors = FillerVectors(index.vectors(sorted(real)))
            while batch := list(islice(people, _PEOPLE_A_DOCUMENT)):
                self._people += len(batch)
                hashes = writer.missing_texts(batch)
                vectors = dict(zip(hashes, self._vectors.draw(len(hashes)), strict=True))
                uri = f"filler:{batch[0].source.id}"
                writer.put_document(uri, "filler", Origin.INGESTED, batch, vectors)


class FillerVectors:
    """Vectors like those of `real` passages, shape (n, d): mixtures of a few of them, and noise.

    Pairs of them have the cosines that pairs of real passages have, and they lie among those, as
    further answers about the same field would.
    """

    def __init__(self, real: NDArray[np.float32]) -> None:
        self._random = np.random.default_rng(3)
        self._mean = real.mean(axis=0)
        self._offsets = real - self._mean
        self._length = float(np.linalg.norm(self._offsets, axis=1).mean())

    def draw(self, count: int) -> NDArray[np.float32]:
        """`count` vectors, of shape (count, d)."""
        shares = self._random.dirichlet(np.full(_MIXED, _EVENNESS), count)
        chosen = self._random.integers(0, len(self._offsets), (count, _MIXED))
        mixed = np.einsum("nk,nkd->nd", shares, self._offsets[chosen])
        noise = self._random.standard_normal(mixed.shape) / np.sqrt(mixed.shape[1])
        offsets = self._length * (_unit(mixed) + _NOISE * noise)
        return _unit(self._mean + offsets).astype(np.float32)


def _unit(rows: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    lengths: NDArray[np.floating[Any]] = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / lengths


def filler_perspectives(
    writer: FillerWriter, passages: int, *, first: int
) -> Iterator[ChunkedSource]:
    """People without positions, five passages each, `passages` in all, numbered from `first`."""
    for place, start in enumerate(range(0, passages, _PASSAGES_A_PERSON)):
        language = Language.ENGLISH if place % 10 >= 10 * SHARE_CHINESE else Language.CHINESE
        count = min(_PASSAGES_A_PERSON, passages - start)
        yield _person(first + place, language, [writer.text(language) for _ in range(count)])


def _person(number: int, language: Language, texts: list[str]) -> ChunkedSource:
    source = Perspective(
        id=f"filler-{number}",
        author=f"filler {number}",
        platform="filler",
        url=f"https://filler.example/{number}",
        question=Bilingual(texts[0][:20], texts[0][:20]),
        title=Bilingual(texts[0][:20], texts[0][:20]),
        published=None,
        votes=None,
        language=language,
        read=ReadExtent.WHOLE,
        positions=(),
        paths=(),
        resources=(),
        texts=(Text(language, verbatim=True, body=_BETWEEN.join(texts)),),
    )
    return ChunkedSource(source, tuple(_passages(source, texts)))


def _passages(source: Perspective, texts: list[str]) -> Iterator[Passage]:
    start = 0
    for place, text in enumerate(texts):
        yield Passage(
            # Like real ids, these fall evenly among all hashes.
            id=hashlib.sha256(f"{source.id}-{place}".encode()).hexdigest()[:24],
            source_id=source.id,
            kind=Kind.PERSPECTIVE,
            language=source.language,
            verbatim=True,
            start=start,
            end=start + len(text),
            text=text,
        )
        start += len(text) + len(_BETWEEN)
