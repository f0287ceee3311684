"""Reading questions from arguments, pipes and files."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from corpus.errors import UsageError
from corpus.types import Bilingual

STANDARD_INPUT = "-"
# Far more than any question that is answered, far less than memory.
_LONGEST_LINE = 1 << 16  # bytes
_NOT_UTF8 = Bilingual(
    zh="输入不是 UTF-8 编码的文本。请转换编码后再试。",
    en="The input is not text in UTF-8. Convert it, then try again.",
)
_TOO_LONG = Bilingual(
    zh=f"这一行超过 {_LONGEST_LINE} 字节，不像一个问题。请每行只写一个问题。",
    en=f"This line is longer than {_LONGEST_LINE} bytes. Write one question a line.",
)


def question_from(argument: str) -> str:
    """The question itself, or standard input for "-". Raises UsageError."""
    if argument != STANDARD_INPUT:
        return _as_typed(argument)
    with _opened(STANDARD_INPUT) as stream:
        read = stream.read(_LONGEST_LINE + 1)
    question = _decoded(read)
    if isinstance(question, UsageError):
        raise question
    return question


def _as_typed(argument: str) -> str:
    """`argument` read as UTF-8 where the locale of the process could not read it."""
    with suppress(UnicodeError):
        return os.fsencode(argument).decode("utf-8")
    return argument


def lines_of(file: str) -> Iterator[str | UsageError]:
    """The lines of `file` ("-" for standard input), without their ends.

    A line that cannot be a question comes as the error that says why. Raises UsageError when
    there is no such file.
    """
    with _opened(file) as stream:
        while line := stream.readline(_LONGEST_LINE + 1):
            yield _decoded(line)
            while len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
                line = stream.readline(_LONGEST_LINE + 1)


def _decoded(line: bytes) -> str | UsageError:
    if len(line) > _LONGEST_LINE:
        return UsageError(_TOO_LONG)
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        return UsageError(_NOT_UTF8)


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == STANDARD_INPUT:
        # Without a standard input there is nothing to read.
        yield sys.stdin.buffer if sys.stdin else io.BytesIO()
        return
    with ExitStack() as stack:
        try:
            stream = stack.enter_context(Path(file).open("rb"))
        except (OSError, ValueError) as error:
            raise _unreadable(file, error) from error
        yield stream


def _unreadable(file: str, error: Exception) -> UsageError:
    reason = getattr(error, "strerror", None) or error
    return UsageError(
        Bilingual(
            zh=f"无法读取 {file}：{reason}。请检查路径。",
            en=f"Cannot read {file}: {reason}. Check the path.",
        )
    )
