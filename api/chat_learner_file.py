"""Who the local user is to the conversation store: an id in a file of the data directory."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

FILE = "learner"
_LONGEST = 200  # bytes; whatever is longer is no id


def read_learner_id(directory: Path) -> str | None:
    """The id that is kept in `directory`, None where there is none; raises OSError."""
    try:
        with (directory / FILE).open("rb") as stream:
            kept = stream.read(_LONGEST).decode("ascii", "ignore").strip()
    except FileNotFoundError:
        return None
    return kept or None


def keep_learner_id(directory: Path, id: str, *, instead_of: str | None) -> str:
    """Keeps `id` where `instead_of` is kept now, and gives the id that counts from now on.

    That is another one where another process was first. Only the user can read the file.
    Raises OSError.
    """
    file, new = directory / FILE, directory / f"{FILE}.{secrets.token_hex(4)}"
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(f"{id}\n")
        if instead_of is not None and read_learner_id(directory) == instead_of:
            new.replace(file)
        else:
            with suppress(FileExistsError):
                os.link(new, file)  # unlike a rename, it never replaces
    finally:
        new.unlink(missing_ok=True)
    return read_learner_id(directory) or id


def forget_learner_id(directory: Path) -> None:
    """Removes the file; raises OSError."""
    (directory / FILE).unlink(missing_ok=True)
