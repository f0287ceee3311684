"""Which chat services a server speaks to; one that is configured by halves is an error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

from pydantic import SecretStr

from api.discord.errors import public_key_missing
from api.discord.signatures import Signatures
from api.server_settings import ServerSettings
from corpus.errors import UsageError
from corpus.types import Bilingual

_SLACK_LIBRARIES: Final = ("slack_bolt", "slack_sdk", "aiohttp")
_BOT_TOKEN: Final = re.compile(r"xoxb-[!-~]+")
_APP_TOKEN: Final = re.compile(r"xapp-[!-~]+")

_NO_SLACK_LIBRARY: Final = Bilingual(
    zh="接入 Slack 还要安装组件：pip install '.[slack]'。",
    en="Slack needs more packages: pip install '.[slack]'.",
)
_NO_BOT_TOKEN: Final = Bilingual(
    zh="接入 Slack 还缺 TUTOR_SLACK_BOT_TOKEN。请填 Slack 应用的 Bot User OAuth Token（以 xoxb- "
    "开头）；不接 Slack 就取消其他 TUTOR_SLACK_… 变量。",
    en="Slack needs TUTOR_SLACK_BOT_TOKEN as well. Set it to the Bot User OAuth Token of your "
    "Slack app (xoxb-…), or unset the other variables TUTOR_SLACK_… to do without Slack.",
)
_NO_WAY_IN: Final = Bilingual(
    zh="接入 Slack 除了 TUTOR_SLACK_BOT_TOKEN，还要有 TUTOR_SLACK_SIGNING_SECRET（通过 HTTP）"
    "或 TUTOR_SLACK_APP_TOKEN（通过 Socket Mode）。请设置其中一个；不接 Slack 就取消前一个。",
    en="Besides TUTOR_SLACK_BOT_TOKEN Slack needs TUTOR_SLACK_SIGNING_SECRET (for HTTP) or "
    "TUTOR_SLACK_APP_TOKEN (for Socket Mode). Set one of them, or unset the first to do without "
    "Slack.",
)
_NOT_A_TOKEN: Final = Bilingual(
    zh="{variable} 不是所要的令牌。请从 Slack 应用的设置里复制以 {prefix} 开头的那一个。",
    en="{variable} is not the token that is needed. Copy the one that begins with {prefix} from "
    "the settings of your Slack app.",
)


@dataclass(frozen=True, slots=True)
class ChatServices:
    """The services that are configured completely, with their libraries there."""

    slack: bool
    discord: bool


def chat_services(settings: ServerSettings) -> ChatServices:
    """What `settings` ask for; a service without any setting of its own is not wanted.

    Raises UsageError naming the variable that is missing or wrong, or what is to be installed.
    """
    slack = settings.slack_bot_token or settings.slack_signing_secret or settings.slack_app_token
    if slack:
        slack_bot_token(settings)
    discord = (
        settings.discord_public_key or settings.discord_application_id or settings.discord_bot_token
    )
    if discord:
        discord_signatures(settings)
    return ChatServices(slack=bool(slack), discord=bool(discord))


def slack_bot_token(settings: ServerSettings) -> str:
    """The token to speak with. Raises UsageError unless Slack is configured completely."""
    if not all(find_spec(name) for name in _SLACK_LIBRARIES):
        raise UsageError(_NO_SLACK_LIBRARY)
    bot_token, app_token = settings.slack_bot_token, settings.slack_app_token
    if not bot_token:
        raise UsageError(_NO_BOT_TOKEN)
    if not (settings.slack_signing_secret or app_token):
        raise UsageError(_NO_WAY_IN)
    _require(bot_token, _BOT_TOKEN, "TUTOR_SLACK_BOT_TOKEN", "xoxb-")
    if app_token:
        _require(app_token, _APP_TOKEN, "TUTOR_SLACK_APP_TOKEN", "xapp-")
    return bot_token.get_secret_value()


def discord_signatures(settings: ServerSettings) -> Signatures:
    """What checks requests of Discord. Raises UsageError unless there is a usable public key."""
    # The application id and the bot token only register commands; answering needs neither.
    if not settings.discord_public_key:
        raise public_key_missing()
    return Signatures(settings.discord_public_key)


def _require(token: SecretStr, form: re.Pattern[str], variable: str, prefix: str) -> None:
    if not form.fullmatch(token.get_secret_value()):
        named = {"variable": variable, "prefix": prefix}
        raise UsageError(
            Bilingual(zh=_NOT_A_TOKEN.zh.format(**named), en=_NOT_A_TOKEN.en.format(**named))
        )
