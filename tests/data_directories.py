"""Copies of data directories, for tests that change them."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path


def copied_data(data: Path, to: Path) -> Path:
    """A copy of a data directory that others may be reading from at the same time."""
    shutil.copytree(data, to, ignore=shutil.ignore_patterns("*.sqlite3*"))
    for database in data.rglob("*.sqlite3"):
        with (
            closing(sqlite3.connect(database)) as source,
            closing(sqlite3.connect(to / database.relative_to(data))) as copy,
        ):
            source.backup(copy)
    return to
