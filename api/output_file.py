"""Writing a file, whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

from corpus.errors import UsageError
from corpus.types import Bilingual


def write_file(file: str, content: bytes) -> None:
    """Makes `content` the content of `file`.

    What the file held before stays until the new content is safely on the disk. Raises
    UsageError where the file cannot be written, OSError when the disk is full.
    """
    try:
        path = Path(file).resolve()
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # A pipe or device is written to, never replaced.
            return
        mode = _mode(path)
        unfinished = path.with_name(f".{os.getpid()}.part")
        stream = unfinished.open("wb")
    except (OSError, ValueError) as error:
        raise _unwritable(file, error) from error
    try:
        with stream:
            if mode is not None:
                unfinished.chmod(mode)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        _put(unfinished, path, file)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _mode(path: Path) -> int | None:
    """Who may do what with the file at `path`, None where there is none yet.

    Raises OSError where this process may not write to it, which replacing it would get around.
    """
    if not path.exists():
        return None
    with path.open("ab") as stream:
        return S_IMODE(os.fstat(stream.fileno()).st_mode)


def _put(unfinished: Path, path: Path, file: str) -> None:
    try:
        unfinished.replace(path)
    except OSError as error:
        raise _unwritable(file, error) from error


def _unwritable(file: str, error: Exception) -> UsageError:
    reason = getattr(error, "strerror", None) or error
    return UsageError(
        Bilingual(
            zh=f"无法写入 {file}：{reason}。请检查路径和权限。",
            en=f"Cannot write {file}: {reason}. Check the path and its permissions.",
        )
    )
