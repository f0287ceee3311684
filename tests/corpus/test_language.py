"""Telling Chinese from English, also where both are mixed."""

from __future__ import annotations

import pytest

from corpus.language import detect_language, han_count, han_share
from corpus.types import Language


@pytest.mark.parametrize(
    "text",
    [
        "学深度学习要先学机器学习吗？",
        "學習深度學習需要數學嗎",
        "RNN 和 CNN 的区别是什么",
        "PyTorch 还是 TensorFlow？",
        "Transformer 论文",
        "deep learning 入门",
        "learn pytorch 要多久",
        "用 `for i in range(3)` 循环",
        "看 https://a.org/a/very/long/address/in/english/words 这里",
        "？？",
    ],
)
def test_chinese(text: str) -> None:
    assert detect_language(text) is Language.CHINESE


@pytest.mark.parametrize(
    "text",
    [
        "Do I need machine learning before deep learning?",
        "Should I follow 李沐's course before CS231n?",
        "Is 周志华's book enough for a job?",
        "What does 先后 mean?",
        "Is 《动手学深度学习》 enough?",
        "Read the 西瓜书 and then build something of your own.",
        "123",
        "",
        "?!",
    ],
)
def test_english(text: str) -> None:
    assert detect_language(text) is Language.ENGLISH


def test_counting_han_characters() -> None:
    assert han_count("先后 means order") == 2
    assert han_share("先后 ab") == 0.5
    assert han_share("123 ?") == 0
