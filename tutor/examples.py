"""Example questions in the space of the embedder: what the tutor can be asked, and what not."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import yaml
from numpy.typing import NDArray

from corpus.embedding import Embedder
from corpus.types import Topic

PATH = Path(__file__).with_name("example_questions.yaml")
FITTED = Path(__file__).with_name("fitted")
_OUTSIDE = ("elsewhere", "uncovered")
_RIDGE = 1.0

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a question is like: scores of about -1 (unlike) to 1 (like).

    `inside` tells whether it is like what can be asked at all, `topics` like which topic.
    """

    inside: float
    topics: dict[Topic, float]

    @property
    def topic(self) -> Topic:
        """The topic that the question is most like."""
        return max(self.topics, key=lambda topic: self.topics[topic])


@dataclass(frozen=True, slots=True)
class Examples:
    """Linear classifiers over question vectors, fitted to the example questions.

    Regularised least squares, one against the rest (Rifkin, Yeo and Poggio, 2003), around the
    `mean` of the examples. `inside` is (dimension + 1,), `topics` (dimension + 1, topics); the
    last row is the bias.
    """

    mean: Vector
    inside: Vector
    topics: Vector

    def likeness(self, vector: Vector) -> Likeness:
        """Classify a question by its vector, (dimension,) and L2-normalised."""
        features = np.append(vector - self.mean, np.float32(1))
        scores = features @ self.topics
        return Likeness(
            inside=float(features @ self.inside),
            topics={topic: float(score) for topic, score in zip(Topic, scores, strict=True)},
        )


def load_examples(embedder: Embedder, cache: Path | None = None) -> Examples:
    """The example questions as `embedder` sees them.

    For the bundled embedder they are part of the package; for another one they are embedded once
    and kept in the directory `cache` if given. A cache that cannot be read or written is done
    without.
    """
    content = PATH.read_bytes()
    name = fitted_name(embedder)
    kept = cache / name if cache else None
    examples = _read(FITTED / name, embedder.dimension) or _read(kept, embedder.dimension)
    if examples is None:
        examples = fit_questions(embedder, content)
        if kept:
            write(kept, examples)
    return examples


def fitted_name(embedder: Embedder) -> str:
    """The name of the file that holds the classifiers for these examples and this embedder."""
    key = hashlib.sha256(PATH.read_bytes() + embedder.fingerprint.encode()).hexdigest()[:16]
    return f"examples-{key}.npz"


def fit_questions(embedder: Embedder, content: bytes) -> Examples:
    """Embed the questions of the YAML document `content` and fit the classifiers to them."""
    data: dict[str, Any] = yaml.load(content, Loader=yaml.CSafeLoader)
    labelled = [
        (label, question)
        for label, questions in {**data.pop("topics"), **data}.items()
        for question in questions
    ]
    vectors = embedder.embed_queries([question for _, question in labelled])
    return fit([label for label, _ in labelled], vectors)


def fit(labels: Sequence[str], vectors: Vector) -> Examples:
    """Fit the classifiers to `vectors`, (n, dimension), one label a row."""
    mean = vectors.mean(axis=0)
    inside = np.array([label not in _OUTSIDE for label in labels])
    about = np.array([[label == topic.value for topic in Topic] for label in labels])
    features = np.hstack([vectors - mean, np.ones((len(vectors), 1), np.float32)])
    named = about.any(axis=1)
    return Examples(
        mean,
        _solve(features, inside[:, None])[:, 0],
        _solve(features[named], about[named]),
    )


def _solve(features: Vector, members: NDArray[np.bool_]) -> Vector:
    """Weights, (dimension + 1, k), that send members to 1 and the others to -1.

    Both sides of each column count alike, however many examples they have.
    """
    columns = []
    for column in members.T:
        share = np.where(column, column.mean(), 1 - column.mean())
        weighted = features / share[:, None] / 2
        penalty = _RIDGE * np.eye(features.shape[1], dtype=np.float32)
        penalty[-1, -1] = 0
        target = weighted.T @ np.where(column, 1.0, -1.0).astype(np.float32)
        columns.append(np.linalg.solve(weighted.T @ features + penalty, target))
    return np.stack(columns, axis=1).astype(np.float32)


def _read(path: Path | None, dimension: int) -> Examples | None:
    if path is None or not path.exists():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            examples = Examples(kept["mean"], kept["inside"], kept["topics"])
    except (OSError, ValueError, EOFError, KeyError, BadZipFile):
        return None
    return examples if examples.topics.shape == (dimension + 1, len(Topic)) else None


def write(path: Path, examples: Examples) -> None:
    """Keep `examples` in the file `path`, whole or not at all; an unwritable path is left be."""
    unfinished = path.with_suffix(f".{id(examples)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            np.savez(file, mean=examples.mean, inside=examples.inside, topics=examples.topics)
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
