"""Sizes and checksums of files, to tell whether they are still what was written."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from pathlib import Path

from corpus.vectors import FileRecord, VectorsDamagedError

_PIECE = 1 << 20


def record_files(directory: Path, except_names: Collection[str]) -> dict[str, FileRecord]:
    """A record of every file below `directory`, by its relative path with slashes."""
    return {
        path.relative_to(directory).as_posix(): FileRecord(path.stat().st_size, _checksum(path))
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.name not in except_names
    }


def verify_files(directory: Path, files: Mapping[str, FileRecord]) -> None:
    """Raises VectorsDamagedError unless all `files` below `directory` are as recorded."""
    for name, record in files.items():
        path = directory / name
        try:
            # The size first: a damaged file may claim terabytes.
            intact = path.stat().st_size == record.size and _checksum(path) == record.checksum
        except OSError as error:
            raise VectorsDamagedError(f"cannot read {name}: {error}") from error
        if not intact:
            raise VectorsDamagedError(f"{name} has changed")


def copy_recorded(source: Path, target: Path, files: Mapping[str, FileRecord]) -> None:
    """Copies `files` from below `source` to below `target`, checking each on the way.

    Raises VectorsDamagedError for a file that is not as recorded, OSError for a failed write.
    """
    for name, record in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        _copy(source / name, target / name, record)


def _copy(source: Path, target: Path, record: FileRecord) -> None:
    checksum = size = 0
    try:
        reading = source.open("rb")
    except OSError as error:
        raise VectorsDamagedError(f"cannot read {source.name}: {error}") from error
    with reading, target.open("wb") as writing:
        while (piece := reading.read(_PIECE)) and size <= record.size:
            checksum = zlib.crc32(piece, checksum)
            size += len(piece)
            writing.write(piece)
    if FileRecord(size, checksum) != record:
        raise VectorsDamagedError(f"{source.name} has changed")


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            checksum = zlib.crc32(piece, checksum)
    return checksum
