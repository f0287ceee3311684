"""`tutor discord`: what has to be set up with Discord once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli_help import both
from api.cli_options import group
from api.interface_language import interface_language
from api.terminal import note, write_json
from corpus.errors import UsageError, XianhouError
from corpus.types import Bilingual

if TYPE_CHECKING:
    import httpx

    from api.server_settings import ServerSettings

app = typer.Typer()
app.callback()(group)

_TIMEOUT = 30.0  # seconds
_REFUSALS = {
    401: Bilingual(
        zh="Discord 不接受这个令牌。请在开发者后台的 Bot 页重新生成，填到 "
        "TUTOR_DISCORD_BOT_TOKEN。",
        en="Discord does not accept the token. Make a new one on the Bot page of the developer "
        "portal and set TUTOR_DISCORD_BOT_TOKEN to it.",
    ),
    403: Bilingual(
        zh="这个令牌不属于应用 {id}。请检查 TUTOR_DISCORD_APPLICATION_ID 和 "
        "TUTOR_DISCORD_BOT_TOKEN 是不是同一个应用的。",
        en="The token does not belong to the application {id}. Check that "
        "TUTOR_DISCORD_APPLICATION_ID and TUTOR_DISCORD_BOT_TOKEN are of the same application.",
    ),
    404: Bilingual(
        zh="Discord 里没有编号为 {id} 的应用。请检查 TUTOR_DISCORD_APPLICATION_ID。",
        en="Discord knows no application {id}. Check TUTOR_DISCORD_APPLICATION_ID.",
    ),
    429: Bilingual(
        zh="Discord 说请求太频繁。请过几分钟再运行一次。",
        en="Discord says that there were too many requests. Run this again in some minutes.",
    ),
}


@app.command("register", help=both("向 Discord 登记斜杠命令", "register the slash commands"))
def register(
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=both("只打印要登记的内容", "only print what would be sent")),
    ] = False,
) -> None:
    """Put our commands in the place of all that are registered for the application."""
    from api.discord.commands import definitions

    wanted = definitions()
    if dry_run:
        write_json(wanted)
        return
    from api.server_settings import load_server_settings

    _register(load_server_settings(), wanted)
    names = ", ".join(f"/{each['name']}" for each in wanted)
    said = Bilingual(
        zh=f"已登记：{names}。在服务器里输入 / 就能看到。",
        en=f"Registered: {names}. Type / in a server to see them.",
    )
    note(said.text(interface_language()))


def _register(settings: ServerSettings, wanted: list[dict[str, Any]]) -> None:
    import httpx

    id, token = settings.discord_application_id, settings.discord_bot_token
    if id is None or not (id.isascii() and id.isdigit()):
        raise _setting_missing(
            "TUTOR_DISCORD_APPLICATION_ID",
            Bilingual(zh=" Application ID（一串数字）", en="Application ID, a number,"),
        )
    if token is None:
        raise _setting_missing(
            "TUTOR_DISCORD_BOT_TOKEN", Bilingual(zh="机器人令牌", en="token of the bot")
        )
    url = f"{settings.discord_api_url.rstrip('/')}/applications/{id}/commands"
    # As bytes: a token with a stray character is for Discord to refuse.
    headers = {b"Authorization": f"Bot {token.get_secret_value()}".encode()}
    try:
        response = httpx.put(url, json=wanted, headers=headers, timeout=_TIMEOUT)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _unreachable(settings.discord_api_url, type(error).__name__) from None
    if not response.is_success:
        raise _refused(response, id)


def _setting_missing(variable: str, what: Bilingual) -> UsageError:
    return UsageError(
        Bilingual(
            zh=f"请把环境变量 {variable} 设为 Discord 开发者后台里的{what.zh}。",
            en=f"Set the environment variable {variable} to the {what.en} "
            "of the Discord developer portal.",
        )
    )


def _unreachable(url: str, kind: str) -> XianhouError:
    return XianhouError(
        Bilingual(
            zh=f"连不上 Discord（{url}，{kind}）。请检查网络后再试。",
            en=f"Discord cannot be reached ({url}, {kind}). Check the network and try again.",
        )
    )


def _refused(response: httpx.Response, id: str) -> XianhouError:
    status = response.status_code
    other = Bilingual(
        zh=f"Discord 没有接受命令（HTTP 状态 {status}）。请过一会儿再试。",
        en=f"Discord did not take the commands (HTTP status {status}). Try again later.",
    )
    said = _REFUSALS.get(status, other)
    return XianhouError(Bilingual(zh=said.zh.format(id=id), en=said.en.format(id=id)))
