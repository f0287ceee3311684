"""The fitted part of the labeller: how much a sentence looks as if it took which side.

A sentence is scored by its vector and by its words, a text by its most telling sentences and by
what it mentions (`ingest.labelling_features`). Fitted by `ingest.labelling_fit`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.types import Stance, Topic
from ingest.labelling_text import grams

TOPICS, STANCES = tuple(Topic), tuple(Stance)
COLUMNS = len(TOPICS) + len(TOPICS) * len(STANCES) + len(STANCES)
"""What a sentence is scored for: topics, a stance on each topic, and stances whatever the topic."""
_WIDTH = 0.5
_SHARPNESS = 4.0

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its scores: `topics` is (7,), `sides` is (7, 4), a stance on a topic."""

    text: str
    topics: Floats
    sides: Floats


@dataclass(frozen=True, slots=True)
class LabelModel:
    """The fitted numbers.

    `mean` is (d,); `places`, (m, d), are the example statements around it, scaled to length 1;
    `near`, (m, COLUMNS), weighs the likeness to each. `rarity`, (v,), and `words`, (v, COLUMNS),
    belong to the grams in `vocabulary`. `topics`, (7, f + 1), are the weights of a logistic
    regression over the features of a text, (`centre`, `scale`), each (7, f). `fingerprint` is
    that of the embedder.
    """

    fingerprint: str
    mean: Floats
    places: Floats
    near: Floats
    vocabulary: Mapping[str, int]
    rarity: Floats
    words: Floats
    topics: Floats
    centre: Floats
    scale: Floats

    def word_scores(self, sentences: Sequence[str]) -> Floats:
        """What the words alone tell: (n, COLUMNS)."""
        rows = [self._word_scores(grams(sentence)) for sentence in sentences]
        return np.array(rows, np.float32).reshape(len(sentences), COLUMNS)

    def scores(self, sentences: Sequence[str], vectors: Floats) -> list[Sentence]:
        """Words and vectors, (n, d), together."""
        found = self.word_scores(sentences) + likeness(vectors, self.mean, self.places) @ self.near
        return [sentence(text, row) for text, row in zip(sentences, found, strict=True)]

    def topic_chances(self, seen: Floats) -> Floats:
        """How likely a text with the features `seen`, (7, f), takes a side on each topic: (7,)."""
        scaled = (seen - self.centre) / self.scale
        logits = (scaled * self.topics[:, :-1]).sum(axis=1) + self.topics[:, -1]
        chances: Floats = 1 / (1 + np.exp(-logits))
        return chances

    def _word_scores(self, found: Mapping[str, int]) -> Floats:
        known = [(self.vocabulary[gram], n) for gram, n in found.items() if gram in self.vocabulary]
        if not known:
            return np.zeros(COLUMNS, np.float32)
        places, counts = np.array(known).T
        weights = (1 + np.log(counts)) * self.rarity[places]
        summed: Floats = (weights / np.linalg.norm(weights)) @ self.words[places]
        return summed


def sentence(text: str, scores: Floats) -> Sentence:
    """A sentence from its row of COLUMNS scores."""
    first, last = len(TOPICS), COLUMNS - len(STANCES)
    sides = scores[first:last].reshape(len(TOPICS), len(STANCES)) + scores[last:]
    return Sentence(text, scores[:first], sides)


def likeness(vectors: Floats, mean: Floats, places: Floats) -> Floats:
    """A Gaussian kernel of rows, (n, d), with `places`, (m, d): shape (n, m), up to 1."""
    alike: Floats = np.exp(-_WIDTH * (2 - 2 * around(vectors, mean) @ places.T))
    return alike


def around(vectors: Floats, mean: Floats) -> Floats:
    """`vectors` seen from `mean`, scaled to length 1."""
    centred = vectors - mean
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    placed: Floats = centred / np.maximum(lengths, np.float32(1e-9))
    return placed


def side_scores(sentences: Sequence[Sentence], topic: Topic) -> Floats:
    """For each stance how much a text of `sentences` speaks for it on `topic`: (4,).

    Those sentences count that speak of the topic most.
    """
    place = TOPICS.index(topic)
    about = np.array([each.topics[place] for each in sentences])
    weights = np.exp(_SHARPNESS * (about - about.max()))
    sides = np.array([each.sides[place] for each in sentences])
    weighed: Floats = (weights[:, None] * sides).sum(axis=0) / weights.sum()
    return weighed
