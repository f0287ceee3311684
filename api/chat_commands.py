"""The commands of the chat: how they are called, what they do, and reading one from a line."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from corpus.errors import UsageError
from corpus.types import Bilingual, Language

_SLASHES: Final = ("/", "／")


class Command(StrEnum):
    """What can be asked of the chat beside questions."""

    HELP = "help"
    GOAL = "goal"
    PROFILE = "profile"
    SOURCES = "sources"
    PLAN = "plan"
    WHY = "why"
    NEW = "new"
    RESUME = "resume"
    EXPORT = "export"
    FORGET = "forget"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Described:
    """A command with its Chinese name, its arguments and what it does."""

    command: Command
    chinese: str
    arguments: Bilingual
    help: Bilingual

    def usage(self, language: Language) -> str:
        """How it is typed."""
        name = self.chinese if language is Language.CHINESE else self.command.value
        return f"/{name} {self.arguments.text(language)}".rstrip()


_NOTHING: Final = Bilingual(zh="", en="")
COMMANDS: Final = (
    Described(Command.HELP, "帮助", _NOTHING, Bilingual(zh="显示全部命令", en="show all commands")),
    Described(
        Command.GOAL,
        "目标",
        Bilingual(zh="[目标|off]", en="[GOAL|off]"),
        Bilingual(
            zh="查看或设定目标，并按它重答上一个问题",
            en="see or set your goal, and answer the last question again for it",
        ),
    ),
    Described(
        Command.PROFILE,
        "档案",
        Bilingual(zh="[项 值 | clear 项]", en="[FIELD VALUE | clear FIELD]"),
        Bilingual(
            zh="查看或修改记下的情况，例如 /档案 weeks 8",
            en="see or change what is known of you, as in /profile weeks 8",
        ),
    ),
    Described(
        Command.SOURCES,
        "来源",
        Bilingual(zh="[编号]", en="[N]"),
        Bilingual(
            zh="上一个回答的来源和引文", en="the sources of the last answer, with quotations"
        ),
    ),
    Described(
        Command.PLAN,
        "计划",
        _NOTHING,
        Bilingual(
            zh="你的学习计划和进度；还没有计划时是学习步骤和课程",
            en="your study plan and how far you are; without one, steps to take and courses",
        ),
    ),
    Described(
        Command.WHY,
        "为什么",
        _NOTHING,
        Bilingual(
            zh="为什么这样回答：目标、各方看法、核对、用量",
            en="why this answer: goal, who says what, the check, the cost",
        ),
    ),
    Described(
        Command.NEW,
        "新对话",
        _NOTHING,
        Bilingual(
            zh="开始新对话，保留你的情况", en="a new conversation; what is known of you stays"
        ),
    ),
    Described(
        Command.RESUME,
        "继续",
        Bilingual(zh="[序号]", en="[N]"),
        Bilingual(zh="回到以前的对话", en="go back to an earlier conversation"),
    ),
    Described(
        Command.EXPORT,
        "导出",
        Bilingual(zh="[文件]", en="[FILE]"),
        Bilingual(
            zh="把这次对话连同来源存成 Markdown",
            en="save this conversation with its sources as Markdown",
        ),
    ),
    Described(
        Command.FORGET,
        "忘记",
        _NOTHING,
        Bilingual(zh="删除你的情况和全部对话", en="erase your profile and all conversations"),
    ),
    Described(Command.QUIT, "退出", _NOTHING, Bilingual(zh="离开（Ctrl-D）", en="leave (Ctrl-D)")),
)
_BY_NAME: Final = {
    name: each.command for each in COMMANDS for name in (each.command.value, each.chinese)
} | {"exit": Command.QUIT}


def is_command(line: str) -> bool:
    """Whether `line` is meant as a command and not as a question."""
    return line.lstrip().startswith(_SLASHES)


def read_command(line: str) -> tuple[Command, str]:
    """The command of `line` with the words behind it; UsageError with the nearest one if none."""
    name, *words = line.strip()[1:].split(None, 1) or [Command.HELP]
    command = _BY_NAME.get(name.casefold())
    if command is None:
        raise _unknown(name)
    return command, " ".join(words)


def _unknown(name: str) -> UsageError:
    near = get_close_matches(name.casefold(), list(_BY_NAME), n=1, cutoff=0.5)
    meant = Bilingual(
        zh=f"，是不是 /{near[0]}？" if near else "。",
        en=f"; did you mean /{near[0]}?" if near else ".",
    )
    return UsageError(
        Bilingual(
            zh=f"没有命令 /{name}{meant.zh}输入 /help 看全部命令。",
            en=f"There is no command /{name}{meant.en} /help lists them.",
        )
    )
