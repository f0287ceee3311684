"""Runs as a program: lets processes die while they write, each at a moment of its own.

usage: index_crashes.py SCENARIO DIRECTORY
Each death happens in a fork of a process that has only imported what it needs, which is much
faster than starting Python for each.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import chromadb.api.client  # noqa: F401  (imported once, before the forks)
from chromadb.api.models.Collection import Collection
from index_material import HashEmbedder, own_words, perspective, put

from corpus import catalogue_changes, chroma_store
from corpus.catalogue_vectors import CatalogueVectors
from corpus.chroma_store import EmbeddedStore
from corpus.errors import StoreError
from corpus.index import Index

DOCUMENTS = 8
POINTS: dict[str, tuple[object, str]] = {
    "before the document is stored": (catalogue_changes, "put_document"),
    "while files are copied": (chroma_store, "copy_recorded"),
    "while vectors are added": (Collection, "add"),
    "before the new state is published": (CatalogueVectors, "publish"),
    "before the old state is removed": (EmbeddedStore, "keep_only"),
}


def write(data: Path, numbers: range, report: Callable[[str], None] = lambda _: None) -> None:
    """Stores and publishes documents one by one, and reports each."""
    with Index.open(data, HashEmbedder()) as index, index.writer() as writer:
        for number in numbers:
            put(writer, f"d{number:02}", perspective(f"{number}", own_words(text(number))))
            report(f"d{number:02}")
            writer.publish()


def text(number: int) -> str:
    return "\n".join(f"第{number}篇第{line}句，先学第{line + number}章" for line in range(6))


def die_at(owner: object, name: str) -> None:
    """Makes the process die when it next leaves the function."""
    function = getattr(owner, name)

    def deadly(*args: object, **options: object) -> None:
        function(*args, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    def deadly_before(*_args: object, **_options: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, deadly_before if name in ("publish", "keep_only") else deadly)


def forked(action: Callable[[], None], kill_after: float | None = None) -> int:
    """Runs `action` in a process of its own; the signal that ended it, or 0."""
    process = os.fork()
    if not process:
        try:
            action()
            os._exit(0)
        except Exception as error:  # noqa: BLE001  (a fork must not run what follows)
            print(repr(error), file=sys.stderr)
            os._exit(1)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status) * -1


def at_points(root: Path) -> None:
    """One data directory a point, each with a document stored before."""
    for point, (owner, name) in POINTS.items():
        data = root / point
        assert forked(lambda data=data: write(data, range(1))) == 0

        def action(data: Path = data, owner: object = owner, name: str = name) -> None:
            die_at(owner, name)
            write(data, range(1, 2))

        assert forked(action) == signal.SIGKILL, point


def at_random(root: Path) -> None:
    """Kill after kill in one data directory; the file beside it tells what was reported done."""
    for attempt in range(6):
        with (root / "done").open("a") as done:

            def report(uri: str, done=done) -> None:
                print(uri, file=done, flush=True)

            forked(
                lambda report=report: write(root / "data", range(DOCUMENTS), report),
                0.02 + 0.05 * attempt,
            )


def disk_full(root: Path) -> None:
    """The disk has room for nothing more, first for the catalogue, then for the vectors."""

    def limited(size: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    def catalogue() -> None:
        limited((root / "catalogue" / "catalogue.sqlite3").stat().st_size)
        long = "\n".join(f"{number}：" + "x" * 500 for number in range(300))
        with Index.open(root / "catalogue", HashEmbedder()) as index, index.writer() as writer:
            try:
                put(writer, "long", perspective("long", own_words(long)))
            except StoreError as error:
                print(error.message.en)

    def vectors() -> None:
        with Index.open(root / "vectors", HashEmbedder()) as index, index.writer() as writer:
            put(writer, "d01", perspective("1", own_words(text(1))))
            limited(100_000)
            try:
                writer.publish()
            except StoreError as error:
                print(error.message.en)
            os._exit(0)

    for name, action in {"catalogue": catalogue, "vectors": vectors}.items():
        assert forked(lambda name=name: write(root / name, range(1))) == 0
        assert forked(action) == 0


def together(data: Path) -> None:
    """Several processes make the same index at once, and each adds a document."""
    processes = []
    for number in range(4):
        processes.append(os.fork())
        if not processes[-1]:
            with (
                Index.open(data, HashEmbedder()) as index,
                index.writer(wait_seconds=60) as writer,
            ):
                put(writer, f"d{number:02}", perspective(f"{number}", own_words(text(number))))
            os._exit(0)
    assert [os.waitpid(process, 0)[1] for process in processes] == [0] * 4


def holding(data: Path) -> None:
    """Publishes one document, stores another, and waits with the lock held."""
    with Index.open(data, HashEmbedder()) as index, index.writer() as writer:
        put(writer, "d00", perspective("0", own_words(text(0))))
        writer.publish()
        put(writer, "d01", perspective("1", own_words(text(1))))
        print("waiting", flush=True)
        sys.stdin.readline()


if __name__ == "__main__":
    scenarios = {
        "points": at_points,
        "random": at_random,
        "disk": disk_full,
        "together": together,
        "holding": holding,
    }
    scenarios[sys.argv[1]](Path(sys.argv[2]))
