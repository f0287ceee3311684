"""Which model the settings choose, and what it is told: never a key that is not meant for it."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from langchain_core.language_models import FakeListChatModel

from api.chat_model import open_language_model
from api.settings import load_settings
from corpus.errors import LanguageModelError, UsageError
from corpus.types import Language
from tests.tutor.openai_stub import OpenAIStub, StubRequest
from tutor.model.types import ChatMessage, Role
from tutor.model.usage import UsageMeter

QUESTION = [ChatMessage(Role.USER, "要先学机器学习吗？")]


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAIStub]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with OpenAIStub() as server:
        yield server


def configure(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


async def ask(stub: OpenAIStub) -> StubRequest:
    """Asks the configured model, which has to be behind `stub`, and returns what it was sent."""
    model = open_language_model(load_settings())
    assert model
    await model.text(QUESTION, UsageMeter())
    await model.close()
    return stub.requests[-1]


class TestWhetherThereIsAModel:
    @pytest.mark.parametrize(
        "variables",
        [
            {},
            {"OPENAI_API_KEY": "sk-stray"},
            {"OPENAI_API_KEY": "sk-stray", "OPENAI_BASE_URL": "https://example.org/v1"},
            {"TUTOR_LLM_API_KEY": "sk-own", "TUTOR_LLM_BASE_URL": "https://example.org/v1"},
            {"TUTOR_LLM_MODEL": ""},
            {"OPENAI_BASE_URL": "nonsense"},
        ],
    )
    def test_only_a_named_model_is_used(
        self, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
    ) -> None:
        configure(monkeypatch, **variables)
        assert open_language_model(load_settings()) is None


class TestEndpoints:
    async def test_any_endpoint_with_its_key(
        self, monkeypatch: pytest.MonkeyPatch, stub: OpenAIStub
    ) -> None:
        configure(
            monkeypatch,
            TUTOR_LLM_MODEL="deepseek-chat",
            TUTOR_LLM_BASE_URL=stub.base_url + "/",
            TUTOR_LLM_API_KEY="sk-own",
            TUTOR_LLM_TEMPERATURE="0.2",
            TUTOR_LLM_MAX_TOKENS="300",
        )
        request = await ask(stub)
        assert request.path == "/v1/chat/completions"
        assert request.headers["authorization"] == "Bearer sk-own"
        assert request.body["model"] == "deepseek-chat"
        assert (request.body["temperature"], request.body["max_tokens"]) == (0.2, 300)

    async def test_a_local_server_needs_no_key_and_gets_none(
        self, monkeypatch: pytest.MonkeyPatch, stub: OpenAIStub
    ) -> None:
        configure(
            monkeypatch,
            TUTOR_LLM_MODEL="qwen2.5:1.5b",
            TUTOR_LLM_BASE_URL=stub.base_url,
            OPENAI_API_KEY="sk-stray",
            OPENAI_ADMIN_KEY="sk-admin",
        )
        request = await ask(stub)
        assert request.body["model"] == "qwen2.5:1.5b"
        assert request.headers["authorization"] == "Bearer none"

    async def test_the_variables_of_openai_stand_in_together(
        self, monkeypatch: pytest.MonkeyPatch, stub: OpenAIStub
    ) -> None:
        configure(
            monkeypatch,
            TUTOR_LLM_MODEL="some-model",
            OPENAI_BASE_URL=stub.base_url,
            OPENAI_API_KEY="sk-openai",
        )
        assert (await ask(stub)).headers["authorization"] == "Bearer sk-openai"

    async def test_ones_own_key_wins(
        self, monkeypatch: pytest.MonkeyPatch, stub: OpenAIStub
    ) -> None:
        configure(
            monkeypatch,
            TUTOR_LLM_MODEL="some-model",
            TUTOR_LLM_API_KEY="sk-own",
            OPENAI_BASE_URL=stub.base_url,
            OPENAI_API_KEY="sk-openai",
        )
        assert (await ask(stub)).headers["authorization"] == "Bearer sk-own"

    async def test_a_known_provider_is_a_plain_name_where_there_is_an_address(
        self, monkeypatch: pytest.MonkeyPatch, stub: OpenAIStub
    ) -> None:
        configure(monkeypatch, TUTOR_LLM_MODEL="mistralai:latest", TUTOR_LLM_BASE_URL=stub.base_url)
        assert (await ask(stub)).body["model"] == "mistralai:latest"

    async def test_what_is_no_provider_is_a_plain_name(
        self, monkeypatch: pytest.MonkeyPatch, stub: OpenAIStub
    ) -> None:
        configure(monkeypatch, TUTOR_LLM_MODEL="phi:latest", OPENAI_BASE_URL=stub.base_url)
        assert (await ask(stub)).body["model"] == "phi:latest"

    def test_what_is_no_address_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        configure(monkeypatch, TUTOR_LLM_MODEL="some-model", OPENAI_BASE_URL="nonsense")
        with pytest.raises(UsageError, match="OPENAI_BASE_URL"):
            open_language_model(load_settings())

    async def test_openai_as_a_provider(
        self, monkeypatch: pytest.MonkeyPatch, stub: OpenAIStub
    ) -> None:
        configure(
            monkeypatch,
            TUTOR_LLM_MODEL="openai:gpt-5-mini",
            OPENAI_BASE_URL=stub.base_url,
            OPENAI_API_KEY="sk",
        )
        body = (await ask(stub)).body
        assert body["model"] == "gpt-5-mini"
        assert body["max_completion_tokens"] == 1200
        assert not {"max_tokens", "temperature"} & set(body)

    async def test_no_gateway_comes_between(
        self, monkeypatch: pytest.MonkeyPatch, stub: OpenAIStub
    ) -> None:
        configure(
            monkeypatch,
            TUTOR_LLM_MODEL="some-model",
            TUTOR_LLM_BASE_URL=stub.base_url,
            LANGSMITH_GATEWAY="true",
            LANGSMITH_API_KEY="lsv2_stray",
            OPENAI_API_BASE="https://example.org/v1",
        )
        assert (await ask(stub)).headers["authorization"] == "Bearer none"

    @pytest.mark.parametrize("model", ["gpt-5-mini", "qwen2.5:1.5b", "openai:gpt-5-mini"])
    def test_without_address_and_key_both_are_named(
        self, monkeypatch: pytest.MonkeyPatch, model: str
    ) -> None:
        configure(monkeypatch, TUTOR_LLM_MODEL=model)
        with pytest.raises(UsageError) as caught:
            open_language_model(load_settings())
        for language in Language:
            assert "TUTOR_LLM_API_KEY" in caught.value.text(language)
            assert "TUTOR_LLM_BASE_URL" in caught.value.text(language)


class TestProviders:
    def test_a_missing_package_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "langchain_fireworks", None)
        configure(monkeypatch, TUTOR_LLM_MODEL="fireworks:some-model", TUTOR_LLM_API_KEY="sk-own")
        with pytest.raises(UsageError) as caught:
            open_language_model(load_settings())
        for language in Language:
            assert "pip install langchain-fireworks" in caught.value.text(language)

    async def test_a_package_that_is_there_is_used(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given: dict[str, Any] = {}

        class ChatTogether(FakeListChatModel):
            def __init__(self, **options: Any) -> None:
                given.update(options)
                super().__init__(responses=["好的。"])

        package = ModuleType("langchain_together")
        package.ChatTogether = ChatTogether  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "langchain_together", package)
        configure(
            monkeypatch,
            TUTOR_LLM_MODEL="together:org/some:model",
            TUTOR_LLM_API_KEY="sk-own",
            TUTOR_LLM_TIMEOUT="7",
            OPENAI_BASE_URL="https://example.org/v1",
        )
        model = open_language_model(load_settings())
        assert model
        assert model.name == "org/some:model"
        assert await model.text(QUESTION, UsageMeter()) == "好的。"
        assert given == {
            "model": "org/some:model",
            "api_key": "sk-own",
            "max_tokens": 1200,
            "max_retries": 0,
            "timeout": 7.0,
        }

    def test_a_package_that_fails_shows_no_key(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(**options: Any) -> None:
            raise RuntimeError(f"bad options {options}")

        package = ModuleType("langchain_xai")
        package.ChatXAI = refuse  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "langchain_xai", package)
        configure(monkeypatch, TUTOR_LLM_MODEL="xai:some-model", TUTOR_LLM_API_KEY="sk-own")
        with pytest.raises(UsageError, match="RuntimeError") as caught:
            open_language_model(load_settings())
        assert "sk-own" not in str(caught.value)
        assert caught.value.__context__ is None


class TestWhatIsKnownOfTheModel:
    def test_limits_come_from_the_settings_and_the_key_is_not_shown(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        configure(
            monkeypatch,
            TUTOR_LLM_MODEL="some-model",
            TUTOR_LLM_BASE_URL="https://user:password@example.org/v1",
            TUTOR_LLM_API_KEY="sk-own",
            TUTOR_LLM_CONTEXT="4000",
            TUTOR_LLM_MAX_TOKENS="900",
        )
        settings = load_settings()
        model = open_language_model(settings)
        assert model
        assert (model.name, model.context_tokens, model.max_tokens) == ("some-model", 4000, 900)
        for secret in ("sk-own", "password"):
            assert secret not in repr(settings)
            assert secret not in repr(model)


class TestNoTestReachesAVendor:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _configured_by_a_person(cls) -> Iterator[None]:
        """Set before each test, and so before the guard of each test looks."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TUTOR_LLM_MODEL", "gpt-5-mini")
            patch.setenv("OPENAI_API_KEY", "sk-real")
            patch.setenv("LANGSMITH_TRACING", "true")
            patch.setenv("LANGCHAIN_TRACING_V2", "true")
            yield

    def test_what_people_have_configured_is_not_seen(self) -> None:
        prefixes = ("TUTOR_LLM_", "OPENAI_", "LANGSMITH_", "LANGCHAIN_")
        assert [name for name in os.environ if name.startswith(prefixes)] == []

    def test_no_connection_leaves_this_machine(self) -> None:
        with pytest.warns(UserWarning, match=r"192\.0\.2\.1"), pytest.raises(RuntimeError):
            socket.create_connection(("192.0.2.1", 443), timeout=1)

    async def test_not_from_a_model_either(self, monkeypatch: pytest.MonkeyPatch) -> None:
        configure(
            monkeypatch, TUTOR_LLM_MODEL="some-model", TUTOR_LLM_BASE_URL="https://192.0.2.1/v1"
        )
        model = open_language_model(load_settings())
        assert model
        with pytest.warns(UserWarning, match=r"192\.0\.2\.1"), pytest.raises(LanguageModelError):
            await model.text(QUESTION, UsageMeter())
        await model.close()
