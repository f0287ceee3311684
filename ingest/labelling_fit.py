"""Fitting the labeller; run `python -m ingest.labelling_fit` after a change of what it learns from.

Sentences learn from the example statements: regularised least squares over two kernels, one of
vectors and one of words. Texts learn from labelled texts: a logistic regression whose weights are
drawn towards ones that all topics share, for some topics have few texts. What it sees of a text
comes from a sentence model without the statements that are worded almost like that text.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from corpus.embedding import Embedder
from corpus.perspective_files import load_perspectives
from ingest.labelling_features import features, telling
from ingest.labelling_file import write
from ingest.labelling_model import (
    STANCES,
    TOPICS,
    Floats,
    LabelModel,
    around,
    likeness,
)
from ingest.labelling_statements import (
    Labelled,
    RememberingEmbedder,
    Statement,
    examples,
    texts_of,
    unlike,
)
from ingest.labelling_text import grams

# Chosen by cross-validation on one half of the bundled sources; see `docs/evaluation.md`.
_RIDGE = 0.3
_WORDS = 0.7
_RARE = 2
_SHARED = 3.0
_OF_ITS_OWN = 40.0
_CONSTANT = 1e-2
_STEPS = 25
FOLDS = 6


def fit(
    texts: Sequence[Labelled], embedder: Embedder, apart: Sequence[Labelled] = ()
) -> LabelModel:
    """The labeller that `texts` and the example statements give. Raises EmbedderError.

    No statement is learned from that is worded almost like a sentence of `apart`.
    """
    memory = RememberingEmbedder(embedder)
    folds = np.array([fold(text.author) for text in texts])
    seen: list[Floats] = [np.empty(0, np.float32)] * len(texts)
    for number in range(FOLDS):
        held = [text for text, its in zip(texts, folds, strict=True) if its == number]
        part = _fit_sentences(unlike([*held, *apart], examples(), memory), memory)
        for place in map(int, np.flatnonzero(folds == number)):
            body = texts[place].body
            seen[place] = features(body, telling(body, part, memory))
    takes = np.array([[topic in text.topics for topic in TOPICS] for text in texts])
    model = _fit_sentences(unlike(apart, examples(), memory), memory)
    return _with_topics(model, np.array(seen), takes)


def fold(author: str) -> int:
    """One of the FOLDS, the same for all texts of an author."""
    return hashlib.sha256(author.casefold().encode()).digest()[1] % FOLDS


def _fit_sentences(statements: Sequence[Statement], embedder: Embedder) -> LabelModel:
    """A model without topic weights."""
    vectors = embedder.embed_passages([each.text for each in statements])
    mean = vectors.mean(axis=0).astype(np.float16).astype(np.float32)
    places = around(vectors, mean).astype(np.float16).astype(np.float32)
    vocabulary, rarity, words = _word_rows([each.text for each in statements])
    kernel = likeness(vectors, mean, places) + np.float32(_WORDS) * (words @ words.T)
    weights = _weights(kernel, statements)
    none = np.zeros((0, 0), np.float32)
    return LabelModel(
        fingerprint=embedder.fingerprint,
        mean=mean,
        places=places,
        near=weights,
        vocabulary=vocabulary,
        rarity=rarity,
        words=(_WORDS * words.T @ weights).astype(np.float32),
        topics=none,
        centre=none,
        scale=none,
    )


def _word_rows(texts: Sequence[str]) -> tuple[dict[str, int], Floats, Floats]:
    """The vocabulary, how rare each gram in it is, and the texts as rows of length 1."""
    found = [grams(text) for text in texts]
    spread = Counter(gram for each in found for gram in each)
    kept = sorted(gram for gram, texts_with in spread.items() if texts_with >= _RARE)
    vocabulary = {gram: place for place, gram in enumerate(kept)}
    rarity = np.array([np.log((1 + len(texts)) / (1 + spread[g])) + 1 for g in kept], np.float32)
    rows = np.zeros((len(texts), len(kept)), np.float32)
    for row, each in zip(rows, found, strict=True):
        for gram, times in each.items():
            if gram in vocabulary:
                row[vocabulary[gram]] = (1 + np.log(times)) * rarity[vocabulary[gram]]
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9))
    return vocabulary, rarity, rows


def _weights(kernel: Floats, statements: Sequence[Statement]) -> Floats:
    """Weights, (n, COLUMNS): each column scores its members 1 and all others asked -1."""
    topics = [each.side[0] if each.side else None for each in statements]
    stances = np.array(
        [
            [each.side is not None and each.side[1] is stance for stance in STANCES]
            for each in statements
        ]
    )
    members = np.array([[its is topic for topic in TOPICS] for its in topics])
    everyone = np.ones(len(statements), bool)
    groups = [(everyone, members)]
    groups += [(asked, stances) for asked in (*members.T, members.any(axis=1))]
    return np.hstack([_solved(kernel, asked, group) for asked, group in groups])


def _solved(kernel: Floats, asked: NDArray[np.bool_], members: NDArray[np.bool_]) -> Floats:
    """Weights that tell `members`, (n, columns), from the others of those `asked`."""
    rows = np.flatnonzero(asked)
    weights = np.zeros(members.shape, np.float32)
    ridged = kernel[np.ix_(rows, rows)] + np.float32(_RIDGE) * np.eye(len(rows), dtype=np.float32)
    weights[rows] = np.linalg.solve(ridged, np.where(members[rows], 1, -1).astype(np.float32))
    return weights


def _with_topics(model: LabelModel, seen: Floats, takes: NDArray[np.bool_]) -> LabelModel:
    """`model` with a logistic regression a topic: `seen` is (texts, 7, f), `takes` (texts, 7)."""
    centre, scale = seen.mean(axis=0), seen.std(axis=0) + 1e-3
    scaled = (seen - centre) / scale
    texts, topics, number = scaled.shape
    which = np.tile(np.eye(topics), (texts, 1))
    shared = _logistic(
        np.hstack([scaled.reshape(texts * topics, number), which]),
        takes.reshape(-1),
        np.array([_SHARED] * number + [_CONSTANT] * topics),
        np.zeros(number + topics),
    )
    penalty = np.array([_OF_ITS_OWN] * number + [_CONSTANT])
    ones = np.ones((texts, 1))
    weights = [
        _logistic(
            np.hstack([scaled[:, place], ones]),
            takes[:, place],
            penalty,
            np.array([*shared[:number], shared[number + place]]),
        )
        for place in range(topics)
    ]
    return replace(model, topics=np.array(weights, np.float32), centre=centre, scale=scale)


def _logistic(
    rows: NDArray[np.float64],
    takes: NDArray[np.bool_],
    penalty: NDArray[np.float64],
    towards: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Weights, (f,), by Newton's method, each drawn `towards` a value with its `penalty`."""
    weights = towards.copy()
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chances - takes) + penalty * (weights - towards)
        bend = (rows * (chances * (1 - chances))[:, None]).T @ rows + np.diag(penalty)
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def main() -> None:
    """Fit to all that is bundled, and keep the result in the package."""
    from corpus.bundled_embedder import BundledEmbedder

    write(fit(texts_of(load_perspectives()), BundledEmbedder()))


if __name__ == "__main__":
    main()
