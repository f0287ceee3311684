"""The tutor with a language model that tests speak for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import cast

import pytest
from writer_injections import load_injections, write_documents
from writer_stage import Stage, played

from corpus.bundled_embedder import BundledEmbedder
from corpus.course_files import BUNDLED_COURSES
from corpus.index import Index
from corpus.perspective_files import BUNDLED_PERSPECTIVES
from ingest.bundled import bundled_documents
from ingest.finding import find
from ingest.pipeline import ingest
from tutor.examples import load_examples
from tutor.model.language_model import LanguageModel
from tutor.tutor import Authors, Tutor

PEOPLE = ("wang-dapeng-start-now", "zhang-shaochun-papers", "xiubai-skip-derivations")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The tutor over three people, one book and the posts with hidden instructions."""
    data = tmp_path_factory.mktemp("writer")
    for room, names in (
        (BUNDLED_PERSPECTIVES, [f"{person}.md" for person in PEOPLE]),
        (BUNDLED_COURSES, ["d2l.yaml"]),
    ):
        (data / room.name).mkdir()
        for name in names:
            shutil.copy(room / name, data / room.name)
    posts = write_documents(data / "posts", load_injections())
    embedder = BundledEmbedder()
    player, watched = played()
    authors = Authors(model=cast("LanguageModel", watched))
    with Index.open(data / "index", embedder) as index:
        ingest(index, embedder, bundled_documents(data / "perspectives", data / "courses"))
        ingest(index, embedder, find([str(posts)]))
        tutor = Tutor(index, embedder, load_examples(embedder), authors=authors)
        yield Stage(index.sources(), tutor, watched, player)
        tutor.close()
