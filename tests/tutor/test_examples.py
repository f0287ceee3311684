"""The example questions and what is fitted to them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from corpus.embedding import Embedder
from corpus.types import Goal, Topic
from tutor.examples import FITTED, fitted_name, load_examples, write


def test_the_package_holds_what_is_fitted_to_its_examples_and_its_model(embedder: Embedder) -> None:
    """After a change of either, run tests/evaluation/calibrate.py."""
    assert (FITTED / fitted_name(embedder)).exists()
    assert len(list(FITTED.iterdir())) == 1


def test_a_question_is_told_from_another(embedder: Embedder) -> None:
    examples = load_examples(embedder)
    maths = examples.likeness(embedder.embed_query("数学要补到什么地步才能看懂论文"))
    piano = examples.likeness(embedder.embed_query("学小提琴要先学乐理吗"))
    assert max(maths.topics, key=maths.topics.__getitem__) is Topic.MATH_DEPTH
    assert maths.inside > 0 > piano.inside


class OtherEmbedder:
    """Another model: two dimensions, and it counts what it is asked."""

    name, dimension, fingerprint = "other", 2, "other"

    def __init__(self) -> None:
        self.asked = 0

    def embed_queries(self, texts: list[str]) -> np.ndarray:
        self.asked += len(texts)
        angles = np.array([len(text) for text in texts]) / 40
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_another_model_embeds_them_once(tmp_path: Path) -> None:
    embedder = OtherEmbedder()
    load_examples(embedder, tmp_path)
    asked = embedder.asked
    load_examples(embedder, tmp_path)
    assert embedder.asked == asked > 0


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    embedder = OtherEmbedder()
    load_examples(embedder, tmp_path)
    kept = tmp_path / fitted_name(embedder)
    kept.write_bytes(kept.read_bytes()[:50])
    assert "inside" in load_examples(embedder, tmp_path).questions.labels


def test_an_unwritable_cache_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    write(tmp_path / "file" / "examples.npz", load_examples(OtherEmbedder()))


def test_an_aim_is_told_from_another(embedder: Embedder) -> None:
    examples = load_examples(embedder)
    goals = examples.likeness(embedder.embed_query("下个月要答辩了，老师让我跑个模型交差")).goals
    assert max(goals, key=goals.__getitem__) is Goal.GRADUATION_PROJECT
