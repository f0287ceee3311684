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
# Chosen by ten-fold cross-validation over the examples themselves.
_RIDGE = 0.1
_WIDTH = 0.5

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
    """Classifiers over question vectors, fitted to the example questions.

    Regularised least squares with a Gaussian kernel, one class against the rest (Rifkin, Yeo and
    Poggio, 2003). `mean` is (dimension,); `places`, (n, dimension), are the examples around it,
    scaled to length 1; `inside`, (n,), and `topics`, (n, topics), are their weights.
    """

    mean: Vector
    places: Vector
    inside: Vector
    topics: Vector

    def likeness(self, vector: Vector) -> Likeness:
        """Classify a question by its vector, (dimension,) and L2-normalised."""
        near = _kernel(_around(vector[None, :], self.mean), self.places)[0]
        scores = near @ self.topics
        return Likeness(
            inside=float(near @ self.inside),
            topics={topic: float(score) for topic, score in zip(Topic, scores, strict=True)},
        )


def _around(vectors: Vector, mean: Vector) -> Vector:
    centred = vectors - mean
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    placed: Vector = centred / np.maximum(lengths, np.float32(1e-9))
    return placed


def _kernel(left: Vector, right: Vector) -> Vector:
    similar: Vector = np.exp(-_WIDTH * (2 - 2 * left @ right.T))
    return similar


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
    # Kept in half precision: the cosines of this model tell nothing finer.
    places = _around(vectors, mean).astype(np.float16).astype(np.float32)
    inside = np.array([label not in _OUTSIDE for label in labels])
    about = np.array([[label == topic.value for topic in Topic] for label in labels])
    named = about.any(axis=1)
    topics = np.zeros(about.shape, np.float32)
    topics[named] = _solve(places[named], about[named])
    return Examples(mean, places, _solve(places, inside[:, None])[:, 0], topics)


def _solve(places: Vector, members: NDArray[np.bool_]) -> Vector:
    """Weights, (n, k), with which each column of members scores 1 and the others -1."""
    kernel = _kernel(places, places) + _RIDGE * np.eye(len(places))
    return np.linalg.solve(kernel, np.where(members, 1, -1)).astype(np.float32)


def _read(path: Path | None, dimension: int) -> Examples | None:
    if path is None or not path.exists():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            places = kept["places"].astype(np.float32)
            examples = Examples(kept["mean"], places, kept["inside"], kept["topics"])
    except (OSError, ValueError, EOFError, KeyError, BadZipFile):
        return None
    return examples if examples.mean.shape == (dimension,) else None


def write(path: Path, examples: Examples) -> None:
    """Keep `examples` in the file `path`, whole or not at all; an unwritable path is left be."""
    unfinished = path.with_suffix(f".{id(examples)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            np.savez_compressed(
                file,
                mean=examples.mean,
                places=examples.places.astype(np.float16),
                inside=examples.inside,
                topics=examples.topics,
            )
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
