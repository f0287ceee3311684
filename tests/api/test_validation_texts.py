"""What is wrong with a setting is said in the reader's language, without English in Chinese."""

from __future__ import annotations

import re

import pytest

from api.server_settings import load_server_settings
from corpus.errors import UsageError


@pytest.mark.parametrize(
    ("variable", "value", "chinese", "english"),
    [
        ("TUTOR_ALLOW_ANONYMOUS", "ja", "要是 true 或 false", "it has to be true or false"),
        ("TUTOR_KEY_RATE", "many", "要是整数", "it has to be a whole number"),
        ("TUTOR_LLM_TIMEOUT", "soon", "要是数字", "it has to be a number"),
        ("TUTOR_LLM_TIMEOUT", "0", "要大于 0", "it has to be greater than 0"),
        ("TUTOR_ADDRESS_RATE", "-1", "不能小于 0", "it must not be less than 0"),
        (
            "TUTOR_ANSWER_SECONDS",
            "1e9",
            "不能大于 3600",
            "it must not be greater than 3600",
        ),
        ("TUTOR_LLM_INPUT_PRICE", "inf", "要是有限的数字", "it has to be a finite number"),
        (
            "TUTOR_EMBEDDER",
            "word2vec",
            "只能是 'bundled'、'sentence-transformers'、'openai'",
            "it has to be 'bundled', 'sentence-transformers' or 'openai'",
        ),
        (
            "TUTOR_CHROMA_URL",
            "not a url",
            "要是完整的网址，例如 https://example.org",
            "it has to be a whole address such as https://example.org",
        ),
        (
            "TUTOR_SLACK_API_URL",
            "ftp://example.org",
            "网址要以 http:// 或 https:// 开头",
            "it has to begin with http:// or https://",
        ),
    ],
)
def test_a_fault_of_a_setting(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, chinese: str, english: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(UsageError) as failure:
        load_server_settings()
    said = failure.value.message
    assert said.zh == f"环境变量 {variable} 的值不可用（{chinese}）。请改正或取消它。"
    assert said.en == (
        f"The environment variable {variable} is not usable ({english}). Correct it or unset it."
    )


def test_what_a_check_of_our_own_says_does_not_leak_into_chinese(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TUTOR_ALLOWED_ORIGINS", "*")
    with pytest.raises(UsageError) as failure:
        load_server_settings()
    assert "addresses such as https://example.org" in failure.value.message.en
    assert not re.search("[a-z]{2}", failure.value.message.zh)
