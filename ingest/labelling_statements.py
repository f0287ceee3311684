"""What the labeller learns from: example statements, and texts with the topics they are on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from corpus.embedding import Embedder
from corpus.types import Perspective, Stance, Topic
from ingest.labelling_model import Floats
from ingest.labelling_text import sentences_of

_SAME = 0.97

Side = tuple[Topic, Stance]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with the side it takes, None for none."""

    text: str
    side: Side | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with the topics on which it takes a side; `said` are its views in other words."""

    author: str
    body: str
    topics: frozenset[Topic]
    said: tuple[str, ...] = ()


def texts_of(perspectives: Iterable[Perspective]) -> list[Labelled]:
    """The texts of `perspectives` with their labels, Chinese and English apart."""
    return [
        Labelled(
            perspective.author or perspective.id,
            text.body,
            frozenset(position.topic for position in perspective.positions),
            tuple(each.says.text(text.language) for each in perspective.positions if each.says),
        )
        for perspective in perspectives
        for text in perspective.texts
    ]


def examples() -> list[Statement]:
    """The statements of `labelling_examples.yaml`."""
    import yaml

    path = files("ingest").joinpath("labelling_examples.yaml")
    data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    none = [Statement(text, None) for text in data.pop("none")]
    return none + [
        Statement(text, (Topic(topic), Stance(stance)))
        for topic, stances in data.items()
        for stance, texts in stances.items()
        for text in texts
    ]


class RememberingEmbedder:
    """Another embedder that computes the vector of each passage once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Floats] = {}
        self.name, self.dimension = embedder.name, embedder.dimension
        self.fingerprint = embedder.fingerprint

    def embed_passages(self, texts: Sequence[str]) -> Floats:
        """See `Embedder.embed_passages`."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        found = self._embedder.embed_passages(missing)
        self._vectors.update(zip(missing, found, strict=True))
        rows = [self._vectors[text] for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), self.dimension)

    def embed_queries(self, texts: Sequence[str]) -> Floats:
        """See `Embedder.embed_queries`."""
        return self._embedder.embed_queries(texts)

    def embed_query(self, text: str) -> Floats:
        """See `Embedder.embed_query`."""
        return self._embedder.embed_query(text)


def unlike(
    texts: Sequence[Labelled], statements: Sequence[Statement], embedder: Embedder
) -> list[Statement]:
    """Those of `statements` that are not worded almost like a sentence of `texts`."""
    sentences = [each for text in texts for each in (*sentences_of(text.body), *text.said)]
    if not sentences:
        return list(statements)
    vectors = embedder.embed_passages([each.text for each in statements])
    nearness = (vectors @ embedder.embed_passages(sentences).T).max(axis=1)
    return [each for each, near in zip(statements, nearness, strict=True) if near < _SAME]
