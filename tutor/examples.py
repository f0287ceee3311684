"""Example questions in the space of the embedder: what can be asked, about what, and what for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import yaml
from numpy.typing import NDArray

from corpus.embedding import Embedder
from corpus.types import Goal, Topic

QUESTIONS = Path(__file__).with_name("example_questions.yaml")
GOALS = Path(__file__).with_name("example_goals.yaml")
FITTED = Path(__file__).with_name("fitted")
_OUTSIDE = ("elsewhere", "uncovered")
_INSIDE = "inside"
_NO_GOAL = "none"
# Chosen by ten-fold cross-validation over the examples themselves.
_RIDGE = 0.1
_WIDTH = 0.5

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a question is like: scores of about -1 (unlike) to 1 (like).

    `inside` tells whether it is like what can be asked at all, `topics` like which topic,
    `goals` like which goal, with None for a question that tells no goal.
    """

    inside: float
    topics: Mapping[Topic, float]
    goals: Mapping[Goal | None, float]


@dataclass(frozen=True, slots=True)
class Classifier:
    """Scores a question vector for each of `labels`.

    Regularised least squares with a Gaussian kernel, one label against the rest (Rifkin, Yeo and
    Poggio, 2003). `mean` is (dimension,); `places`, (n, dimension), are the examples around it,
    scaled to length 1; `weights` is (n, labels).
    """

    labels: tuple[str, ...]
    mean: Vector
    places: Vector
    weights: Vector

    def scores(self, vector: Vector) -> dict[str, float]:
        """The score of each label for `vector`, (dimension,) and L2-normalised."""
        near = _kernel(_around(vector[None, :], self.mean), self.places)[0]
        return dict(zip(self.labels, map(float, near @ self.weights), strict=True))


@dataclass(frozen=True, slots=True)
class Examples:
    """What was learned from the example questions: scope and topic, and the goal."""

    questions: Classifier
    goals: Classifier

    def likeness(self, vector: Vector) -> Likeness:
        """Classify a question by its vector, (dimension,) and L2-normalised."""
        about = self.questions.scores(vector)
        aims = self.goals.scores(vector)
        return Likeness(
            inside=about[_INSIDE],
            topics={topic: about[topic.value] for topic in Topic},
            goals={None: aims[_NO_GOAL], **{goal: aims[goal.value] for goal in Goal}},
        )


def load_examples(embedder: Embedder, cache: Path | None = None) -> Examples:
    """The example questions as `embedder` sees them.

    For the bundled embedder they are part of the package; for another one they are embedded once
    and kept in the directory `cache` if given. A cache that cannot be read or written is done
    without.
    """
    name = fitted_name(embedder)
    kept = cache / name if cache else None
    examples = _read(FITTED / name, embedder.dimension) or _read(kept, embedder.dimension)
    if examples is None:
        examples = fit_examples(embedder)
        if kept:
            write(kept, examples)
    return examples


def fitted_name(embedder: Embedder) -> str:
    """The name of the file that holds the classifiers for these examples and this embedder."""
    content = QUESTIONS.read_bytes() + GOALS.read_bytes() + embedder.fingerprint.encode()
    return f"examples-{hashlib.sha256(content).hexdigest()[:16]}.npz"


def fit_examples(embedder: Embedder) -> Examples:
    """Embed the bundled examples and fit the classifiers to them."""
    questions = _load(QUESTIONS)
    topics = questions.pop("topics")
    by_topic = {topic.value: topics[topic.value] for topic in Topic}
    asked = _classifier(embedder, {**by_topic, **questions}, tuple(by_topic))
    goals = _load(GOALS)
    aims = _classifier(embedder, goals, (_NO_GOAL, *(goal.value for goal in Goal)))
    return Examples(asked, aims)


def _load(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return data


def _classifier(
    embedder: Embedder, examples: Mapping[str, Sequence[str]], labels: tuple[str, ...]
) -> Classifier:
    """A classifier for `labels`, and for being inside where `examples` hold what is outside."""
    found = [label for label, questions in examples.items() for _ in questions]
    vectors = embedder.embed_queries([q for questions in examples.values() for q in questions])
    mean = vectors.mean(axis=0)
    # Kept in half precision: the cosines of such models tell nothing finer.
    places = _around(vectors, mean).astype(np.float16).astype(np.float32)
    members = np.array([[label == name for name in labels] for label in found])
    among = members.any(axis=1)
    weights = np.zeros(members.shape, np.float32)
    weights[among] = _solve(places[among], members[among])
    if among.all():
        return Classifier(labels, mean, places, weights)
    inside = np.array([[label not in _OUTSIDE] for label in found])
    return Classifier(
        (*labels, _INSIDE), mean, places, np.hstack([weights, _solve(places, inside)])
    )


def _solve(places: Vector, members: NDArray[np.bool_]) -> Vector:
    """Weights, (n, k), with which each column of members scores 1 and the others -1."""
    kernel = _kernel(places, places) + _RIDGE * np.eye(len(places))
    return np.linalg.solve(kernel, np.where(members, 1, -1)).astype(np.float32)


def _around(vectors: Vector, mean: Vector) -> Vector:
    centred = vectors - mean
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    placed: Vector = centred / np.maximum(lengths, np.float32(1e-9))
    return placed


def _kernel(left: Vector, right: Vector) -> Vector:
    similar: Vector = np.exp(-_WIDTH * (2 - 2 * left @ right.T))
    return similar


def _read(path: Path | None, dimension: int) -> Examples | None:
    if path is None or not path.exists():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            parts = [
                Classifier(
                    tuple(map(str, kept[f"{name}_labels"])),
                    kept[f"{name}_mean"],
                    kept[f"{name}_places"].astype(np.float32),
                    kept[f"{name}_weights"],
                )
                for name in ("questions", "goals")
            ]
    except (OSError, ValueError, EOFError, KeyError, BadZipFile):
        return None
    return Examples(*parts) if parts[0].mean.shape == (dimension,) else None


def write(path: Path, examples: Examples) -> None:
    """Keep `examples` in the file `path`, whole or not at all; an unwritable path is left be."""
    arrays: dict[str, Any] = {}
    for name, part in (("questions", examples.questions), ("goals", examples.goals)):
        arrays[f"{name}_labels"] = np.array(part.labels)
        arrays[f"{name}_mean"] = part.mean
        arrays[f"{name}_places"] = part.places.astype(np.float16)
        arrays[f"{name}_weights"] = part.weights
    unfinished = path.with_suffix(f".{id(examples)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            np.savez_compressed(file, **arrays)
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
