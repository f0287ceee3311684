"""The help of the command line in two languages.

Help texts are declared where a command is; here they are put into the reader's language once it
is known, on the tree of commands that typer builds for one run.
"""

from __future__ import annotations

from typing import Any

from corpus.types import Language

_BETWEEN = "\x1f"
_HEADINGS = {
    "Usage:": "用法：",
    "Options:": "选项：",
    "Arguments:": "参数：",
    "Commands:": "命令：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "Show this message and exit.": "显示本说明。",
    "[required]": "[必填]",
}


def both(zh: str, en: str) -> str:
    """A help text in Chinese and English, as one string for typer to carry."""
    return f"{zh}{_BETWEEN}{en}"


def chosen(text: str | None, language: Language) -> str | None:
    """The half of a text of `both` that is in `language`."""
    if text is None or _BETWEEN not in text:
        return text
    return text.split(_BETWEEN)[0 if language is Language.CHINESE else 1]


def put_into(command: Any, language: Language) -> None:
    """Puts every help text below `command` into `language`."""
    command.help = chosen(command.help, language)
    command.short_help = chosen(command.short_help, language)
    command.epilog = chosen(command.epilog, language)
    for parameter in command.params:
        parameter.help = chosen(parameter.help, language)
    if language is Language.CHINESE:
        page = command.get_help
        command.get_help = lambda context: _headings(page(context))
    for inner in getattr(command, "commands", {}).values():
        put_into(inner, language)


def _headings(text: str) -> str:
    for english, chinese in _HEADINGS.items():
        text = text.replace(english, chinese)
    return text
