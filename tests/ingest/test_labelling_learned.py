"""The fitted labeller: what ships with the package, and what it does with a text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.bundled_embedder import BundledEmbedder
from corpus.embedding import Embedder
from corpus.errors import EmbedderError
from corpus.types import Bilingual, Goal, Stance, Topic
from ingest.labelling_features import telling
from ingest.labelling_file import FITTED, learned_from, read
from ingest.labelling_learned import LearnedLabeller, open_labeller, spoken_to
from ingest.labelling_model import LabelModel
from ingest.labelling_statements import examples

NEEDED, CORE, NOT_NEEDED = Stance.NEEDED, Stance.CORE_SUBSET, Stance.NOT_NEEDED


@pytest.fixture(scope="module")
def model() -> LabelModel:
    found = read()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return BundledEmbedder()


@pytest.fixture(scope="module")
def labeller(embedder: Embedder, model: LabelModel) -> LearnedLabeller:
    return LearnedLabeller(embedder, model)


class Broken(BundledEmbedder):
    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        raise EmbedderError(Bilingual("坏了。", "Broken."))


def test_the_package_holds_what_is_fitted_to_its_examples_and_its_embedder(
    model: LabelModel, embedder: Embedder
) -> None:
    """After a change of the files run `python -m ingest.labelling_fit`."""
    with np.load(FITTED, allow_pickle=False) as kept:
        assert str(kept["learned_from"]) == learned_from()
    assert model.fingerprint == embedder.fingerprint
    assert isinstance(open_labeller(), LearnedLabeller)


def test_every_topic_has_examples_of_its_three_sides_and_no_sentence_stands_twice() -> None:
    statements = examples()
    taken = {each.side for each in statements}
    assert {(t, s) for t in Topic for s in list(Stance)[:3]} <= taken
    assert len({each.text for each in statements}) == len(statements)


@pytest.mark.parametrize(
    ("text", "topic", "stance"),
    [
        ("数学抓住向量、梯度和概率这几样就好，其余的碰见了再说。", "math-depth", CORE),
        ("Of maths, vectors and a little probability carry you far.", "math-depth", CORE),
        ("没写过代码的人，请先拿几个月练 Python，再来报名。", "programming-first", NEEDED),
        ("Get a model running on day one, with the theory later.", "study-order", NOT_NEEDED),
    ],
)
def test_a_side_is_told_without_the_words_of_a_pattern(
    labeller: LearnedLabeller, text: str, topic: str, stance: Stance
) -> None:
    assert labeller.side(text, Topic(topic))[0] is stance


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#",
        "今天给船底上漆，天气很好。",
        "The dataset was released with a leaderboard.",
        "1" * 5000,
    ],
)
def test_a_text_without_advice_stays_unlabelled(labeller: LearnedLabeller, text: str) -> None:
    assert labeller.label(text) == ()


def test_of_a_long_text_only_eight_sentences_are_embedded(model: LabelModel) -> None:
    class Counting(BundledEmbedder):
        number = 0

        def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
            self.number += len(texts)
            return super().embed_passages(texts)

    embedder = Counting()
    text = "".join(f"第{number}章讲线性代数，要先学好数学。" for number in range(200))
    assert len(telling(text, model, embedder)) == embedder.number == 8


def test_the_patterns_are_left_where_the_embedder_fails(model: LabelModel) -> None:
    text = "数学一定要打扎实。线性代数和概率论是必备的，没有数学走不远。"
    found = LearnedLabeller(Broken(), model).label(text)
    assert [(p.topic, p.stance, p.guessed) for p in found] == [
        (Topic.MATH_DEPTH, Stance.NEEDED, True)
    ]


def test_what_a_pattern_speaks_against_is_not_taken(labeller: LearnedLabeller) -> None:
    """Where half of a text says so and the other half says the opposite, nobody is labelled."""
    text = "数学必须学扎实。数学完全不需要学。"
    assert Topic.MATH_DEPTH not in {position.topic for position in labeller.label(text)}


@pytest.mark.parametrize(
    ("text", "question", "goals"),
    [
        ("编程要先学好。", "", ()),
        ("面试会问数学，求职的同学要准备。", "", (Goal.JOB,)),
        ("先学编程。再学数学。然后看课。有人问起面试，我不懂。", "", ()),
        ("先学编程。再学数学。然后看课。面试会考。求职要刷题。", "", (Goal.JOB,)),
        ("## 找工作\n先学编程。", "", (Goal.JOB,)),
        ("先学数学。", "想读博，数学要多好？", (Goal.RESEARCH,)),
        ("做毕设不用学那么多。", "", (Goal.GRADUATION_PROJECT,)),
    ],
)
def test_a_goal_is_taken_where_a_text_is_for_it(
    text: str, question: str, goals: tuple[Goal, ...]
) -> None:
    assert spoken_to(text, question) == goals


def test_a_damaged_file_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "labelling.npz"
    assert read(path) is None
    path.write_bytes(FITTED.read_bytes()[:1000])
    assert read(path) is None
