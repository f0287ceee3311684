"""From documents to an index that finds them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import DocumentError, EmbedderError
from corpus.index import Index
from corpus.index_writer import IndexWriter
from corpus.vectors import Vectors
from ingest.inputs import Found
from ingest.interruption import deferred_interrupts
from ingest.known import KnownPerspectives
from ingest.labelling import Labeller, RuleLabeller
from ingest.preparing import Prepared, prepared
from ingest.raw import Skipped
from ingest.summary import Advance, IngestProgress, Summary, Tally, ignore_advance

if TYPE_CHECKING:
    from corpus.embedding import Embedder

_GATHERED = 256
_SLICE = 64


def ingest(
    index: Index,
    embedder: Embedder,
    found: Found,
    *,
    progress: IngestProgress = ignore_advance,
    dry_run: bool = False,
    labeller: Labeller | None = None,
) -> Summary:
    """Takes the documents of `found` in, and forgets those that are gone.

    Each document is one transaction: whatever happens, those done stay done, and the next run
    does the rest. A document that is as it was is left alone; one that cannot be read is listed,
    and what it gave before stays. After Ctrl-C the documents that are embedded are stored, and
    the summary says so. With `dry_run` nothing is written and the summary tells what would be.
    `embedder` must be the one that `index` was opened with; `labeller` finds the positions that
    texts take (default: by rules alone).

    Raises StoreBusyError when another process is writing, StoreError when the index cannot be
    written (a full disk), EmbedderError; what was stored before stays in all cases.
    """
    labeller = labeller or RuleLabeller()
    tally = Tally(failures=list(found.failed), skipped=list(found.skipped))
    with deferred_interrupts() as interrupted:
        if dry_run:
            _plan(index, found, tally, interrupted, labeller)
        else:
            with index.writer() as writer:
                known = KnownPerspectives(index)
                run = _Run(
                    *(index, writer, embedder, found, tally, progress, interrupted, known),
                    labeller,
                )
                try:
                    run.ingest()
                except EmbedderError:
                    writer.publish()
                    raise
        return tally.summary(interrupted=interrupted(), notes=labeller.notes())


def _plan(
    index: Index,
    found: Found,
    tally: Tally,
    interrupted: Callable[[], bool],
    labeller: Labeller,
) -> None:
    tally.removed = sum(map(found.gone, index.documents()))
    known = KnownPerspectives(index)
    documents = prepared(found, index, known, tally, interrupted, labeller)
    for number, document in enumerate(documents, start=1):
        if number % _GATHERED == 0:
            known.close_group()
            known.settle_group()
        tally.count(document.sources, index.passage_ids(document.uri))
        tally.plan(document.name, document.sources)


@dataclass(frozen=True, slots=True)
class _Run:
    """One ingest that writes."""

    index: Index
    writer: IndexWriter
    embedder: Embedder
    found: Found
    tally: Tally
    progress: IngestProgress
    interrupted: Callable[[], bool]
    known: KnownPerspectives
    labeller: Labeller

    def ingest(self) -> None:
        """Embeds one group of documents while the next is read and the one before is stored."""
        self._remove_gone()
        documents = prepared(
            self.found, self.index, self.known, self.tally, self.interrupted, self.labeller
        )
        embedding: deque[tuple[list[Prepared], Future[dict[str, Vectors]]]] = deque()
        with ThreadPoolExecutor(1, "embed-group") as pool:
            for group, texts in self._gathered(documents):
                embedding.append((group, pool.submit(self._embed, texts)))
                if len(embedding) > 1:
                    self._store(*embedding.popleft())
            self._store(*embedding.popleft())

    def _remove_gone(self) -> None:
        for document in self.index.documents():
            if self.found.gone(document) and not self.interrupted():
                self.tally.passages_removed += len(self.index.passage_ids(document.uri))
                self.writer.remove_document(document.uri)
                self.tally.removed += 1

    def _gathered(
        self, documents: Iterable[Prepared]
    ) -> Iterator[tuple[list[Prepared], dict[str, str]]]:
        """Documents with their texts to embed by hash, enough at a time for good batches.

        The first group is a small one, so that embedding begins soon.
        """
        enough = _GATHERED // 4
        group: list[Prepared] = []
        texts: dict[str, str] = {}
        for document in documents:
            group.append(document)
            texts |= self.writer.missing_texts(document.sources)
            if max(len(group), len(texts)) >= enough:
                yield group, texts
                self.known.close_group()
                group, texts = [], {}
                enough = _GATHERED
        yield group, texts

    def _embed(self, texts: dict[str, str]) -> dict[str, Vectors]:
        """The vectors by hash; incomplete when interrupted."""
        vectors: dict[str, Vectors] = {}
        # Texts of one length share a batch, so that little is computed for padding.
        hashes = sorted(texts, key=lambda name: len(texts[name]))
        for start in range(0, len(hashes), _SLICE):
            if self.interrupted():
                break
            part = hashes[start : start + _SLICE]
            embedded = self.embedder.embed_passages([texts[name] for name in part])
            vectors.update(zip(part, embedded, strict=True))
            self.tally.embedded += len(part)
            self._tell()
        return vectors

    def _store(self, group: Iterable[Prepared], embedding: Future[dict[str, Vectors]]) -> None:
        vectors = embedding.result()
        for document in group:
            if self.writer.missing_texts(document.sources).keys() <= vectors.keys():
                self._put(document, vectors)
        self.known.settle_group()
        self._tell()

    def _put(self, document: Prepared, vectors: dict[str, Vectors]) -> None:
        before = self.index.passage_ids(document.uri)
        try:
            self.writer.put_document(
                document.uri, document.fingerprint, document.origin, document.sources, vectors
            )
        except DocumentError as error:
            self.tally.failures.append(Skipped(document.name, error.message))
        else:
            self.tally.count(document.sources, before)

    def _tell(self) -> None:
        total = len(self.found.documents) + len(self.found.failed)
        self.progress(Advance(self.tally.finished, total, self.tally.embedded))
