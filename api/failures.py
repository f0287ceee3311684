"""What the command line makes of an error: one or two sentences and an exit code."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Callable
from typing import Final

import typer

from api.terminal import note, silence_output
from corpus.errors import UsageError, XianhouError
from corpus.types import Bilingual, Language

OK: Final = 0
FAILED: Final = 1
MISUSED: Final = 2
INTERRUPTED: Final = 130
ISSUES = "https://github.com/xianhou/xianhou-tutor/issues"

# What the parser of the command line says, which has no Chinese of its own. The order counts.
_PARSER_CHINESE = (
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"没有选项 \1，是不是 \2？"),
    (r"No such option: (\S+)", r"没有选项 \1"),
    (r"No such command '(.+?)'. Did you mean '(.+)'\?", r"没有命令 \1，是不是 \2？"),
    (r"No such command '(.+?)'.*", r"没有命令 \1"),
    (r"Missing command\.?", r"缺少子命令"),
    (r"Missing \w+ '(.+?)'\..*", r"缺少参数 \1"),
    (r"Option '(.+?)' requires an argument\.", r"选项 \1 后面缺少值"),
    (r"Option '(.+?)' does not take a value\.", r"选项 \1 不带值"),
    (r"Got unexpected extra argument.*? \(([^()]+)\)", r"多出了参数：\1"),
    (r"Invalid value for '(.+?)': (.+) is not one of (.+)\.", r"\1 不能是 \2，可用的值：\3"),
    (r"Invalid value for '(.+?)': (.+)", r"\1 的值不可用：\2"),
)


def guarded(work: Callable[[], object], language: Language) -> int:
    """Runs `work` and turns whatever happens into an exit code.

    A `typer.Exit` carries its own code; any other value that `work` returns is passed over.
    """
    try:
        code = work()
    except XianhouError as error:
        note(error.text(language))
        return MISUSED if isinstance(error, UsageError) else FAILED
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "tutor"
        note(parser_message(error.format_message(), command, language))
        return error.exit_code
    except BrokenPipeError:
        silence_output()
        return OK
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - nobody is shown a stack trace unasked
        note(unexpected(error).text(language))
        if os.environ.get("TUTOR_DEBUG") == "1":
            traceback.print_exc()
        return FAILED
    return code if isinstance(code, int) else OK


def unexpected(error: Exception) -> Bilingual:
    """What to say about an error that nobody foresaw, or about the system's own."""
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return Bilingual(
            zh=f"系统报告：{where}{error.strerror}。请检查磁盘空间和权限后重试。",
            en=f"The system says: {where}{error.strerror}. "
            "Check disk space and permissions, then try again.",
        )
    kind = type(error).__name__
    return Bilingual(
        zh=f"程序内部出错（{kind}）。请加上 TUTOR_DEBUG=1 再运行一次，把输出报告到 {ISSUES} 。",
        en=f"Something went wrong inside ({kind}). "
        f"Run it again with TUTOR_DEBUG=1 and report the output at {ISSUES}",
    )


def error_object(error: Exception, language: Language) -> dict[str, str]:
    """An error as JSON: its type, as in "usage_error", and what to do next."""
    known = isinstance(error, XianhouError)
    name = type(error).__name__ if known else "InternalError"
    if isinstance(error, UsageError):
        name = UsageError.__name__  # of what kind is for people to read
    said = error.message if isinstance(error, XianhouError) else unexpected(error)
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).casefold()
    return {"type": snake, "message": said.text(language)}


def parser_message(message: str, command: str, language: Language) -> str:
    """What the parser of the command line found wrong, with where to look next."""
    message = message.replace("Value error, ", "").strip()
    if language is Language.ENGLISH:
        stop = "" if message.endswith((".", "?", "!")) else "."
        return f"{message}{stop} See `{command} --help`."
    for pattern, chinese in _PARSER_CHINESE:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            message = match.expand(chinese)
            break
    stop = "" if message.endswith(("。", "？")) else "。"
    return f"{message}{stop}请看 `{command} --help`。"
