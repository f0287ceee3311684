"""An opened state of the vector index, shared by threads and closed after its last use."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from corpus.balanced_reader import BalancedReader
from corpus.vectors import VectorsDamagedError


class OpenReader:
    """`reader` on the state that the catalogue called `published`; None where it has no vectors.

    A thread may be searching in it while another has already replaced it, so it is closed only
    when it is both retired and out of use.
    """

    def __init__(self, reader: BalancedReader | None, published: str | None) -> None:
        self.published = published
        self._reader = reader
        self._users = 0
        self._retired = False
        self._lock = threading.Lock()

    @contextmanager
    def use(self) -> Iterator[BalancedReader | None]:
        """The reader, which stays open for the block; None where there is nothing to search.

        Raises VectorsDamagedError once it is retired.
        """
        with self._lock:
            if self._retired:
                raise VectorsDamagedError("another state has taken its place")
            self._users += 1
            reader = self._reader
        try:
            yield reader
        finally:
            with self._lock:
                self._users -= 1
            self._close_if_unused()

    def retire(self) -> None:
        """Closes the reader as soon as nobody uses it."""
        with self._lock:
            self._retired = True
        self._close_if_unused()

    def _close_if_unused(self) -> None:
        with self._lock:
            if self._users or not self._retired:
                return
            reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()
