"""The bundled sources in the index, before anything is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.catalogue_types import Notify
from corpus.errors import StoreBusyError
from corpus.types import Bilingual
from ingest.bundled import bundled_documents, is_up_to_date
from ingest.pipeline import ingest
from ingest.summary import IngestProgress

if TYPE_CHECKING:
    from corpus.embedding import Embedder
    from corpus.index import Index

_WAIT_SECONDS = 600.0
_WAITING = Bilingual(
    zh="另一个进程正在建立索引，等它完成。",
    en="Another process is building the index; waiting for it.",
)


def hold_bundled_sources(
    index: Index, embedder: Embedder, notify: Notify, progress: IngestProgress
) -> None:
    """Indexes the bundled sources that are not in `index` as this version ships them.

    When another process is at it, waits for that one instead. Raises StoreBusyError when it
    takes too long, StoreError, EmbedderError, and KeyboardInterrupt when the user stopped it.
    """
    bundled = bundled_documents()
    if is_up_to_date(index, bundled):
        _await_vectors(index, notify)
        return
    try:
        summary = ingest(index, embedder, bundled, progress=progress)
    except StoreBusyError:
        _await_writer(index, notify)
        hold_bundled_sources(index, embedder, notify, progress)
        return
    for failure in summary.failures:
        notify(failure.reason)
    if summary.interrupted:
        raise KeyboardInterrupt


def _await_vectors(index: Index, notify: Notify) -> None:
    """Waits while another process has stored all sources but no vector index yet."""
    statistics = index.statistics()
    if statistics.pending >= sum(statistics.passages.values()) > 0:
        _await_writer(index, notify)


def _await_writer(index: Index, notify: Notify) -> None:
    notify(_WAITING)
    with index.writer(_WAIT_SECONDS):
        # A writer that leaves publishes, so this also finishes what the other left undone.
        pass
