"""Telling how far a long piece of work has come."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol

from api.terminal import console, is_terminal, note


class Report(Protocol):
    """Receives how much is `done` of `total`, and a detail that moves faster than that."""

    def __call__(self, done: int, total: int, detail: str = "") -> None: ...


@contextmanager
def shown_progress(label: str) -> Iterator[Report]:
    """A bar on standard error while it is a terminal; otherwise one line when work begins.

    Nothing appears before the first report with something to do.
    """
    with ExitStack() as stack:
        shown: list[Report] = []

        def report(done: int, total: int, detail: str = "") -> None:
            if not shown and total:
                shown.append(_bar(stack, label) if is_terminal(sys.stderr) else _line(label))
            for show in shown:
                show(done, total, detail)

        yield report


def _line(label: str) -> Report:
    note(f"{label} …")
    return _silent


def _silent(done: int, total: int, detail: str = "") -> None:
    """A log file wants no moving bar."""


def _bar(stack: ExitStack, label: str) -> Report:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[detail]}"),
    )
    bar = stack.enter_context(Progress(*columns, console=console(sys.stderr), transient=True))
    task = bar.add_task(label, total=None, detail="")

    def update(done: int, total: int, detail: str = "") -> None:
        bar.update(task, completed=done, total=total, detail=detail)

    return update
