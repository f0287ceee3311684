"""The tools of the benchmarks: they must count and generate rightly. Nothing here is timed."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import doors_server
import numpy as np
import pytest
import uvicorn
from benchmark_collections import FillerVectors, filler_perspectives
from benchmark_comparison import ndcg
from benchmark_filler import FillerWriter
from benchmark_import_time import read_import_times
from benchmark_ingestion import DOCUMENTS_A_PART, write_documents
from benchmark_machine import ProcessorSeconds, share_of_others
from benchmark_report import with_tables
from benchmark_statistics import ratio, spread, take_turns
from doors_client import Streamed, asked
from numpy.typing import NDArray
from recording_embedder import RecordingEmbedder
from run import merged

from corpus.passage_words import embedding_text
from corpus.terms import terms
from corpus.types import Language, Perspective
from ingest.finding import find


def test_median_and_95th_percentile() -> None:
    found = spread([float(value) for value in range(101)], scale=2.0)
    assert (found.p50, found.p95, found.runs) == (100.0, 190.0, 101)


def test_one_value_is_its_own_percentile() -> None:
    assert spread([3.0]).p95 == 3.0


def test_nothing_measured_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        spread([])


def test_a_slow_moment_that_hits_both_leaves_the_ratio() -> None:
    assert ratio([2.0, 20.0, 2.0], [1.0, 10.0, 1.0]) == 2.0


def test_a_ratio_needs_neighbours() -> None:
    with pytest.raises(ValueError, match="shorter"):
        ratio([1.0, 2.0], [1.0])


def test_lanes_take_turns() -> None:
    order: list[str] = []
    taken = take_turns({name: partial(order.append, name) for name in "AB"}, rounds=3)
    assert order == ["A", "B"] * 3
    assert {name: len(each) for name, each in taken.items()} == {"A": 3, "B": 3}


def test_filler_is_the_same_in_every_run() -> None:
    passages = list(FillerWriter().passages(40))
    assert passages == list(FillerWriter().passages(40))
    assert len({text for _, text in passages}) == 40
    assert {language for language, _ in passages} == set(Language)


def test_the_words_of_a_question_occur_in_filler_but_are_not_everywhere() -> None:
    writer = FillerWriter()
    vocabularies = [set(terms(writer.text(Language.CHINESE))) for _ in range(300)]
    share = sum("学习" in vocabulary for vocabulary in vocabularies) / 300
    assert 0.1 < share < 0.9


def test_filler_vectors_have_length_one_and_lie_among_the_real_ones() -> None:
    random = np.random.default_rng(0)
    real = random.normal(size=(200, 8)) * 0.1 + np.eye(8)[0]
    vectors = FillerVectors(real.astype(np.float32)).draw(500)
    assert vectors.shape == (500, 8)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert vectors.mean(axis=0)[0] > 0.9
    assert len(np.unique(vectors.round(5), axis=0)) == 500


def test_filler_people_hold_no_positions_and_their_passages_are_cut_from_their_text() -> None:
    people = list(filler_perspectives(FillerWriter(), 52, first=7))
    passages = [passage for person in people for passage in person.passages]
    assert len(passages) == len({passage.id for passage in passages}) == 52
    assert [person.source.id for person in islice(people, 2)] == ["filler-7", "filler-8"]
    for person in people:
        assert isinstance(person.source, Perspective)
        assert person.source.positions == ()
        body = person.source.texts[0].body
        assert all(body[each.start : each.end] == each.text for each in person.passages)
    assert len({embedding_text(each.headings, each.text) for each in passages}) == 52


def test_generated_documents_are_found_and_differ(tmp_path: Path) -> None:
    folder = write_documents(tmp_path / "documents", FillerWriter(), first=30)
    written = {path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert len(find([str(folder)]).documents) == len(written) == DOCUMENTS_A_PART


class TwoNumbers:
    """An embedder that is told apart from others by what it was asked."""

    name = fingerprint = "two"
    dimension = 2

    def __init__(self) -> None:
        self.asked: list[object] = []

    def embed_query(self, text: str) -> NDArray[np.float32]:
        self.asked.append(text)
        return np.array([1, 0], np.float32)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(("queries", *texts))
        return np.tile(np.array([1, 0], np.float32), (len(texts), 1))

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(list(texts))
        return np.tile(np.array([1, 0], np.float32), (len(texts), 1))


def test_what_was_embedded_can_be_embedded_again_in_the_same_batches() -> None:
    first, again = TwoNumbers(), TwoNumbers()
    recorder = RecordingEmbedder(first)
    recorder.embed_query("问")
    recorder.embed_passages(("a", "b"))
    recorder.embed_queries(["q", "r"])
    recorder.embed_passages(["c"])
    recorder.calls.replay(again)
    assert again.asked == first.asked == ["问", ["a", "b"], ("queries", "q", "r"), ["c"]]
    assert recorder.calls.passages == [2, 1]


PIECES = [
    (0.0, "event: understood\ndata: {}\n\n"),
    (0.0, 'event: done\ndata: {"outcome": "answered"}\n\n'),
]


@pytest.fixture
def bare_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of the bare route of the benchmark of the doors."""
    recording = tmp_path / "recording.json"
    recording.write_text(json.dumps(PIECES), encoding="utf-8")
    monkeypatch.setenv(doors_server.RECORDING, str(recording))
    server = uvicorn.Server(uvicorn.Config(doors_server.bare(), port=0, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        thread.join(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(30)


def test_the_bare_route_sends_what_was_recorded_and_the_client_reads_it_whole(
    bare_server: int,
) -> None:
    load = asked(bare_server, ["a", "b"], simultaneous=3, each=2)
    assert (len(load.answers), load.failed) == (6, 0)
    for answer in load.answers:
        assert b"".join(piece for _, piece in answer.pieces).decode() == "".join(
            text for _, text in PIECES
        )
        assert 0 < answer.first <= answer.done <= load.seconds


def test_a_stream_that_is_cut_refused_or_failed_is_no_answer() -> None:
    whole, failed = PIECES[1][1].encode(), b'event: done\ndata: {"outcome": "failed"}\n\n'
    assert Streamed(200, ((0.1, whole),)).is_whole
    assert not Streamed(200, ((0.1, whole), (0.2, b": ping\n\n"))).is_whole
    assert not Streamed(200, ((0.1, failed),)).is_whole
    assert not Streamed(429, ()).is_whole


IMPORT_TIMES = """\
import time: self [us] | cumulative | imported package
import time:       200 |        200 |   numpy.core
import time:      1800 |       2000 | numpy
the answer itself
import time:       500 |       2500 | tutor.tutor
"""


def test_import_times_are_added_up_by_package() -> None:
    times = read_import_times(IMPORT_TIMES.splitlines())
    assert times.packages == {"numpy": 2.0, "tutor": 0.5}
    assert (times.total, times.modules) == (2.5, 3)
    assert times.largest(1) == {"numpy": 2.0}


def test_ndcg() -> None:
    relevant = frozenset("ab")
    assert ndcg(["a", "b", "x"], relevant) == 1.0
    assert ndcg(["x", "y"], relevant) == 0.0
    assert 0.0 < ndcg(["x", "a"], relevant) < ndcg(["a", "x"], relevant) < 1.0


MACHINE = {"machine": {"cores": "2"}, "results": {}}


def test_tables_replace_what_stands_between_their_marks() -> None:
    document = "before\n<!-- begin machine -->\nold\n<!-- end machine -->\nafter\n"
    new = with_tables(document, MACHINE)
    assert "old" not in new
    assert "| cores | 2 |" in new
    assert (new.startswith("before\n"), new.endswith("after\n")) == (True, True)
    assert with_tables(new, MACHINE) == new


def test_a_document_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="machine"):
        with_tables("nothing", MACHINE)


def test_results_of_another_machine_are_not_kept() -> None:
    before = merged({}, {"cores": "2"}, {"answering": 1, "ingestion": 2})
    same = merged(before, {"cores": "2"}, {"answering": 3})
    assert same["results"] == {"answering": 3, "ingestion": 2}
    assert merged(before, {"cores": "4"}, {"answering": 3})["results"] == {"answering": 3}


def test_what_others_took_of_the_processors() -> None:
    before, after = ProcessorSeconds(100.0, 10.0), ProcessorSeconds(110.0, 12.0)
    cores = os.cpu_count() or 1
    assert share_of_others(before, after, seconds=16.0 / cores) == 0.5
    assert share_of_others(None, after, seconds=8.0) is None


def test_the_published_tables_are_those_of_the_published_results() -> None:
    docs = Path(__file__).parents[2] / "docs"
    published = json.loads((docs / "benchmarks.json").read_text(encoding="utf-8"))
    document = (docs / "benchmarks.md").read_text(encoding="utf-8")
    assert with_tables(document, published) == document
