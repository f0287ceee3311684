"""What the labeller learns from: example statements, and the sentences of labelled texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from corpus.embedding import Embedder
from corpus.types import Perspective, Stance, Topic
from ingest.labelling_model import Floats
from ingest.labelling_text import sentences_of

_AS_NEAR = 0.01
_SAME = 0.95

Side = tuple[Topic, Stance]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with the sides it takes; of `unsure` topics nobody knows whether it takes one."""

    text: str
    sides: frozenset[Side]
    unsure: frozenset[Topic] = frozenset()


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with the sides it takes and with one sentence for each of them in other words."""

    author: str
    body: str
    says: tuple[tuple[Side, str], ...]


def texts_of(perspectives: Iterable[Perspective]) -> list[Labelled]:
    """The texts of `perspectives` with their labels, Chinese and English apart."""
    return [
        Labelled(
            perspective.author or perspective.id,
            text.body,
            tuple(
                ((position.topic, position.stance), position.says.text(text.language))
                for position in perspective.positions
                if position.says
            ),
        )
        for perspective in perspectives
        for text in perspective.texts
    ]


def examples() -> list[Statement]:
    """The statements of `labelling_examples.yaml`."""
    import yaml

    path = files("ingest").joinpath("labelling_examples.yaml")
    data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    none = [Statement(text, frozenset()) for text in data.pop("none")]
    return none + [
        Statement(text, frozenset({(Topic(topic), Stance(stance))}))
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
    sentences = [each for text in texts for each in sentences_of(text.body)]
    sentences += [words for text in texts for _, words in text.says]
    if not sentences:
        return list(statements)
    vectors = embedder.embed_passages([each.text for each in statements])
    nearness = (vectors @ embedder.embed_passages(sentences).T).max(axis=1)
    return [each for each, near in zip(statements, nearness, strict=True) if near < _SAME]


def statements_of(text: Labelled, embedder: Embedder) -> Iterator[Statement]:
    """What a text says in other words, and its sentences: the nearest to those take their sides."""
    sentences = sentences_of(text.body)
    vectors = embedder.embed_passages(sentences)
    takes: list[set[Side]] = [set() for _ in sentences]
    for side, words in text.says:
        yield Statement(words, frozenset({side}))
        nearness = vectors @ embedder.embed_passages([words])[0]
        for place in np.flatnonzero(nearness >= nearness.max(initial=0) - _AS_NEAR):
            takes[place].add(side)
    topics = frozenset(topic for (topic, _), _ in text.says)
    for sentence, sides in zip(sentences, takes, strict=True):
        unsure = topics - {topic for topic, _ in sides}
        yield Statement(sentence, frozenset(sides), unsure)
