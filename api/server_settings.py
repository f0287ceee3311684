"""The settings of a server: who may ask, how much, and which chat services it speaks to."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from api.settings import Settings, WebAddress, load_settings_of

SHARED_FIGURES: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names where several workers add up their figures."""

_MEGABYTE: Final = 1 << 20


_ORIGIN: Final = re.compile(r"https?://[^/?#\s*]+")


def _words(value: object) -> object:
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _origin(value: str) -> str:
    origin = value.rstrip("/").casefold()
    if not _ORIGIN.fullmatch(origin):
        raise ValueError("must be addresses such as https://example.org, without a path or *")
    return origin


class ServerSettings(Settings):
    """What whoever runs a server configures; each field is the variable `TUTOR_<FIELD>`.

    Without a key only this machine may ask, unless `allow_anonymous`. `allowed_origins` are the
    web sites whose pages may ask ("https://example.org"). `address_rate` and `key_rate` are
    requests a minute, 0 for any number. At most `simultaneous_answers` are written at once by one
    process, each for at most `answer_seconds`; a server that is told to stop gives them
    `drain_seconds`. `log_questions` writes what is asked into the log.
    """

    allow_anonymous: bool = False
    allowed_origins: Annotated[
        tuple[Annotated[str, AfterValidator(_origin)], ...], NoDecode, BeforeValidator(_words)
    ] = ()
    address_rate: int = Field(default=120, ge=0)
    key_rate: int = Field(default=600, ge=0)
    simultaneous_answers: int = Field(default=256, ge=1)
    answer_seconds: float = Field(default=180.0, gt=0, le=3600)
    drain_seconds: float = Field(default=20.0, ge=0, le=600)
    max_body_bytes: int = Field(default=_MEGABYTE, ge=1024)
    log_questions: bool = False
    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_api_url: WebAddress = "https://slack.com/api/"
    discord_application_id: str | None = None
    discord_public_key: str | None = None
    discord_bot_token: SecretStr | None = None
    discord_api_url: WebAddress = "https://discord.com/api/v10"


def load_server_settings() -> ServerSettings:
    """The settings from the environment. Raises UsageError naming the variable that is wrong."""
    return load_settings_of(ServerSettings)
