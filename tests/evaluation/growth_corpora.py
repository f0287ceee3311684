"""The same tutor over a small corpus, over all bundled sources, and over those among many others.

Each corpus is a data directory below one root, made when it is first asked for and kept: a second
run finds it and brings it up to date.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

import yaml
from evaluate import Tutoring

from corpus.bundled_embedder import BundledEmbedder
from corpus.catalogue_types import Origin
from corpus.course_files import BUNDLED_COURSES
from corpus.index import Index
from corpus.perspective_files import BUNDLED_PERSPECTIVES
from corpus.types import Perspective, Source
from ingest.bundled import bundled_documents
from ingest.inputs import Found
from ingest.pipeline import ingest
from tutor.examples import load_examples
from tutor.tutor import Tutor

UNRELATED = 10_000
SMALL_CORPUS = Path(__file__).with_name("small_corpus.yaml")
_BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
_PEOPLE_A_DOCUMENT = 200
_FILLERS = "filler:"


class Size(StrEnum):
    """A corpus; `SMALL` is what was bundled when the questions were first written."""

    SMALL = "small"
    FULL = "full"
    CROWDED = "full and 10,000 others"


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus that is open: its tutor, and what it answers from."""

    tutoring: Tutoring
    sources: tuple[Source, ...]

    @property
    def source_ids(self) -> frozenset[str]:
        """The ids of all sources."""
        return frozenset(source.id for source in self.sources)

    @property
    def people(self) -> tuple[Perspective, ...]:
        """The perspectives."""
        return tuple(source for source in self.sources if isinstance(source, Perspective))


@contextmanager
def opened_corpus(size: Size, root: Path) -> Iterator[Corpus]:
    """The corpus of this size, in its directory below `root`."""
    embedder = BundledEmbedder()
    with index_corpus(size, root, embedder) as index:
        tutor = Tutor(index, embedder, load_examples(embedder, root))
        try:
            yield Corpus(Tutoring(tutor.answer, index), tuple(index.sources()))
        finally:
            tutor.close()


@contextmanager
def index_corpus(size: Size, root: Path, embedder: BundledEmbedder) -> Iterator[Index]:
    """The index of the corpus of this size, in its directory below `root`."""
    with Index.open(root / size.name.lower(), embedder) as index:
        ingest(index, embedder, _bundled(size, root))
        if size is Size.CROWDED:
            _add_unrelated(index, embedder)
        yield index


def _bundled(size: Size, root: Path) -> Found:
    if size is not Size.SMALL:
        return bundled_documents()
    kept = yaml.safe_load(SMALL_CORPUS.read_text(encoding="utf-8"))
    rooms = root / "small-sources"
    shutil.rmtree(rooms, ignore_errors=True)
    for room, suffix in ((BUNDLED_PERSPECTIVES, ".md"), (BUNDLED_COURSES, ".yaml")):
        (rooms / room.name).mkdir(parents=True)
        for name in kept[room.name]:
            shutil.copy(room / f"{name}{suffix}", rooms / room.name)
    return bundled_documents(rooms / BUNDLED_PERSPECTIVES.name, rooms / BUNDLED_COURSES.name)


def _add_unrelated(index: Index, embedder: BundledEmbedder) -> None:
    """Made-up passages in both languages, embedded as any other; those already there are kept."""
    filler_writer, filler_perspectives = _filler_tools()
    known = {document.uri for document in index.documents()}
    people = filler_perspectives(filler_writer(), UNRELATED, first=0)
    with index.writer() as writer:
        while batch := list(islice(people, _PEOPLE_A_DOCUMENT)):
            uri = f"{_FILLERS}{batch[0].source.id}"
            if uri in known:
                continue
            texts = writer.missing_texts(batch)
            vectors = dict(zip(texts, embedder.embed_passages(list(texts.values())), strict=True))
            writer.put_document(uri, "filler", Origin.INGESTED, batch, vectors)


def _filler_tools() -> tuple[Callable, Callable]:
    # The directories of the tests are no packages.
    if str(_BENCHMARKS) not in sys.path:
        sys.path.append(str(_BENCHMARKS))
    from benchmark_collections import filler_perspectives
    from benchmark_filler import FillerWriter

    return FillerWriter, filler_perspectives
