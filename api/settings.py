"""The settings of the doors, from `TUTOR_…` environment variables. They hold values only."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AnyHttpUrl, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.interface_language import interface_language
from api.validation_texts import fault_text
from corpus.errors import UsageError
from corpus.types import Bilingual, Language

PREFIX = "TUTOR_"


OPENAI_API_KEY = "OPENAI_API_KEY"
OPENAI_BASE_URL = "OPENAI_BASE_URL"


class CheckChoice(StrEnum):
    """Who checks the sentences of a language model against their sources."""

    RULES = "rules"
    LLM = "llm"


class EmbedderChoice(StrEnum):
    """Where vectors come from."""

    BUNDLED = "bundled"
    SENTENCE_TRANSFORMERS = "sentence-transformers"
    OPENAI = "openai"


SettingsKind = TypeVar("SettingsKind", bound="Settings")


def _user_directory() -> Path:
    from platformdirs import user_data_path

    return user_data_path("xianhou", appauthor=False)


def web_address(url: str) -> str:
    """`url`; ValueError where it is no address of http or https."""
    AnyHttpUrl(url)
    return url


WebAddress = Annotated[str, AfterValidator(web_address)]


def _language_code(locale: object) -> object:
    return locale[:2].casefold() if isinstance(locale, str) else locale


class Settings(BaseSettings):
    """What a person configures; each field is the variable `TUTOR_<FIELD>`.

    `embedder_model` is a model's name or local path, None for the choice's own default;
    `embedder_base_url` and `embedder_api_key` belong to `openai`, `embedder_device` ("cpu",
    "cuda") to `sentence-transformers`. Without `chroma_url` the vectors are searched in this
    process. `database` is the SQLAlchemy url of the conversations, by default of a SQLite file
    in `data`.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True
    )

    data: Annotated[Path, AfterValidator(Path.expanduser)] = Field(default_factory=_user_directory)
    embedder: EmbedderChoice = EmbedderChoice.BUNDLED
    embedder_model: str | None = None
    embedder_base_url: WebAddress | None = None
    embedder_api_key: SecretStr | None = None
    embedder_device: str | None = None
    chroma_url: WebAddress | None = None
    database: str | None = Field(default=None, repr=False)  # it may hold a password
    llm_model: str | None = None
    llm_base_url: WebAddress | None = Field(default=None, repr=False)
    llm_api_key: SecretStr | None = None
    llm_timeout: float = Field(default=60.0, gt=0, le=3600)
    llm_temperature: float | None = Field(default=None, ge=0, le=2)
    llm_context: int = Field(default=8000, ge=1000)
    llm_max_tokens: int = Field(default=1200, ge=1)
    llm_input_price: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    llm_output_price: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    check: CheckChoice = CheckChoice.RULES
    openai_api_key: SecretStr | None = Field(default=None, validation_alias=OPENAI_API_KEY)
    openai_base_url: str | None = Field(default=None, validation_alias=OPENAI_BASE_URL, repr=False)
    language: Annotated[Language, BeforeValidator(_language_code)] = Field(
        default_factory=interface_language
    )


def load_settings(**overrides: Any) -> Settings:
    """The settings from the environment; an override that is not None wins.

    Raises UsageError naming the variable and what it may be.
    """
    return load_settings_of(Settings, **overrides)


def load_settings_of(kind: type[SettingsKind], **overrides: Any) -> SettingsKind:
    """As `load_settings`, for the settings of one door."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return kind(**given)
    except ValidationError as error:
        raise _invalid(error) from None


def _invalid(error: ValidationError) -> UsageError:
    first = error.errors(include_input=False)[0]
    fault = _fault(first)
    variable = PREFIX + str(first["loc"][0]).upper()
    return UsageError(
        Bilingual(
            zh=f"环境变量 {variable} 的值不可用（{fault.zh}）。请改正或取消它。",
            en=f"The environment variable {variable} is not usable ({fault.en}). "
            "Correct it or unset it.",
        )
    )


def _fault(fault: Mapping[str, Any]) -> Bilingual:
    said = fault_text(fault)
    # What a check of our own says tells more, though in one language only.
    own = fault["type"] == "value_error"
    return Bilingual(zh=said.zh, en=str(fault["ctx"]["error"])) if own else said
