"""The command `tutor`."""

from __future__ import annotations

from typing import Annotated

import typer

from api import cli_courses, cli_discord, cli_index, cli_keys, cli_sources
from api.cli_ask import ask
from api.cli_chat import chat
from api.cli_groups import WholeCommandLine
from api.cli_help import both
from api.cli_ingest import ingest
from api.cli_options import DataOption
from api.cli_plan import plan
from api.cli_serve import serve

DISTRIBUTION = "xianhou-tutor"

app = typer.Typer(
    cls=WholeCommandLine,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Help is plain text: loading the library for boxes would cost more than printing it.
    rich_markup_mode=None,
    help=both(
        "先后：有经验的人怎么说、分歧在哪里、对你的目标意味着什么、该学哪些课。",
        "Xianhou: what experienced people say, how they differ, what follows for your goal, and "
        "which courses to take.",
    ),
)
app.command("ask", help=both("提一个问题", "ask a question"))(ask)
app.command("chat", help=both("在终端里对话", "talk in the terminal"))(chat)
app.command("plan", help=both("排一份学习计划", "make a study plan"))(plan)
app.command("ingest", help=both("读入你自己的资料", "read in sources of your own"))(ingest)
app.add_typer(
    cli_sources.app,
    name="sources",
    help=both("查看、编写、检查和移除来源", "see, write, check and forget sources"),
)
app.add_typer(cli_courses.app, name="courses", help=both("查看课程和书", "see courses and books"))
app.add_typer(cli_index.app, name="index", help=both("查看和重建索引", "see and rebuild the index"))
app.command("serve", help=both("提供网页和 HTTP 接口", "serve the web page and the HTTP API"))(
    serve
)
app.add_typer(cli_keys.app, name="keys", help=both("管理 API 密钥", "manage API keys"))
app.add_typer(cli_discord.app, name="discord", help=both("接入 Discord", "set up Discord"))


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"tutor {version(DISTRIBUTION)}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def whole(
    context: typer.Context,
    data: DataOption = None,  # noqa: ARG001 - its callback remembers it
    version: Annotated[  # noqa: ARG001 - its callback has answered
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=_print_version,
            help=both("显示版本", "show the version"),
        ),
    ] = False,
) -> None:
    """Options that stand before a command."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """The entry point of the command line."""
    app()
