"""The bundled sources come in by themselves, once, whoever else is at work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api import first_use
from api.settings import Settings
from api.wiring import open_catalogue, open_index
from corpus.embedding import Embedder
from corpus.index import Index
from corpus.index_writer import IndexWriter
from corpus.types import Bilingual
from ingest.summary import Advance, ignore_advance


@contextmanager
def in_another_thread(index: Index, embedder: Embedder) -> Iterator[threading.Thread]:
    """First use of the same directory, as by another process."""
    thread = threading.Thread(
        target=first_use.hold_bundled_sources,
        args=(index, embedder, lambda message: None, ignore_advance),
    )
    thread.start()
    yield thread
    thread.join()


def test_the_first_opening_indexes_and_the_second_finds_it_done(
    tmp_path: Path, tiny_embedder: Embedder
) -> None:
    settings = Settings(data=tmp_path)
    reports: list[Advance] = []
    with open_index(settings, embedder=tiny_embedder, progress=reports.append) as index:
        statistics = index.statistics()
    assert statistics.documents > 40
    assert statistics.pending == 0
    assert reports[-1].documents == reports[-1].of_documents == statistics.documents

    reports.clear()
    with open_index(settings, embedder=tiny_embedder, progress=reports.append) as index:
        assert index.statistics().generation == statistics.generation
    assert reports == []


def test_the_catalogue_alone_opens_without_an_embedder(
    tmp_path: Path, tiny_embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data=tmp_path)
    with open_catalogue(settings, embedder=tiny_embedder) as catalogue:
        first = catalogue.sources()
    monkeypatch.delattr("corpus.bundled_embedder.BundledEmbedder")
    with open_catalogue(settings) as catalogue:
        assert catalogue.sources() == first


def test_who_comes_second_waits_for_the_writer(tmp_path: Path, tiny_embedder: Embedder) -> None:
    waiting = threading.Event()

    def notify(message: Bilingual) -> None:
        assert "waiting" in message.en
        waiting.set()

    with Index.open(tmp_path, tiny_embedder) as index:
        second = threading.Thread(
            target=first_use.hold_bundled_sources,
            args=(index, tiny_embedder, notify, ignore_advance),
        )
        with index.writer():
            second.start()
            assert waiting.wait(30)
            assert index.documents() == []
        second.join()
        assert index.statistics().documents > 40


def test_sources_without_vectors_are_not_enough(
    tmp_path: Path, tiny_embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored, waiting = threading.Event(), threading.Event()
    publish = IndexWriter.publish

    def slow_publish(self: IndexWriter) -> None:
        stored.set()
        assert waiting.wait(30)
        publish(self)

    monkeypatch.setattr(IndexWriter, "publish", slow_publish)
    with (
        Index.open(tmp_path, tiny_embedder) as index,
        in_another_thread(index, tiny_embedder),
    ):
        assert stored.wait(30)
        assert index.statistics().pending > 0
        first_use.hold_bundled_sources(
            index, tiny_embedder, lambda message: waiting.set(), ignore_advance
        )
        assert index.statistics().pending == 0
