"""Fitting the labeller; run `python -m ingest.labelling_fit` after a change of what it learns from.

Regularised least squares over two kernels, one of vectors and one of words, and on top of it a
logistic regression over whole texts whose features come from folds that did not see them.
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
from ingest.labelling_learned import telling
from ingest.labelling_model import (
    COLUMNS,
    STANCES,
    TOPICS,
    Floats,
    LabelModel,
    around,
    features,
    likeness,
    write,
)
from ingest.labelling_statements import (
    Labelled,
    RememberingEmbedder,
    Statement,
    examples,
    statements_of,
    texts_of,
    unlike,
)
from ingest.labelling_text import grams, sentences_of

_RIDGE = 0.3
_WORDS = 0.7
_LANDMARK_RIDGE = 1e-3
_RARE = 2
_FOLDS = 6
_LOGISTIC = 3.0
_STEPS = 30
_IGNORED = 1e4


def fit(texts: Sequence[Labelled], embedder: Embedder) -> LabelModel:
    """The labeller that `texts` and the example statements give. Raises EmbedderError."""
    memory = RememberingEmbedder(embedder)
    model = _fit_sentences(texts, memory)
    folds = np.array([_fold(text.author) for text in texts])
    seen: list[Floats] = [np.empty(0, np.float32)] * len(texts)
    for fold in range(_FOLDS):
        others = [text for text, its in zip(texts, folds, strict=True) if its != fold]
        held = [text for text, its in zip(texts, folds, strict=True) if its == fold]
        part = _fit_sentences(others, memory, held)
        for place in map(int, np.flatnonzero(folds == fold)):
            body = texts[place].body
            seen[place] = features(body, telling(body, part, memory), len(sentences_of(body)))
    takes = np.array([[topic in {t for (t, _), _ in x.says} for topic in TOPICS] for x in texts])
    return _with_topics(model, np.array(seen), takes)


def _fold(author: str) -> int:
    return hashlib.sha256(author.casefold().encode()).digest()[1] % _FOLDS


def _fit_sentences(
    texts: Sequence[Labelled], embedder: Embedder, held: Sequence[Labelled] = ()
) -> LabelModel:
    """A model without topic weights; nothing worded almost like `held` texts is learned from."""
    landmarks = [each.text for each in examples()]
    statements = unlike(held, examples(), embedder)
    statements += [each for text in texts for each in statements_of(text, embedder)]
    vectors = embedder.embed_passages([each.text for each in statements])
    mean = vectors.mean(axis=0).astype(np.float16).astype(np.float32)
    places = around(embedder.embed_passages(landmarks), mean).astype(np.float16).astype(np.float32)
    among = likeness(places + mean, mean, places)
    inner = np.linalg.inv(among + _LANDMARK_RIDGE * np.eye(len(places))).astype(np.float32)
    near = likeness(vectors, mean, places)
    vocabulary, rarity, words = _word_rows([each.text for each in statements])
    kernel = near @ inner @ near.T + np.float32(_WORDS) * (words @ words.T)
    weights = _weights(kernel.astype(np.float32), statements)
    return LabelModel(
        fingerprint=embedder.fingerprint,
        mean=mean,
        places=places,
        near=(inner @ near.T @ weights).astype(np.float32),
        vocabulary=vocabulary,
        rarity=rarity,
        words=(_WORDS * words.T @ weights).astype(np.float32),
        topics=np.zeros((0, 0), np.float32),
        centre=np.zeros((0, 0), np.float32),
        scale=np.zeros((0, 0), np.float32),
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
    weights = np.zeros((len(statements), COLUMNS), np.float32)
    column = 0
    for topic in TOPICS:
        members = [any(t is topic for t, _ in each.sides) for each in statements]
        unsure = np.array([topic in each.unsure for each in statements])
        weights[:, column] = _solved(kernel, members, np.where(unsure, _IGNORED, 1.0))
        column += 1
    for topic in TOPICS:
        asked = [any(t is topic for t, _ in each.sides) for each in statements]
        for stance in STANCES:
            members = [(topic, stance) in each.sides for each in statements]
            weights[:, column] = _among(kernel, asked, members)
            column += 1
    asked = [bool(each.sides) for each in statements]
    for stance in STANCES:
        members = [any(s is stance for _, s in each.sides) for each in statements]
        weights[:, column] = _among(kernel, asked, members)
        column += 1
    return weights


def _among(kernel: Floats, asked: Sequence[bool], members: Sequence[bool]) -> Floats:
    """Weights that tell members from the others of those `asked`; the rest have none."""
    rows = np.flatnonzero(asked)
    weights = np.zeros(len(members), np.float32)
    weights[rows] = _solved(kernel[np.ix_(rows, rows)], np.array(members)[rows], np.ones(len(rows)))
    return weights


def _solved(
    kernel: Floats, members: Sequence[bool] | NDArray[np.bool_], doubt: NDArray[np.float64]
) -> Floats:
    goal = np.where(members, 1.0, -1.0)
    return np.linalg.solve(kernel + np.diag(_RIDGE * doubt), goal).astype(np.float32)


def _with_topics(model: LabelModel, seen: Floats, takes: NDArray[np.bool_]) -> LabelModel:
    """`model` with a logistic regression a topic: `seen` is (texts, 7, f), `takes` (texts, 7)."""
    centre, scale = seen.mean(axis=0), seen.std(axis=0) + 1e-3
    scaled = (seen - centre) / scale
    weights = [_logistic(scaled[:, place], takes[:, place]) for place in range(len(TOPICS))]
    return replace(model, topics=np.array(weights, np.float32), centre=centre, scale=scale)


def _logistic(rows: Floats, takes: NDArray[np.bool_]) -> Floats:
    """Weights, (f + 1,), the last for the constant, by Newton's method."""
    rows = np.hstack([rows, np.ones((len(rows), 1), np.float32)])
    penalty = np.full(rows.shape[1], _LOGISTIC)
    penalty[-1] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chances - takes) + penalty * weights
        bend = (rows * (chances * (1 - chances))[:, None]).T @ rows + np.diag(penalty)
        weights -= np.linalg.solve(bend, slope)
    return weights.astype(np.float32)


def main() -> None:
    """Fit to all that is bundled, and keep the result in the package."""
    from corpus.bundled_embedder import BundledEmbedder

    write(fit(texts_of(load_perspectives()), BundledEmbedder()))


if __name__ == "__main__":
    main()
