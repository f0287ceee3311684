"""The embedded vector store: Chroma in this process, in directories that are never changed.

Chroma rewrites its index files in place; a process killed meanwhile leaves them unreadable for
good, and a reader in another process does not see what is written. So the writer works on a copy
that nobody else knows of, closes it, and the catalogue then points readers to it in one
transaction. A process killed at any moment leaves at worst a directory that the next writer
removes, and no signal has to be held back.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.catalogue_types import EmbedderStamp
from corpus.chroma_collections import ChromaReader, apply, connected, fill, opened, translated
from corpus.file_records import copy_recorded, record_files, verify_files
from corpus.shelves import Shelf
from corpus.store_errors import cannot_write, from_os
from corpus.vectors import Batch, Change, Manifest, VectorsDamagedError

if TYPE_CHECKING:
    from chromadb.api.client import Client

# Opening a client writes a row into this file, so it has no lasting checksum.
_DATABASE = "chroma.sqlite3"


class EmbeddedStore:
    """Keeps each state of the vector index in a directory of its own below `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def open(self, manifest: Manifest, *, settled: bool) -> ChromaReader:  # noqa: ARG002
        """Opens the directory of `manifest`, which is settled once the catalogue names it."""
        directory = self._root / manifest.location
        verify_files(directory, manifest.files)
        _require_database(directory)
        with translated(_damaged), ExitStack() as stack:
            client = stack.enter_context(_client(directory))
            collections = opened(client, _name, manifest, counted=True)
            release = stack.pop_all().close
        return ChromaReader(collections, unavailable=_damaged, release=release)

    def build(self, embedder: EmbedderStamp, content: Mapping[Shelf, Iterable[Batch]]) -> Manifest:
        """Makes a new directory out of `content`."""
        with self._new_directory() as directory:
            with translated(self._not_written), _client(directory) as client:
                counts = fill(client, _name, embedder, content)
            files = record_files(directory, except_names=[_DATABASE])
        return Manifest(directory.name, embedder, counts, {}, files)

    def update(self, manifest: Manifest, changes: Mapping[Shelf, Change]) -> Manifest:
        """Makes a new directory out of a copy of the one of `manifest`."""
        with self._new_directory() as directory:
            self._copy(self._root / manifest.location, directory, manifest)
            with translated(_damaged), _client(directory) as client:
                counts, deleted = apply(client, _name, manifest, changes)
            files = record_files(directory, except_names=[_DATABASE])
        return Manifest(directory.name, manifest.embedder, counts, deleted, files)

    def keep_only(self, locations: Iterable[str]) -> None:
        """Removes all other directories; one that cannot be removed now is left for next time."""
        kept = set(locations)
        for directory in self._root.glob("*"):
            if directory.name not in kept:
                shutil.rmtree(directory, ignore_errors=True)

    @contextmanager
    def _new_directory(self) -> Iterator[Path]:
        directory = self._root / secrets.token_hex(8)
        try:
            directory.mkdir(parents=True)
            yield directory
        except BaseException as error:
            shutil.rmtree(directory, ignore_errors=True)
            if isinstance(error, OSError):
                raise from_os(error, self._root) from error
            raise

    def _copy(self, source: Path, target: Path, manifest: Manifest) -> None:
        copy_recorded(source, target, manifest.files)
        _require_database(source)
        try:
            # A plain copy would be torn if another process opened the source meanwhile.
            with (
                closing(sqlite3.connect(source / _DATABASE)) as reading,
                closing(sqlite3.connect(target / _DATABASE)) as writing,
            ):
                reading.backup(writing)
        except sqlite3.Error as error:
            raise _damaged(error) from error

    def _not_written(self, error: Exception) -> Exception:
        return cannot_write(self._root, error)


def _name(shelf: Shelf) -> str:
    return shelf.name


def _client(directory: Path) -> AbstractContextManager[Client]:
    from chromadb.config import Settings

    return connected(
        Settings(
            chroma_api_impl="chromadb.api.rust.RustBindingsAPI",
            is_persistent=True,
            persist_directory=str(directory),
            anonymized_telemetry=False,
        )
    )


def _require_database(directory: Path) -> None:
    if not (directory / _DATABASE).is_file():
        raise VectorsDamagedError(f"{_DATABASE} is missing")


def _damaged(error: Exception) -> VectorsDamagedError:
    return VectorsDamagedError(str(error))
