"""Writing to the terminal, or to whatever stands in its place, without ever tripping over it."""

from __future__ import annotations

import codecs
import io
import json
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 100  # columns; longer lines are tiring to read
# Control characters could command the terminal, and direction marks could disguise a link.
_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def prepare_streams() -> None:
    """Makes standard output and error accept every character, and be there at all.

    An ASCII stream gets UTF-8, as in Python's own handling of the C locale; where another
    encoding lacks a character, its escape is printed.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            ascii_only = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="backslashreplace")


def printable(text: str) -> str:
    """`text` without the characters that a document could use to command a terminal."""
    return _COMMANDS.sub("", text)


def write(text: str) -> None:
    """One piece of the result, with a line end, on standard output at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def note(text: str) -> None:
    """A word about the work, not part of the result, on standard error."""
    sys.stderr.write(f"{printable(text)}\n")
    sys.stderr.flush()


def write_json(value: Any, *, indent: int | None = 2) -> None:
    """`value` as JSON on standard output; without `indent`, on one line."""
    utf8 = codecs.lookup(sys.stdout.encoding).name.startswith("utf")
    write(json_text(value, indent=indent, ascii_only=not utf8))


def write_bytes(content: bytes) -> None:
    """A file as the result, byte for byte, on standard output at once."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def json_text(value: Any, *, indent: int | None = 2, ascii_only: bool = False) -> str:
    """`value` as JSON that is safe to print; without `indent`, on one line."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    return _COMMANDS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks at `stream` on a terminal that can place text."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def console(stream: TextIO) -> Console:
    """A console on `stream`, which honours NO_COLOR and the width of the terminal."""
    from rich.console import Console

    made = Console(file=stream, highlight=False, emoji=False, markup=False)
    made.width = min(made.width, WIDEST)
    return made


def silence_output() -> None:
    """Lets the interpreter end without a complaint about a reader who left early."""
    with Path(os.devnull).open("w", encoding="utf-8") as nothing, suppress(OSError):
        os.dup2(nothing.fileno(), sys.stdout.fileno())
