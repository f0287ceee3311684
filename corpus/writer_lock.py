"""One writer at a time in a data directory, among all processes and threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.store_errors import busy, from_os


@contextmanager
def writer_lock(data: Path, wait_seconds: float = 0.0) -> Iterator[None]:
    """Holds the writer's lock of the directory `data`, which must exist, for the block.

    The operating system frees it when its process ends, however that happens. Raises
    StoreBusyError when another writer still holds it after `wait_seconds`.
    """
    from filelock import FileLock, Timeout

    # An object of its own each time: it must also exclude other threads of this process, and
    # be freed by whichever thread leaves the block.
    lock = FileLock(data / "writer.lock", thread_local=False)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise busy(data) from error
    except OSError as error:
        raise from_os(error, data) from error
    try:
        yield
    finally:
        lock.release()
