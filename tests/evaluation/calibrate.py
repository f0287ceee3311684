"""Fit what the tutor decides by: the classifiers of its example questions and the evidence weights.

Run from the root of the project after a change of the example questions, of the bundled model or
of what `tutor.evidence` measures: `python tests/evaluation/calibrate.py`. It writes the fitted
classifiers into the package and prints the weights to put into `tutor/evidence.py`. Only the tune
half of the evaluation set is used, over a small corpus and over all bundled sources, so that the
weights hold for either.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import numpy as np
from evaluation_questions import Half, Scope, load_questions
from growth_corpora import Size, index_corpus
from numpy.typing import NDArray

from corpus.bundled_embedder import BundledEmbedder
from corpus.index import Index
from corpus.language import simplified
from tutor.evidence import evidence
from tutor.examples import FITTED, Examples, fit_examples, fitted_name, write
from tutor.named import NOBODY, named_in
from tutor.retrieval import retrieve
from tutor.understanding import understand, with_likely_goal

RIDGE = 0.02
ROUNDS = 100

Array = NDArray[np.float64]


def measured(root: Path) -> tuple[Array, Array]:
    """The evidence for each question of the tune half, (n, parts), and whether it is in scope."""
    embedder = BundledEmbedder()
    examples = fit_examples(embedder)
    for outdated in FITTED.glob("examples-*.npz"):
        outdated.unlink()
    write(FITTED / fitted_name(embedder), examples)
    rows = []
    for size in (Size.SMALL, Size.FULL):
        with index_corpus(size, root, embedder) as index:
            rows += list(_measured_in(index, embedder, examples))
    return np.array([parts for parts, _ in rows]), np.array([inside for _, inside in rows], float)


def _measured_in(
    index: Index, embedder: BundledEmbedder, examples: Examples
) -> Iterator[tuple[tuple[float, ...], bool]]:
    """The evidence for each question that `index` answers or that no corpus does."""
    known = {source.id for source in index.sources()}
    for question in load_questions(sources=known):
        inside = question.scope is Scope.IN
        if question.half is not Half.TUNE or (inside and not question.required):
            continue
        retrieved = retrieve(index, embedder, simplified(question.text))
        likeness = examples.likeness(retrieved.vector)
        parts = evidence(
            with_likely_goal(understand(question.text), likeness.goals),
            retrieved,
            likeness,
            names_source=named_in(index, question.text) != NOBODY,
        )
        yield astuple(parts), inside


def logistic_regression(features: Array, target: Array) -> tuple[Array, float]:
    """Weights and bias by Newton's method, with a small ridge; both classes count alike."""
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled = np.c_[(features - mean) / deviation, np.ones(len(features))]
    share = np.where(target > 0, target.mean(), 1 - target.mean())
    importance = 1 / (2 * share * len(target))
    weights = np.zeros(scaled.shape[1])
    penalty = RIDGE * np.r_[np.ones(len(mean)), 0.0]
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        gradient = scaled.T @ (importance * (chance - target)) + penalty * weights
        spread = scaled * (importance * chance * (1 - chance))[:, None]
        weights -= np.linalg.solve(spread.T @ scaled + np.diag(penalty + 1e-9), gradient)
    slopes = weights[:-1] / deviation
    return slopes, float(weights[-1] - slopes @ mean)


def main() -> None:
    """Fit and print."""
    with tempfile.TemporaryDirectory() as data:
        features, target = measured(Path(data))
    weights, bias = logistic_regression(features, target)
    chance = 1 / (1 + np.exp(-(features @ weights + bias)))
    print("WEIGHTS =", tuple(round(float(weight), 2) for weight in weights))
    print("BIAS =", round(bias, 2))
    for least in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        caught = (chance[target == 0] < least).mean()
        lost = (chance[target == 1] < least).mean()
        print(f"answered from {least:.2f}: {caught:.3f} abstained rightly, {lost:.3f} wrongly")


if __name__ == "__main__":
    main()
