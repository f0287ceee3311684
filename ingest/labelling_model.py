"""The fitted part of the labeller: how much a text looks as if it took which side.

A sentence is scored by its vector and by its words; a text by its most telling sentences and by
what it mentions. Fitted to `labelling_examples.yaml` and to the bundled perspectives by
`ingest.labelling_fit`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from corpus.types import Stance, Topic
from ingest.durations import durations
from ingest.labelling import evidence
from ingest.labelling_text import grams, mentions

FITTED = Path(__file__).with_name("labelling.npz")

TOPICS, STANCES = tuple(Topic), tuple(Stance)
COLUMNS = len(TOPICS) + len(TOPICS) * len(STANCES) + len(STANCES)
"""What a sentence is scored for: topics, a stance on each topic, and stances whatever the topic."""
_WIDTH = 0.5
_SHARPNESS = 4.0
_ENOUGH_MENTIONS = 3
_ENOUGH_SAID = 2
_LONG_WEEKS = 6
_LONG_TOTAL = 20
_UNSEEN = -1.5

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

    def topic_chances(self, text: str, sentences: Sequence[Sentence], count: int) -> Floats:
        """How likely a text of `count` sentences takes a side on each topic: (7,), 0 to 1."""
        seen = features(text, sentences, count)
        scaled = (seen - self.centre) / self.scale
        logits = (scaled * self.topics[:, :-1]).sum(axis=1) + self.topics[:, -1]
        chances: Floats = 1 / (1 + np.exp(-logits))
        return chances

    def _word_scores(self, found: Counter[str]) -> Floats:
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
    centred = around(vectors, mean)
    alike: Floats = np.exp(-_WIDTH * (2 - 2 * centred @ places.T))
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


def features(text: str, sentences: Sequence[Sentence], count: int) -> Floats:
    """What tells that `text` takes a side on each topic: (7, f)."""
    weeks = durations(text)
    lasting = [bool(weeks), max(weeks, default=0) >= _LONG_WEEKS, sum(weeks) > _LONG_TOTAL]
    said = Counter(each.topic for each in evidence(text))
    seen = {topic: _mentioned(topic, text, sentences) for topic in TOPICS}
    rows = []
    for place, topic in enumerate(TOPICS):
        scores = np.sort([each.topics[place] for each in sentences] or [_UNSEEN])
        naming = [s.topics[place] for s in sentences if mentions()[topic].search(s.text)]
        rows.append(
            [
                scores[-1],
                scores[-2] if len(scores) > 1 else scores[-1] - 1,
                max(naming, default=_UNSEEN),
                *seen[topic],
                *seen[Topic.FOUNDATIONS_FOR_LLM],
                min(_ENOUGH_SAID, said[topic]) / _ENOUGH_SAID,
                np.log(max(1, count)),
                *(lasting if topic is Topic.TIME_PLAN else (0.0, 0.0, 0.0)),
            ]
        )
    return np.array(rows, np.float32)


def _mentioned(topic: Topic, text: str, sentences: Sequence[Sentence]) -> tuple[float, float]:
    """How often `text` mentions `topic`, up to enough, and the share of sentences that do."""
    pattern = mentions()[topic]
    times = min(_ENOUGH_MENTIONS, sum(1 for _ in pattern.finditer(text)))
    naming = sum(bool(pattern.search(each.text)) for each in sentences)
    return times / _ENOUGH_MENTIONS, naming / max(1, len(sentences))


def learned_from() -> str:
    """A hash of the files, bundled perspectives apart, that decide about the fitted numbers."""
    names = ("labelling.yaml", "labelling_examples.yaml", "labelling_mentions.yaml")
    content = b"".join(FITTED.with_name(name).read_bytes() for name in names)
    return hashlib.sha256(content).hexdigest()


def read(path: Path = FITTED) -> LabelModel | None:
    """The fitted numbers in the file `path`, None where it is missing or damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            words = str(kept["vocabulary"]).split("\n")
            return LabelModel(
                str(kept["fingerprint"]),
                vocabulary={word: place for place, word in enumerate(words)},
                **{name: kept[name].astype(np.float32) for name in _ARRAYS},
            )
    except (OSError, ValueError, EOFError, KeyError, BadZipFile):
        return None


def write(model: LabelModel, path: Path = FITTED) -> None:
    """Keep `model` in the file `path`. Raises OSError."""
    words = sorted(model.vocabulary, key=lambda word: model.vocabulary[word])
    np.savez_compressed(
        path,
        allow_pickle=False,
        fingerprint=np.array(model.fingerprint),
        learned_from=np.array(learned_from()),
        vocabulary=np.array("\n".join(words)),
        **{name: getattr(model, name).astype(np.float16) for name in _ARRAYS},
    )


_ARRAYS = ("mean", "places", "near", "rarity", "words", "topics", "centre", "scale")
