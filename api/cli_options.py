"""The options that several commands share, and what typer cannot check by itself."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer

from api.cli_help import both
from corpus.errors import UsageError
from corpus.types import Bilingual

_KEY = "tutor.data"


def _remembered(context: typer.Context, value: Path | None) -> Path | None:
    """The directory given here or, failing that, before the subcommand."""
    if value is not None:
        context.meta[_KEY] = value
    given: Path | None = context.meta.get(_KEY)
    return given


DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        callback=_remembered,
        help=both(
            "数据目录（默认：TUTOR_DATA，否则是用户数据目录）",
            "data directory (default: TUTOR_DATA, else the user's data directory)",
        ),
    ),
]
JsonOption = Annotated[
    bool,
    typer.Option("--json", help=both("输出 JSON", "print JSON")),
]


def group(data: DataOption = None) -> None:
    """The options of a group of commands, for what follows it."""


def positive_number(option: str, text: str | None, most: float) -> float | None:
    """The number that was given for `option`, above 0 and at most `most`. Raises UsageError."""
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if 0 < number <= most:
        return number
    raise UsageError(
        Bilingual(
            zh=f"{option} 需要一个大于 0、不超过 {most:g} 的数，例如 {option} 8，而不是 {text!r}。",
            en=f"{option} takes a number above 0 and up to {most:g}, as in {option} 8, "
            f"not {text!r}.",
        )
    )
