"""The estimate of tokens: not exact, but on the safe side."""

from __future__ import annotations

import pytest

from tutor.model.tokens import count_prompt_tokens, count_tokens
from tutor.model.types import ChatMessage, Role


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("学深度学习", 5),
        ("过拟合，正则化。", 8),
        ("learning", 3),
        ("a b c", 3),
        ("PyTorch 2.0", 5),
        ("「動手學」ディープラーニング", 14),
        ("一\n\n二", 3),
        ("👍", 3),
        ("Обучение", 8),
    ],
)
def test_an_estimate_by_character(text: str, tokens: int) -> None:
    assert count_tokens(text) == tokens


@pytest.mark.parametrize(
    ("text", "qwen", "deepseek", "mistral"),
    [
        ("机器学习是深度学习的基础，但不必学完再开始。", 14, 12, 22),
        ("Machine learning underlies deep learning, but you need not finish it first.", 15, 15, 15),
        ("先看《动手学深度学习》(d2l.ai)，再做 Kaggle 项目。", 21, 18, 22),
    ],
)
def test_it_is_not_below_what_vendors_count(
    text: str, qwen: int, deepseek: int, mistral: int
) -> None:
    assert max(qwen, deepseek, mistral) <= count_tokens(text) <= 2 * max(qwen, deepseek, mistral)


def test_each_message_costs_something_of_its_own() -> None:
    messages = [ChatMessage(Role.SYSTEM, "甲乙"), ChatMessage(Role.USER, "丙")]
    assert count_prompt_tokens(messages) == 2 + 1 + 2 * 4
