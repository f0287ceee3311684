"""The index as its users see it: one writer, any number of readers, nothing to look after."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from index_material import (
    EN,
    HashEmbedder,
    chunked,
    course,
    directories,
    found_texts,
    own_words,
    perspective,
    position,
    put,
    restated,
    state,
)

from corpus.catalogue_types import Origin
from corpus.errors import DocumentError, EmbedderMismatchError, StoreBusyError, StoreError
from corpus.index import Index
from corpus.types import Bilingual, Kind, Topic

ANSWER = perspective("x", own_words("先学机器学习\n数学边做边补"), positions=[position()])
BOOK = course("c", restated("第一周 线性回归\n第二周 卷积网络"))


def opened(data: Path, **options) -> Index:
    return Index.open(data, HashEmbedder(), **options)


def test_both_searches_find_what_was_stored(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        with index.writer() as writer:
            put(writer, "doc", ANSWER, BOOK)
        found = found_texts(index, "数学怎么补")
        assert "数学边做边补" in found["dense"] & found["lexical"]
        assert found_texts(index, "卷积网络", Kind.COURSE)["lexical"] == {"第二周 卷积网络"}
        assert index.positions(Topic.ML_BEFORE_DL) == [("id-x", position())]
        assert index.source_of_url(ANSWER.url) == ANSWER
        assert index.document("doc") in index.documents("id-x")


def test_an_empty_index_answers_with_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        assert found_texts(index, "机器学习") == {"dense": set(), "lexical": set()}
        assert index.sources() == []
        assert index.statistics().embedder is None
        assert index.vectors([]).shape == (0, 48)


def test_vectors_are_those_of_the_embedder(tmp_path: Path) -> None:
    first, second = chunked(ANSWER).passages
    with opened(tmp_path) as index:
        with index.writer() as writer:
            put(writer, "doc", ANSWER)
        expected = HashEmbedder().embed_passages([second.text, first.text])
        np.testing.assert_allclose(index.vectors([second.id, first.id]), expected, atol=1e-6)
        [hit] = index.dense(expected[0], Kind.PERSPECTIVE, 1)
        assert (hit.passage_id, hit.score) == (second.id, pytest.approx(1.0, abs=1e-5))
        with pytest.raises(KeyError):
            index.vectors(["unknown"])


def test_everything_is_there_after_opening_again(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        with index.writer() as writer:
            put(writer, "doc", ANSWER, BOOK)
        before = state(index)
    with opened(tmp_path) as index:
        assert state(index) == before


def test_nothing_is_embedded_twice(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    with Index.open(tmp_path, embedder) as index, index.writer() as writer:
        put(writer, "doc", ANSWER)
        assert len(embedder.embedded) == 2
        put(writer, "doc", ANSWER)
        put(writer, "copy", ANSWER)
        put(writer, "doc", perspective("x", own_words("先学机器学习\n换了一句")))
        assert embedder.embedded[2:] == ["换了一句"]


def test_vectors_may_be_made_for_many_documents_at_once(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    with Index.open(tmp_path, embedder) as index, index.writer() as writer:
        missing = writer.missing_texts([chunked(ANSWER), chunked(BOOK)])
        vectors = dict(
            zip(missing, HashEmbedder().embed_passages([*missing.values()]), strict=True)
        )
        writer.put_document("a", "", Origin.INGESTED, [chunked(ANSWER)], vectors)
        writer.put_document("b", "", Origin.INGESTED, [chunked(BOOK)], vectors)
        assert embedder.embedded == []
        assert writer.missing_texts([chunked(ANSWER), chunked(BOOK)]) == {}


def test_a_vector_of_the_wrong_length_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path) as index, index.writer() as writer:
        vectors = {name: np.ones(3, np.float32) for name in writer.missing_texts([chunked(BOOK)])}
        with pytest.raises(ValueError, match="shape"):
            writer.put_document("a", "", Origin.INGESTED, [chunked(BOOK)], vectors)
        assert index.documents() == []


def test_removing_a_document_takes_its_passages_along(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        with index.writer() as writer:
            put(writer, "a", ANSWER)
        before = state(index)
        with index.writer() as writer:
            put(writer, "b", perspective("y", own_words("直接做项目")))
        assert "直接做项目" in found_texts(index, "做项目")["dense"]
        with index.writer() as writer:
            assert writer.remove_document("b")
            assert not writer.remove_document("b")
        assert state(index) == before


def test_a_removed_source_is_not_found_any_more(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        with index.writer() as writer:
            put(writer, "a", ANSWER, BOOK)
            assert writer.remove_source("id-x")
            assert not writer.remove_source("id-x")
        assert found_texts(index, "机器学习") == {"dense": set(), "lexical": set()}
        assert index.positions(Topic.ML_BEFORE_DL) == []
        assert index.sources() == [BOOK]


def test_own_words_are_searched_instead_of_the_restatement(tmp_path: Path) -> None:
    ours = perspective("x", restated("复述的话"), restated("put differently", EN))
    with opened(tmp_path) as index:
        with index.writer() as writer:
            put(writer, "shipped", ours, origin=Origin.BUNDLED)
        before = state(index)
        with index.writer() as writer:
            put(writer, "read", perspective("x", own_words("他的原话")))
        assert found_texts(index, "话")["dense"] == {"他的原话", "put differently"}
        assert index.statistics().shadowed == 1
        with index.writer() as writer:
            writer.remove_document("read")
        assert state(index) == before


def test_the_passages_of_one_kind_may_all_go(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        with index.writer() as writer:
            put(writer, "a", ANSWER)
            put(writer, "b", BOOK)
        with index.writer() as writer:
            writer.remove_document("b")
        assert found_texts(index, "卷积网络", Kind.COURSE)["dense"] == set()
        with index.writer() as writer:
            put(writer, "b", BOOK)
        assert "第二周 卷积网络" in found_texts(index, "卷积网络", Kind.COURSE)["dense"]


def test_one_state_lies_on_the_disk(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        for number in range(4):
            with index.writer() as writer:
                put(writer, f"d{number}", perspective(f"{number}", own_words(f"第{number}篇")))
            assert len(directories(tmp_path)) == 1
        with index.writer() as writer:
            pass
        assert len(directories(tmp_path)) == 1


def test_after_many_removals_the_vectors_are_built_anew(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        with index.writer() as writer:
            for number in range(8):
                put(writer, f"d{number}", perspective(f"{number}", own_words(f"第{number}篇")))
        for number in range(5):
            with index.writer() as writer:
                writer.remove_document(f"d{number}")
        assert found_texts(index, "篇")["dense"] == {"第5篇", "第6篇", "第7篇"}
        manifest = index._vectors.state().manifest
        assert manifest is not None
        assert sum(manifest.deleted.values()) < 5


def test_another_index_on_the_same_data_follows(tmp_path: Path) -> None:
    with opened(tmp_path) as writing, opened(tmp_path) as reading:
        assert not reading.refresh_if_changed()
        with writing.writer() as writer:
            put(writer, "a", ANSWER)
            assert found_texts(reading, "机器学习")["lexical"] == {"先学机器学习"}
            assert found_texts(reading, "机器学习")["dense"] == set()
        assert reading.refresh_if_changed()
        assert not reading.refresh_if_changed()
        assert "先学机器学习" in found_texts(reading, "机器学习")["dense"]
        assert state(reading) == state(writing)


def test_many_threads_search_while_one_writes(tmp_path: Path) -> None:
    with opened(tmp_path) as index, ThreadPoolExecutor(4) as pool:
        with index.writer() as writer:
            put(writer, "a", ANSWER)

        def search(_: int) -> bool:
            found = found_texts(index, "先学机器学习")
            return "先学机器学习" in found["dense"] & found["lexical"]

        searches = pool.map(search, range(120))
        for number in range(6):
            with index.writer() as writer:
                put(writer, "b", perspective("y", own_words(f"第{number}稿")))
        assert all(searches)


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with opened(tmp_path) as first, opened(tmp_path) as second, first.writer():
        with pytest.raises(StoreBusyError) as caught, second.writer():
            pass
        assert "Wait" in caught.value.message.en
        with pytest.raises(StoreBusyError), first.writer():
            pass


def test_a_document_that_is_refused_does_not_harm_the_others(tmp_path: Path) -> None:
    clash = perspective("other", own_words("乙"), source_id="id-x")
    with opened(tmp_path) as index:
        with index.writer() as writer:
            put(writer, "a", ANSWER)
            with pytest.raises(DocumentError):
                put(writer, "b", clash)
        assert [document.uri for document in index.documents()] == ["a"]
        assert index.vectors([passage.id for passage in chunked(ANSWER).passages]).shape == (2, 48)


def test_another_embedder_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with opened(tmp_path) as index, index.writer() as writer:
        put(writer, "a", ANSWER)
    with pytest.raises(EmbedderMismatchError) as caught:
        Index.open(tmp_path, HashEmbedder("second"))
    assert "tutor index rebuild" in caught.value.message.zh
    assert "tutor index rebuild" in caught.value.message.en


def test_a_rebuild_changes_the_embedder(tmp_path: Path) -> None:
    with opened(tmp_path) as index, index.writer() as writer:
        put(writer, "a", ANSWER, BOOK)
    other, steps = HashEmbedder("second", dimension=16), []
    with Index.rebuild(tmp_path, other, progress=lambda *step: steps.append(step)) as index:
        assert steps == [(0, 4), (4, 4)]
        first = chunked(ANSWER).passages[0]
        [hit] = index.dense(other.embed_query(first.text), Kind.PERSPECTIVE, 1)
        assert hit.passage_id == first.id
        assert index.vectors([first.id]).shape == (1, 16)
    with pytest.raises(EmbedderMismatchError):
        opened(tmp_path)


def test_an_open_index_notices_a_rebuild_with_another_embedder(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        with index.writer() as writer:
            put(writer, "a", ANSWER)
        Index.rebuild(tmp_path, HashEmbedder("second")).close()
        with pytest.raises(EmbedderMismatchError):
            index.dense(HashEmbedder().embed_query("x"), Kind.PERSPECTIVE, 1)
        with pytest.raises(EmbedderMismatchError), index.writer():
            pass


def test_an_interrupted_rebuild_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    class Failing(HashEmbedder):
        def embed_passages(self, texts: list[str]) -> np.ndarray:
            raise StoreError(Bilingual("断了", "cut off"))

    with opened(tmp_path) as index:
        with index.writer() as writer:
            put(writer, "a", ANSWER)
        before = state(index)
    with pytest.raises(StoreError, match="cut off"):
        Index.rebuild(tmp_path, Failing("second"))
    with opened(tmp_path) as index:
        assert state(index) == before


def test_a_rebuild_mends_the_lexical_index(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        with index.writer() as writer:
            put(writer, "a", ANSWER)
        before = state(index)
        with index._catalogue.database.writing() as connection:
            connection.execute(
                "INSERT INTO lexicon_perspective (lexicon_perspective) VALUES ('delete-all')"
            )
        assert state(index) != before
    with Index.rebuild(tmp_path, HashEmbedder()) as index:
        assert state(index) == before


def test_when_everything_is_gone_any_embedder_will_do(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        with index.writer() as writer:
            put(writer, "a", ANSWER)
        with index.writer() as writer:
            writer.remove_document("a")
    other = HashEmbedder("second", dimension=16)
    with Index.open(tmp_path, other) as index:
        with index.writer() as writer:
            put(writer, "a", ANSWER)
        assert index.dense(other.embed_query("机器学习"), Kind.PERSPECTIVE, 5)


def test_deleted_vectors_are_rebuilt_without_embedding(tmp_path: Path) -> None:
    embedder, lines = HashEmbedder(), []
    with Index.open(tmp_path, embedder, notify=lines.append) as index:
        with index.writer() as writer:
            put(writer, "a", ANSWER)
        before = state(index)
    shutil.rmtree(tmp_path / "vectors")
    embedder.embedded.clear()
    with Index.open(tmp_path, embedder, notify=lines.append) as index:
        assert state(index) == before
    assert embedder.embedded == []
    assert len(lines) == 1
    assert "重建" in lines[0].zh


def test_vectors_deleted_under_an_open_index_are_rebuilt(tmp_path: Path) -> None:
    with opened(tmp_path) as index, opened(tmp_path) as other:
        with index.writer() as writer:
            put(writer, "a", ANSWER)
        before = state(index)
        shutil.rmtree(tmp_path / "vectors")
        assert state(other) == before
        with index.writer() as writer:
            put(writer, "b", BOOK)
        assert "第二周 卷积网络" in found_texts(other, "卷积", Kind.COURSE)["dense"]
