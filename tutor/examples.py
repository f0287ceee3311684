"""Example questions in the space of the embedder: what the tutor can be asked, and what not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from corpus.embedding import Embedder
from numpy.typing import NDArray

from corpus.types import Topic

PATH = Path(__file__).with_name("example_questions.yaml")
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """How close a question is to the nearest examples of each label, as mean cosines."""

    topics: dict[Topic, float]
    courses: float
    elsewhere: float
    uncovered: float

    @property
    def margin(self) -> float:
        """How much closer the question is to what can be asked than to what cannot."""
        inside = max(*self.topics.values(), self.courses)
        return inside - max(self.elsewhere, self.uncovered)

    @property
    def topic(self) -> Topic:
        """The topic of the nearest examples."""
        return max(self.topics, key=lambda topic: self.topics[topic])


@dataclass(frozen=True, slots=True)
class Examples:
    """The embedded example questions; `vectors` is (n, dimension), one row a label."""

    labels: tuple[str, ...]
    vectors: NDArray[np.float32]

    def likeness(self, vector: NDArray[np.float32]) -> Likeness:
        """Compare a question's vector, (dimension,) and L2-normalised, with the examples."""
        cosines = self.vectors @ vector
        rows: dict[str, list[float]] = {}
        for label, cosine in zip(self.labels, cosines, strict=True):
            rows.setdefault(label, []).append(float(cosine))
        means = {
            label: float(np.mean(sorted(values)[-_NEAREST:])) for label, values in rows.items()
        }
        return Likeness(
            topics={topic: means[topic.value] for topic in Topic},
            courses=means["courses"],
            elsewhere=means["elsewhere"],
            uncovered=means["uncovered"],
        )


def load_examples(embedder: Embedder, cache: Path | None = None) -> Examples:
    """The example questions as `embedder` sees them, kept in the directory `cache` if given.

    A cache that cannot be read or written is done without.
    """
    content = PATH.read_bytes()
    data: dict[str, Any] = yaml.load(content, Loader=yaml.CSafeLoader)
    labelled = [
        (label, question)
        for label, questions in {**data.pop("topics"), **data}.items()
        for question in questions
    ]
    labels = tuple(label for label, _ in labelled)
    key = hashlib.sha256(content + embedder.fingerprint.encode()).hexdigest()[:16]
    kept = cache / f"examples-{key}.npy" if cache else None
    vectors = _read(kept, (len(labels), embedder.dimension))
    if vectors is None:
        vectors = np.stack([embedder.embed_query(question) for _, question in labelled])
        _write(kept, vectors)
    return Examples(labels, vectors)


def _read(path: Path | None, shape: tuple[int, int]) -> NDArray[np.float32] | None:
    try:
        vectors = np.load(path, allow_pickle=False) if path else None
    except (OSError, ValueError, EOFError):
        return None
    return vectors if vectors is not None and vectors.shape == shape else None


def _write(path: Path | None, vectors: NDArray[np.float32]) -> None:
    if path is None:
        return
    unfinished = path.with_suffix(f".{id(vectors)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            np.save(file, vectors)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
