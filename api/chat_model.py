"""The language model that the settings choose, made of a LangChain chat model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from api.settings import Settings
from corpus.errors import UsageError
from corpus.types import Bilingual

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from tutor.model.language_model import LanguageModel

_OPENAI: Final = "https://api.openai.com/v1"
_NO_KEY: Final = "none"  # the protocol wants one, servers without keys pass it over
_CONNECT_SECONDS: Final = 10.0
_PROVIDER: Final = re.compile(r"(?P<provider>[A-Za-z][A-Za-z_-]*):(?P<model>.+)")
# Models that know the limit of a reply by its new name only, wherever they are served.
_NEW_LIMIT: Final = re.compile(r"(gpt-[5-9]|o\d)")


def open_language_model(settings: Settings) -> LanguageModel | None:
    """The language model of `settings`, None where none is named; nothing is sent yet.

    Its connections belong to one event loop and end with `close`. Raises UsageError for settings
    that cannot work.
    """
    if settings.llm_model is None:
        return None
    named = _PROVIDER.fullmatch(settings.llm_model)
    if named and settings.llm_base_url is None:
        if named["provider"].casefold() == "openai":
            return _openai_model(settings, named["model"])
        chat = _provider_chat(settings, named["provider"], named["model"])
        if chat is not None:
            return _language_model(settings, chat, named["model"])
    return _openai_model(settings, settings.llm_model)


def _openai_model(settings: Settings, model: str) -> LanguageModel:
    """`model` behind any endpoint that speaks the OpenAI protocol."""
    import openai
    from langchain_openai import ChatOpenAI
    from langchain_openai.chat_models.base import BaseChatOpenAI

    from tutor.model.output import OPENAI_MODES

    base_url = settings.llm_base_url or _openai_base_url(settings)
    # ChatOpenAI differs from its base in what only OpenAI's own newer models understand.
    kind = ChatOpenAI if _same(base_url, _OPENAI) or _NEW_LIMIT.match(model) else BaseChatOpenAI
    timeout = openai.Timeout(settings.llm_timeout, connect=_CONNECT_SECONDS)
    client = openai.DefaultAsyncHttpxClient(timeout=timeout)
    chat = _made(
        kind,
        model=model,
        # Both always given: what is not is taken from variables that may be meant for others.
        base_url=base_url,
        api_key=_openai_key(settings, base_url),
        use_responses_api=False,
        stream_usage=True,
        stream_chunk_timeout=None,
        timeout=timeout,
        http_async_client=client,
        http_socket_options=(),  # the client is ours, and so are its proxies
        **_common(settings),
    )
    return _language_model(settings, chat, model, modes=OPENAI_MODES, on_close=client.aclose)


def _openai_base_url(settings: Settings) -> str:
    """Where OPENAI_BASE_URL points; it is looked at only here, where it is used."""
    url = settings.openai_base_url or _OPENAI
    if not url.startswith(("http://", "https://")):
        raise _no_address()
    return url


def _openai_key(settings: Settings, base_url: str) -> str:
    """The key for `base_url`; the one in OPENAI_API_KEY goes only where OPENAI_BASE_URL points."""
    if settings.llm_api_key:
        return settings.llm_api_key.get_secret_value()
    if settings.openai_api_key and _same(base_url, _openai_base_url(settings)):
        return settings.openai_api_key.get_secret_value()
    if _same(base_url, _OPENAI):
        raise _no_key(settings.llm_model or "")
    return _NO_KEY


def _same(one: str, other: str) -> bool:
    return one.rstrip("/") == other.rstrip("/")


def _provider_chat(settings: Settings, provider: str, model: str) -> BaseChatModel | None:
    """The chat model of a LangChain package, None where LangChain knows no such provider."""
    from langchain.chat_models import init_chat_model

    options = _common(settings) | {"timeout": settings.llm_timeout}
    if settings.llm_api_key:
        options["api_key"] = settings.llm_api_key.get_secret_value()
    try:
        chat: BaseChatModel = _made(init_chat_model, model, model_provider=provider, **options)
    except ImportError as error:
        raise _missing_package(provider, error) from None
    except _UnknownProviderError:
        return None
    return chat


class _UnknownProviderError(Exception):
    """What stands before the colon is a part of the model's name."""


def _made(kind: Any, *arguments: Any, **options: Any) -> Any:
    """`kind(...)`; raises UsageError in place of errors that may show the key."""
    try:
        return kind(*arguments, **options)
    except ImportError:
        raise
    except Exception as error:  # noqa: BLE001 - each vendor's library has errors of its own
        if type(error) is ValueError and str(error).startswith("Unsupported provider"):
            failure: Exception = _UnknownProviderError()
        else:
            failure = _unusable(type(error).__name__)
    raise failure


def _common(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {"max_tokens": settings.llm_max_tokens, "max_retries": 0}
    if settings.llm_temperature is not None:
        options["temperature"] = settings.llm_temperature
    return options


def _language_model(
    settings: Settings, chat: BaseChatModel, name: str, **options: Any
) -> LanguageModel:
    from tutor.model.language_model import LanguageModel
    from tutor.model.usage import Prices

    prices = None
    if settings.llm_input_price is not None and settings.llm_output_price is not None:
        prices = Prices(settings.llm_input_price, settings.llm_output_price)
    return LanguageModel(
        chat,
        name=name,
        timeout=settings.llm_timeout,
        context_tokens=settings.llm_context,
        max_tokens=settings.llm_max_tokens,
        prices=prices,
        **options,
    )


def _no_key(model: str) -> UsageError:
    return UsageError(
        Bilingual(
            zh=f"TUTOR_LLM_MODEL={model} 还需要 TUTOR_LLM_API_KEY；"
            "别家或本地的模型请用 TUTOR_LLM_BASE_URL 指定接口地址。",
            en=f"TUTOR_LLM_MODEL={model} also needs TUTOR_LLM_API_KEY, or, for another vendor or a "
            "local server, the address of its endpoint in TUTOR_LLM_BASE_URL.",
        )
    )


def _no_address() -> UsageError:
    return UsageError(
        Bilingual(
            zh="环境变量 OPENAI_BASE_URL 不是网址。"
            "请改正它，或用 TUTOR_LLM_BASE_URL 指定接口地址。",
            en="The environment variable OPENAI_BASE_URL is not a web address. Correct it, or set "
            "TUTOR_LLM_BASE_URL.",
        )
    )


def _missing_package(provider: str, error: ImportError) -> UsageError:
    named = re.search(r"pip install ([\w-]+)", str(error))
    package = named[1] if named else f"langchain-{provider}"
    return UsageError(
        Bilingual(
            zh=f"TUTOR_LLM_MODEL 里的 {provider} 需要另装一个包：pip install {package}",
            en=f"{provider} in TUTOR_LLM_MODEL needs one more package: pip install {package}",
        )
    )


def _unusable(kind: str) -> UsageError:
    return UsageError(
        Bilingual(
            zh=f"按 TUTOR_LLM_ 开头的这些设置建不出语言模型（{kind}）。"
            "请检查模型名、接口地址和密钥。",
            en=f"No language model can be made from the settings that begin with TUTOR_LLM_ "
            f"({kind}). Check the name of the model, the address and the key.",
        )
    )
