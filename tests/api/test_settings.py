"""Settings come from the environment, and what is wrong with them is said by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.interface_language import interface_language
from api.settings import CheckChoice, EmbedderChoice, load_settings
from api.wiring import open_embedder
from corpus.errors import UsageError
from corpus.types import Language


def test_the_default_needs_no_setting() -> None:
    settings = load_settings()
    assert settings.embedder is EmbedderChoice.BUNDLED
    assert settings.data.is_absolute()
    assert settings.chroma_url is None


def test_the_environment_sets_and_an_override_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_DATA", "~/somewhere")
    assert load_settings().data == Path.home() / "somewhere"
    assert load_settings(data=Path("/else/where")).data == Path("/else/where")


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    default = load_settings().data
    monkeypatch.setenv("TUTOR_DATA", "")
    assert load_settings().data == default


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TUTOR_EMBEDDER", "word2vec"),
        ("TUTOR_CHROMA_URL", "not a url"),
        ("TUTOR_EMBEDDER_BASE_URL", "ftp://example.org"),
        ("TUTOR_LANGUAGE", "fr"),
        ("TUTOR_LLM_BASE_URL", "localhost:11434"),
        ("TUTOR_LLM_TIMEOUT", "soon"),
        ("TUTOR_LLM_TIMEOUT", "0"),
        ("TUTOR_LLM_TEMPERATURE", "3"),
        ("TUTOR_LLM_CONTEXT", "10"),
        ("TUTOR_LLM_MAX_TOKENS", "0"),
        ("TUTOR_LLM_INPUT_PRICE", "-1"),
        ("TUTOR_LLM_OUTPUT_PRICE", "inf"),
        ("TUTOR_CHECK", "none"),
    ],
)
def test_a_wrong_value_is_a_usage_error_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(UsageError) as caught:
        load_settings()
    for language in Language:
        assert variable in caught.value.text(language)


def test_a_key_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_EMBEDDER_API_KEY", "very-secret")
    monkeypatch.setenv("TUTOR_EMBEDDER", "nonsense")
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert "very-secret" not in str(caught.value)
    monkeypatch.delenv("TUTOR_EMBEDDER")
    assert "very-secret" not in repr(load_settings())


def test_no_key_of_a_language_model_is_printed_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_LLM_API_KEY", "very-secret")
    monkeypatch.setenv("OPENAI_API_KEY", "very-secret")
    monkeypatch.setenv("TUTOR_LLM_BASE_URL", "https://user:very-secret@example.org/v1")
    assert "very-secret" not in repr(load_settings())


def test_a_language_model_is_configured_by_name_address_and_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert load_settings().llm_model is None
    assert load_settings().check is CheckChoice.RULES
    for name, value in {
        "TUTOR_LLM_MODEL": "deepseek-chat",
        "TUTOR_LLM_BASE_URL": "https://api.deepseek.com/v1",
        "TUTOR_LLM_TIMEOUT": "30",
        "TUTOR_CHECK": "llm",
    }.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.llm_model == "deepseek-chat"
    assert settings.llm_base_url == "https://api.deepseek.com/v1"
    assert (settings.llm_timeout, settings.llm_temperature) == (30.0, None)
    assert settings.check is CheckChoice.LLM


@pytest.mark.parametrize("choice", ["sentence-transformers", "openai"])
def test_an_embedder_without_a_model_says_which_variable_names_it(
    monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    monkeypatch.setenv("TUTOR_EMBEDDER", choice)
    with pytest.raises(UsageError, match="TUTOR_EMBEDDER_MODEL"):
        open_embedder(load_settings())
    monkeypatch.setenv("TUTOR_EMBEDDER_MODEL", "some-model")
    assert open_embedder(load_settings()).name == "some-model"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.ENGLISH),
        ({"LANG": "zh_CN.UTF-8"}, Language.CHINESE),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW"}, Language.CHINESE),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, Language.ENGLISH),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, Language.CHINESE),
        ({"LANG": "en_US.UTF-8", "TUTOR_LANGUAGE": "zh"}, Language.CHINESE),
    ],
)
def test_the_language_of_the_interface(environment: dict[str, str], language: Language) -> None:
    assert interface_language(environment) is language
