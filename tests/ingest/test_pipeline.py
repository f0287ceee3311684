"""Documents come in once, change in place, leave no trace, and never stop one another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pipeline_material import (
    HashEmbedder,
    paragraph,
    perspective_file,
    post,
    posts,
    state,
    take_in,
    write,
)

from corpus.catalogue_types import Origin
from corpus.course_files import BUNDLED_COURSES
from corpus.errors import DocumentError, EmbedderError, StoreError
from corpus.index import Index
from corpus.index_writer import IndexWriter
from corpus.types import Bilingual, Kind, Language, Perspective, Stance
from ingest import documents, pipeline
from ingest.bundled import bundled_documents
from ingest.document import Document
from ingest.finding import find
from ingest.pipeline import ingest
from ingest.summary import Advance


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are embedded a few at a time, so that a handful of them makes several groups."""
    monkeypatch.setattr(pipeline, "_GATHERED", 3)


def test_a_document_is_read_cut_embedded_and_found(data: Path, tmp_path: Path) -> None:
    embedder = HashEmbedder()
    with Index.open(data, embedder) as index:
        summary = ingest(index, embedder, find([str(posts(tmp_path / "in", 1, 2))]))
        assert (summary.read, summary.perspectives, summary.failures) == (2, 2, ())
        assert summary.passages_new == summary.embedded == len(set(embedder.embedded)) > 2
        assert summary.passages_per_second > 0
        source = index.source_of_url("https://boats.example.org/2")
        assert isinstance(source, Perspective)
        assert source.author == "船工2"
        assert source.texts[0].verbatim
        assert source.texts[0].language is Language.CHINESE
        best = index.lexical("第22天用木换下了左舷", Kind.PERSPECTIVE, 1).hits[0]
        [passage] = index.passages([best.passage_id])
        assert source.texts[0].body[passage.start : passage.end] == passage.text
        near = index.dense(index.vectors([passage.id])[0], Kind.PERSPECTIVE, 1)
        assert near[0].passage_id == passage.id


def test_a_second_time_changes_nothing_and_embeds_nothing(data: Path, tmp_path: Path) -> None:
    folder = posts(tmp_path / "in", 1, 2, 3)
    take_in(data, folder)
    before = state(data)
    embedder = HashEmbedder()
    summary = take_in(data, folder, embedder=embedder)
    assert (summary.unchanged, summary.read, summary.embedded) == (3, 0, 0)
    assert state(data) == before
    assert embedder.embedded == []


def test_a_changed_document_replaces_only_its_changed_passages(data: Path, tmp_path: Path) -> None:
    folder = posts(tmp_path / "in", 1, 2)
    take_in(data, folder)
    paragraphs = [paragraph(1, part) for part in range(4)]
    (folder / "01.md").write_text(post(1, "\n\n".join([*paragraphs, paragraph(90, 1) * 2])))
    embedder = HashEmbedder()
    summary = take_in(data, folder, embedder=embedder)
    assert (summary.read, summary.unchanged) == (1, 1)
    assert summary.passages_kept > 0
    assert summary.passages_new > 0
    assert summary.embedded == len(embedder.embedded) == summary.passages_new
    assert all("第901天" in text for text in embedder.embedded)


def test_text_inserted_above_moves_passages_without_embedding_them_again(
    data: Path, tmp_path: Path
) -> None:
    sections = [f"## 第{part}节\n{paragraph(1, part) * 2}" for part in range(3)]
    folder = write(tmp_path / "in", {"a.md": post(1, "\n\n".join(sections))})
    take_in(data, folder)
    (folder / "a.md").write_text(
        post(1, "\n\n".join([f"## 前言\n{paragraph(7, 7) * 2}", *sections]))
    )
    embedder = HashEmbedder()
    summary = take_in(data, folder, embedder=embedder)
    assert summary.passages_removed == 0
    assert summary.passages_kept >= 3
    assert all("前言" in text for text in embedder.embedded)


def test_what_is_gone_from_a_directory_takes_its_passages_with_it(
    data: Path, tmp_path: Path
) -> None:
    folder, other = posts(tmp_path / "in", 1, 2), posts(tmp_path / "other", 3)
    take_in(data, folder, other)
    (folder / "01.md").unlink()
    (other / "03.md").unlink()
    summary = take_in(data, folder)
    assert summary.removed == 1
    assert summary.passages_removed > 0
    with Index.open(data, HashEmbedder()) as index:
        assert index.source_of_url("https://boats.example.org/1") is None
        # Nobody looked into the other directory.
        assert index.source_of_url("https://boats.example.org/3") is not None


def test_a_directory_of_courses_and_perspectives_in_our_own_format(
    data: Path, tmp_path: Path
) -> None:
    text = min(BUNDLED_COURSES.glob("*.yaml")).read_text(encoding="utf-8")
    own = perspective_file("captain-hull", "https://boats.example.org/hull")
    take_in(data, write(tmp_path / "in", {"course.yaml": text, "hull.md": own}))
    with Index.open(data, HashEmbedder()) as index:
        assert [len(index.sources(kind=kind)) for kind in Kind] == [1, 1]
        source = index.source("captain-hull")
        assert isinstance(source, Perspective)
        assert not source.positions[0].guessed
        assert {text.verbatim for text in source.texts} == {False}


# The same text twice


def test_the_same_answer_in_two_documents_is_one_perspective(data: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.md": post(1), "b.md": post(1)})
    embedder = HashEmbedder()
    summary = take_in(data, folder, embedder=embedder)
    assert summary.read == 2
    with Index.open(data, embedder) as index:
        [source] = index.sources()
        assert len(index.documents(source.id)) == 2
        assert index.statistics().passages[Kind.PERSPECTIVE] == len(set(embedder.embedded))
    (folder / "a.md").unlink()
    take_in(data, folder)
    with Index.open(data, embedder) as index:
        assert [source.url for source in index.sources()] == ["https://boats.example.org/1"]


@pytest.mark.parametrize("together", [True, False], ids=["in one run", "in two runs"])
def test_nearly_the_same_text_from_another_address_is_left_out(
    data: Path, tmp_path: Path, together: bool
) -> None:
    copied = post(1, author="转载者", url="https://copies.example.org/1").replace("桐油", "清漆")
    first = write(tmp_path / "a", {"a.md": post(1)})
    second = write(tmp_path / "b", {"b.md": copied})
    if together:
        summary = take_in(data, first, second)
    else:
        take_in(data, first)
        summary = take_in(data, second)
    [skipped] = summary.skipped
    assert "转载者 https://copies.example.org/1" in skipped.what
    assert "船工1 https://boats.example.org/1" in skipped.reason.zh
    assert "https://boats.example.org/1" in skipped.reason.en
    assert summary.empty == 1
    assert take_in(data, first, second).unchanged == 2
    # When the one that was kept goes, the other one takes its place.
    (first / "a.md").unlink()
    assert take_in(data, first, second).perspectives == 1


def test_a_document_whose_address_changed_is_no_copy_of_itself(data: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.md": post(1)})
    take_in(data, folder)
    (folder / "a.md").write_text(post(1, url="https://moved.example.org/1"))
    assert take_in(data, folder).skipped == ()
    with Index.open(data, HashEmbedder()) as index:
        assert [source.url for source in index.sources()] == ["https://moved.example.org/1"]


def test_short_texts_by_different_people_are_all_kept(data: Path, tmp_path: Path) -> None:
    short = "先把船底刮干净，再谈上漆的事情。"
    one = post(1, short)
    other = post(2, short)
    take_in(data, write(tmp_path / "in", {"a.md": one, "b.md": other}))
    with Index.open(data, HashEmbedder()) as index:
        assert len(index.sources()) == 2


# Shipped restatements and originals


def shipped(directory: Path, *files: str) -> Path:
    write(directory, {f"{text.split()[2]}.md": text for text in files})
    return directory


def test_an_original_gets_the_shipped_labels_and_takes_the_place_of_the_restatement(
    data: Path, tmp_path: Path
) -> None:
    url = "https://boats.example.org/1"
    directory = shipped(tmp_path / "shipped", perspective_file("captain-hull", url))
    bundled = bundled_documents(directory, tmp_path / "no courses")
    originals = write(tmp_path / "in", {"a.md": post(1)})
    embedder = HashEmbedder()
    with Index.open(data, embedder) as index:
        ingest(index, embedder, bundled)
        restated = index.lexical("老船长认为动手", Kind.PERSPECTIVE, 3).hits[0].passage_id

        ingest(index, embedder, find([str(originals)]))
        source = index.source("captain-hull")
        assert isinstance(source, Perspective)
        assert source.url == url
        assert [(p.stance, p.guessed) for p in source.positions] == [(Stance.NOT_NEEDED, False)]
        assert index.text("captain-hull", Language.CHINESE, verbatim=True)
        assert index.statistics().shadowed == 1
        found = index.lexical("老船长认为动手", Kind.PERSPECTIVE, 9).hits
        assert restated not in [hit.passage_id for hit in found]

        (originals / "a.md").unlink()
        ingest(index, embedder, find([str(originals)]))
        assert index.statistics().shadowed == 0
        found = index.lexical("老船长认为动手", Kind.PERSPECTIVE, 9).hits
        assert restated == found[0].passage_id


def test_the_order_in_which_restatement_and_original_come_leaves_no_trace(tmp_path: Path) -> None:
    url = "https://boats.example.org/1"
    directory = shipped(tmp_path / "shipped", perspective_file("captain-hull", url))
    originals = write(tmp_path / "in", {"a.md": post(1)})
    both = [bundled_documents(directory, tmp_path / "none"), find([str(originals)])]
    embedder = HashEmbedder()
    states = []
    for name, order in (("one", both), ("other", both[::-1])):
        with Index.open(tmp_path / name, embedder) as index:
            for found in order:
                ingest(index, embedder, found)
            assert index.source("captain-hull") is not None
        tables = state(tmp_path / name)
        states.append({key: tables[key] for key in ("texts", "passages", "sources", "positions")})
    assert states[0] == states[1]


# Bad input


def test_bad_documents_are_listed_and_do_not_stop_the_others(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = posts(tmp_path / "in", 1, 9)
    (folder / "02-empty.md").touch()
    (folder / "03-binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "04-gb18030.md").write_bytes(post(4).encode("gb18030"))
    html = f"<html><body><h1>修船</h1><p>{paragraph(5, 1) * 3}</p><p>{paragraph(5, 2)}"
    (folder / "05-torn.html").write_text(html, encoding="utf-8")
    with (folder / "06-huge.txt").open("wb") as file:
        file.truncate(200_000_000)
    (folder / "07-closed.md").write_text(post(7))
    (folder / "08-faulty.md").write_text(
        perspective_file("captain-hull", "https://boats.example.org/8").replace("blog", "B l o g")
    )

    read = documents._read

    def closed(path: Path, limit: int) -> bytes:
        # Whoever runs the tests may be allowed to read everything.
        if "closed" in path.name:
            raise DocumentError(documents._CLOSED)
        return read(path, limit)

    monkeypatch.setattr(documents, "_read", closed)
    summary = take_in(data, folder, tmp_path / "missing.md")
    failed = {Path(failure.what).name: failure.reason for failure in summary.failures}
    assert sorted(failed) == [
        "02-empty.md",
        "03-binary.txt",
        "06-huge.txt",
        "07-closed.md",
        "08-faulty.md",
        "missing.md",
    ]
    assert "200 MB" in failed["06-huge.txt"].en
    assert "platform" in failed["08-faulty.md"].en
    assert "不存在" in failed["missing.md"].zh
    assert summary.read == 4
    with Index.open(data, HashEmbedder()) as index:
        known = {Path(document.uri).name for document in index.documents()}
        assert known == {"01.md", "04-gb18030.md", "05-torn.html", "09.md"}


def test_a_document_that_breaks_a_reader_is_listed(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest import finding

    def broken(document: Document) -> object:
        if document.uri.endswith("01.md"):
            raise RecursionError("too deep")
        return read_document(document)

    read_document = finding.read_document
    monkeypatch.setattr(finding, "read_document", broken)
    summary = take_in(data, posts(tmp_path / "in", 1, 2))
    assert [Path(failure.what).name for failure in summary.failures] == ["01.md"]
    assert summary.read == 1


def test_a_document_that_can_no_longer_be_read_keeps_what_it_gave(
    data: Path, tmp_path: Path
) -> None:
    folder = posts(tmp_path / "in", 1)
    take_in(data, folder)
    before = state(data)
    (folder / "01.md").write_bytes(b"")
    assert len(take_in(data, folder).failures) == 1
    assert state(data) == before


def test_an_id_that_belongs_to_another_source_is_a_failure_of_that_document(
    data: Path, tmp_path: Path
) -> None:
    one = perspective_file("captain-hull", "https://boats.example.org/1")
    other = perspective_file("captain-hull", "https://boats.example.org/2", body="换个说法。" * 20)
    other = other.replace("The old captain holds", "Whoever wrote this one is quite sure")
    other = other.replace("comes before any reading", "and painting it are worth more than books")
    summary = take_in(data, write(tmp_path / "in", {"a.md": one, "b.md": other, "c.md": post(3)}))
    assert [Path(failure.what).name for failure in summary.failures] == ["b.md"]
    assert "captain-hull" in summary.failures[0].reason.en
    assert summary.read == 2


# Dry runs


def test_a_dry_run_tells_what_would_be_read_and_writes_nothing(data: Path, tmp_path: Path) -> None:
    folder = posts(tmp_path / "in", 1)
    take_in(data, folder)
    before = state(data)
    posts(folder, 2)
    copied = post(2, author="转载者", url="https://copies.example.org/2")
    write(folder, {"03.md": copied, "04.md": ""})
    embedder = HashEmbedder()
    with Index.open(data, embedder) as index:
        generation = index.statistics().generation
        summary = ingest(index, embedder, find([str(folder)]), dry_run=True)
        assert index.statistics().generation == generation
    [planned] = summary.planned
    assert (planned.author, planned.url) == ("船工2", "https://boats.example.org/2")
    assert planned.title.zh == "第2篇修船笔记"
    assert planned.length > 300
    assert (summary.unchanged, len(summary.failures), len(summary.skipped)) == (1, 1, 1)
    assert embedder.embedded == []
    assert state(data) == before


# Interruptions


def test_ctrl_c_keeps_what_is_done_and_the_next_run_does_the_rest(
    data: Path, tmp_path: Path, small_groups: None
) -> None:
    folder = posts(tmp_path / "in", *range(1, 9))
    embedder = HashEmbedder()

    asked: list[Advance] = []

    def interrupt(advance: Advance) -> None:
        if advance.documents and not asked:
            asked.append(advance)
            os.kill(os.getpid(), signal.SIGINT)

    handler = signal.getsignal(signal.SIGINT)
    with Index.open(data, embedder) as index:
        summary = ingest(index, embedder, find([str(folder)]), progress=interrupt)
        assert summary.interrupted
        assert 0 < summary.read < 8
        assert len(index.documents()) == summary.read
        assert index.statistics().pending == 0
    assert signal.getsignal(signal.SIGINT) is handler
    rest = take_in(data, folder)
    assert rest.unchanged == summary.read
    assert rest.read == 8 - summary.read
    take_in(tmp_path / "undisturbed", folder)
    assert state(data) == state(tmp_path / "undisturbed")


def test_a_full_disk_is_said_clearly_and_loses_nothing(
    data: Path, tmp_path: Path, small_groups: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = posts(tmp_path / "in", *range(1, 6))
    put = IndexWriter.put_document
    full = StoreError(Bilingual("磁盘已满", "the disk is full"))

    def failing(self: IndexWriter, uri: str, *rest: object) -> None:
        if uri.endswith("03.md"):
            raise full
        put(self, uri, *rest)

    monkeypatch.setattr(IndexWriter, "put_document", failing)
    with pytest.raises(StoreError, match="disk is full"):
        take_in(data, folder)
    monkeypatch.undo()
    assert take_in(data, folder).unchanged == 2
    take_in(tmp_path / "undisturbed", folder)
    assert state(data) == state(tmp_path / "undisturbed")


def test_when_the_embedder_fails_what_was_stored_before_can_be_found(
    data: Path, tmp_path: Path, small_groups: None
) -> None:
    class Failing(HashEmbedder):
        def embed_passages(self, texts: list[str]) -> object:
            if len(self.embedded) > 4:
                raise EmbedderError(Bilingual("没有回应", "does not answer"))
            return super().embed_passages(texts)

    embedder = Failing()
    with Index.open(data, embedder) as index:
        with pytest.raises(EmbedderError):
            ingest(index, embedder, find([str(posts(tmp_path / "in", *range(1, 7)))]))
        assert 0 < len(index.documents()) < 6
        assert index.statistics().pending == 0


KILLED = """
import os, signal, sys
from pathlib import Path
from corpus.index_writer import IndexWriter
from corpus.vector_index import VectorIndex
from ingest import pipeline
from pipeline_material import HashEmbedder, take_in

data, folder, place, count = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
pipeline._GATHERED = 3
owner = {"embed_passages": HashEmbedder, "put_document": IndexWriter, "publish": IndexWriter}[place]
original, calls = getattr(owner, place), []

def counted(self, *arguments):
    calls.append(place)
    if len(calls) == count:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(self, *arguments)

setattr(owner, place, counted)
take_in(data, folder)
"""


@pytest.mark.parametrize(
    ("place", "count"),
    [("embed_passages", 1), ("embed_passages", 3), ("put_document", 2), ("publish", 1)],
)
def test_after_kill_9_the_next_run_ends_as_if_nothing_had_happened(
    data: Path, tmp_path: Path, place: str, count: int
) -> None:
    folder = posts(tmp_path / "in", *range(1, 7))
    copied = post(2, author="转载者", url="https://copies.example.org/2")
    write(folder, {"07.md": copied, "08.md": post(3)})
    here = Path(__file__)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(data), str(folder), place, str(count)],
        env={**os.environ, "PYTHONPATH": f"{here.parents[2]}{os.pathsep}{here.parent}"},
        check=False,
        capture_output=True,
        timeout=100,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    take_in(data, folder)
    take_in(tmp_path / "undisturbed", folder)
    assert state(data) == state(tmp_path / "undisturbed")
    with Index.open(data, HashEmbedder()) as index:
        hit = index.lexical("左舷", Kind.PERSPECTIVE, 1).hits[0].passage_id
        assert index.dense(index.vectors([hit])[0], Kind.PERSPECTIVE, 1)[0].passage_id == hit


# The documents that the shipped restatements were written from


def test_the_originals_carry_the_shipped_labels_and_are_quoted_verbatim(
    data: Path, originals: Path
) -> None:
    embedder = HashEmbedder()
    with Index.open(data, embedder) as index:
        ingest(index, embedder, bundled_documents())
        shipped_ids = {source.id for source in index.sources(kind=Kind.PERSPECTIVE)}
        summary = ingest(index, embedder, find([str(originals)]))
        assert summary.failures == ()
        documents = [d for d in index.documents() if d.origin is Origin.INGESTED]
        ids = {
            source.id: source
            for source in index.sources(kind=Kind.PERSPECTIVE)
            if any(document in documents for document in index.documents(source.id))
        }
        per_document = sorted(
            sum(document in index.documents(source) for source in ids) for document in documents
        )
        assert per_document == [1, 1, 2, 4, 11]
        assert set(ids) <= shipped_ids
        for source in ids.values():
            assert isinstance(source, Perspective)
            assert source.author or source.platform == "baidu-zhidao"
            assert not any(position.guessed for position in source.positions)
            assert any(text.verbatim for text in source.texts)
