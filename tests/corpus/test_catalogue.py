"""The catalogue keeps what documents gave, and no trace of what was taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_material import (
    EN,
    ZH,
    chunked,
    course,
    own_words,
    perspective,
    position,
    restated,
)

from corpus import catalogue_changes
from corpus.catalogue import Catalogue
from corpus.catalogue_types import ChunkedSource, Document, Origin
from corpus.errors import DocumentError, StoreError
from corpus.types import Bilingual, Kind, Resource, Source, Stance, Topic


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue(tmp_path)
    yield catalogue
    catalogue.close()


def put(catalogue: Catalogue, uri: str, *sources: Source, origin: Origin = Origin.INGESTED) -> None:
    given = [chunked(source) for source in sources]
    rows = catalogue_changes.passage_rows(given)
    with catalogue.database.writing() as connection:
        document = Document(uri, "as read", origin, "2026-01-01T00:00:00+00:00")
        catalogue_changes.put_document(connection, document, given, rows)


def remove(catalogue: Catalogue, uri: str) -> None:
    with catalogue.database.writing() as connection:
        catalogue_changes.remove_document(connection, uri)


def contents(catalogue: Catalogue) -> dict[str, list[tuple]]:
    """Everything derived that a reader can see, without row numbers."""
    tables = {
        "documents": "uri",
        "sources": "id, identity, kind, url, data",
        "stated_positions": "topic, source_id, ordinal, data",
        "texts": "identity, document_uri, language, verbatim, body, current",
        "passages": "id, document_uri, text, searchable",
        "vocabulary_perspective": "term, doc, cnt",
        "vocabulary_course": "term, doc, cnt",
        "lexicon_sizes": "kind, passages",
    }
    with catalogue.database.reading() as connection:
        return {
            name: sorted(connection.execute(f"SELECT {columns} FROM {name}").fetchall())
            for name, columns in tables.items()
        }


def numbers(catalogue: Catalogue) -> dict[str, int]:
    with catalogue.database.reading() as connection:
        return dict(connection.execute("SELECT text, number FROM passages").fetchall())


def searchable(catalogue: Catalogue) -> set[str]:
    with catalogue.database.reading() as connection:
        rows = connection.execute("SELECT text FROM passages WHERE searchable").fetchall()
    return {row[0] for row in rows}


def test_what_was_stored_comes_back(catalogue: Catalogue) -> None:
    answer = perspective("x", own_words("先学数学"), positions=[position()], author="甲", votes=3)
    book = course("c", restated("第一章", ZH), restated("chapter one", EN))
    put(catalogue, "doc", answer, book)
    assert catalogue.sources() == sorted([answer, book], key=lambda source: source.id)
    assert catalogue.sources(kind=Kind.COURSE) == [book]
    assert catalogue.sources(["id-x", "unknown"]) == [answer]
    assert catalogue.source("unknown") is None
    assert catalogue.source_of_url(answer.url) == answer
    assert catalogue.positions(Topic.ML_BEFORE_DL) == [("id-x", position())]
    assert catalogue.text("c", EN, verbatim=False) == "chapter one"
    assert catalogue.text("c", EN, verbatim=True) is None
    assert [document.uri for document in catalogue.documents()] == ["doc"]
    assert catalogue.documents("id-x") == catalogue.documents()
    assert catalogue.documents("unknown") == []
    ids = {passage.id for source in (answer, book) for passage in chunked(source).passages}
    assert catalogue.passage_ids("doc") == ids
    assert catalogue.passage_ids("unknown") == set()


def test_who_is_named_in_a_question(catalogue: Catalogue) -> None:
    named = replace(perspective("a", own_words("甲说")), author="王五", author_aliases=("Wang Wu",))
    put(catalogue, "one", named, perspective("b", own_words("乙说")))
    assert catalogue.names_in("王五怎么看") == [("id-a", "王五")]
    assert catalogue.names_in("what does wang wu say") == [("id-a", "Wang Wu")]
    assert catalogue.names_in("先学什么") == []


def test_who_names_a_course(catalogue: Catalogue) -> None:
    naming = replace(
        perspective("a", own_words("甲说")), resources=(Resource("花书", course="goodfellow"),)
    )
    put(catalogue, "one", naming, perspective("b", own_words("乙说")))
    assert catalogue.who_names("goodfellow") == ["id-a"]
    assert catalogue.who_names("d2l") == []


def test_passages_come_back_in_the_order_asked_for(catalogue: Catalogue) -> None:
    given = chunked(perspective("x", own_words("甲\n乙\n丙")))
    put(catalogue, "doc", given.source)
    first, second, third = given.passages
    assert catalogue.passages([third.id, "gone", first.id]) == [third, first]
    assert catalogue.passages([second.id]) == [second]


def test_a_quotation_is_what_is_stored(catalogue: Catalogue) -> None:
    put(catalogue, "doc", perspective("x", own_words("第一句。🙂\n第二句。")))
    hits = catalogue.lexical("第二句", Kind.PERSPECTIVE, 5).hits
    passages = catalogue.passages([hit.passage_id for hit in hits])
    assert passages
    for passage in passages:
        body = catalogue.text(passage.source_id, passage.language, passage.verbatim)
        assert body is not None
        assert body[passage.start : passage.end] == passage.text


def test_a_passage_that_is_not_in_its_text_is_refused() -> None:
    given = chunked(perspective("x", own_words("第一句")))
    invented = replace(given.passages[0], text="别的话")
    with pytest.raises(ValueError, match="not cut from"):
        catalogue_changes.passage_rows([ChunkedSource(given.source, (invented,))])


def test_storing_twice_changes_nothing(catalogue: Catalogue) -> None:
    sources = perspective("x", own_words("甲\n乙")), course("c", restated("第一章"))
    put(catalogue, "doc", *sources)
    before, rows = contents(catalogue), numbers(catalogue)
    put(catalogue, "doc", *sources)
    assert contents(catalogue) == before
    assert numbers(catalogue) == rows


def test_a_changed_document_replaces_only_what_changed(catalogue: Catalogue) -> None:
    put(catalogue, "doc", perspective("x", own_words("甲甲甲\n乙乙乙\n丙丙丙")))
    before = numbers(catalogue)
    put(catalogue, "doc", perspective("x", own_words("甲甲甲\n丁丁丁\n丙丙丙")))
    after = numbers(catalogue)
    assert {text for text in before if before[text] == after.get(text)} == {"甲甲甲", "丙丙丙"}
    assert catalogue.lexical("乙乙乙", Kind.PERSPECTIVE, 5).hits == ()


def test_a_passage_that_moved_stays_the_same_passage(catalogue: Catalogue) -> None:
    first = chunked(perspective("x", own_words("甲甲甲\n乙乙乙")))
    put(catalogue, "doc", first.source)
    before = numbers(catalogue)
    moved = replace(first.source, texts=(own_words("新的开头\n甲甲甲\n乙乙乙"),))
    passages = tuple(
        replace(each, start=each.start + 5, end=each.end + 5) for each in first.passages
    )
    given = [ChunkedSource(moved, passages)]
    with catalogue.database.writing() as connection:
        connection.execute("DELETE FROM pending")
        document = Document("doc", "changed", Origin.INGESTED, "2026-01-01T00:00:00+00:00")
        rows = catalogue_changes.passage_rows(given)
        catalogue_changes.put_document(connection, document, given, rows)
        assert connection.execute("SELECT * FROM pending").fetchall() == []
    assert numbers(catalogue) == before
    assert catalogue.passages([each.id for each in passages]) == list(passages)


def test_two_passages_with_one_id_are_refused() -> None:
    given = chunked(perspective("x", own_words("甲甲甲")))
    with pytest.raises(ValueError, match="same id"):
        catalogue_changes.passage_rows([given, given])


def test_a_new_title_makes_the_passages_findable_by_it(catalogue: Catalogue) -> None:
    source = perspective("x", own_words("甲甲甲"))
    put(catalogue, "doc", source)
    put(catalogue, "doc", replace(source, title=Bilingual("转行的经验", "changing jobs")))
    assert catalogue.lexical("转行", Kind.PERSPECTIVE, 5).hits
    remove(catalogue, "doc")
    assert not any(contents(catalogue)["vocabulary_perspective"])


def test_own_words_take_the_place_of_the_restatement(catalogue: Catalogue) -> None:
    ours = perspective(
        "x", restated("复述"), restated("restated", EN), source_id="ours", positions=[position()]
    )
    theirs = perspective("x", own_words("原话"), source_id="theirs", votes=9)
    put(catalogue, "shipped", ours, origin=Origin.BUNDLED)
    put(catalogue, "read", theirs)
    assert searchable(catalogue) == {"原话", "restated"}
    source = catalogue.source("ours")
    assert source is not None
    assert source == replace(ours, votes=9, texts=(own_words("原话"), *ours.texts))
    assert catalogue.source("theirs") is None
    assert {document.uri for document in catalogue.documents("ours")} == {"shipped", "read"}
    [hit] = catalogue.lexical("原话", Kind.PERSPECTIVE, 5).hits
    assert catalogue.passages([hit.passage_id])[0].source_id == "ours"


def test_removing_the_original_brings_the_restatement_back(catalogue: Catalogue) -> None:
    put(catalogue, "shipped", perspective("x", restated("复述")), origin=Origin.BUNDLED)
    before = contents(catalogue)
    put(catalogue, "read", perspective("x", own_words("原话"), source_id="theirs"))
    assert contents(catalogue) != before
    remove(catalogue, "read")
    assert contents(catalogue) == before


def test_a_source_goes_with_its_last_document(catalogue: Catalogue) -> None:
    empty = contents(catalogue)
    source = perspective("x", own_words("原话"), positions=[position(Stance.NEEDED)])
    put(catalogue, "a", source)
    put(catalogue, "b", source)
    remove(catalogue, "a")
    assert catalogue.source("id-x") == source
    remove(catalogue, "b")
    assert contents(catalogue) == empty


def test_a_removed_source_leaves_its_documents_known(catalogue: Catalogue) -> None:
    put(catalogue, "a", perspective("x", own_words("甲")), perspective("y", own_words("乙")))
    with catalogue.database.writing() as connection:
        catalogue_changes.remove_source(connection, "perspective:https://example.org/answer/x")
    assert [source.id for source in catalogue.sources()] == ["id-y"]
    assert searchable(catalogue) == {"乙"}
    assert [document.uri for document in catalogue.documents()] == ["a"]


def test_an_id_names_one_source_only(catalogue: Catalogue) -> None:
    put(catalogue, "a", perspective("x", own_words("甲"), source_id="same"))
    before = contents(catalogue)
    with pytest.raises(DocumentError) as caught:
        put(catalogue, "b", perspective("y", own_words("乙"), source_id="same"))
    assert "https://example.org/answer/x" in caught.value.message.zh
    assert contents(catalogue) == before


def test_a_failed_change_leaves_nothing_behind(catalogue: Catalogue) -> None:
    before = contents(catalogue)
    first, second = perspective("x", own_words("甲")), perspective("x", own_words("乙"))
    with pytest.raises(StoreError):
        put(catalogue, "a", first, second)
    assert contents(catalogue) == before


@pytest.mark.parametrize("content", [b"not a database at all" * 400, b"SQLite format 3\0" * 300])
def test_a_damaged_file_is_reported_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "catalogue.sqlite3").write_bytes(content)
    with pytest.raises(StoreError) as caught:
        Catalogue(tmp_path)
    assert "tutor ingest" in caught.value.message.zh
    assert "tutor ingest" in caught.value.message.en


def test_a_catalogue_of_a_newer_version_is_not_touched(tmp_path: Path, catalogue) -> None:
    with catalogue.database.writing() as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(StoreError, match="Upgrade tutor"):
        Catalogue(tmp_path)


def test_a_directory_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="permissions"):
        Catalogue(tmp_path / "file" / "data")


_EDITIONS = {
    ("x", "ours"): perspective("x", restated("复述一"), restated("first", EN), source_id="x"),
    ("x", "read"): perspective("x", own_words("原话一\n第二段"), source_id="x2", votes=2),
    ("x", "longer"): perspective("x", own_words("原话一\n第二段\n第三段"), positions=[position()]),
    ("y", "read"): perspective("y", own_words("原话二"), author="乙"),
    ("c", "ours"): course("c", restated("第一章\n第二章")),
}
_Step = tuple[str, frozenset[tuple[str, str]]]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["shipped", "b", "c"]),
            st.frozensets(st.sampled_from(sorted(_EDITIONS)), max_size=3),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_only_the_last_state_of_each_document_counts(
    tmp_path_factory: pytest.TempPathFactory, steps: list[_Step]
) -> None:
    """However the documents changed, the catalogue is as if only their last states had come."""
    lived = Catalogue(tmp_path_factory.mktemp("lived"))
    fresh = Catalogue(tmp_path_factory.mktemp("fresh"))
    last: dict[str, frozenset[tuple[str, str]]] = {}

    def apply(catalogue: Catalogue, uri: str, names: frozenset[tuple[str, str]]) -> None:
        # One edition a source in each document.
        given = {name: _EDITIONS[name, edition] for name, edition in sorted(names)}
        origin = Origin.BUNDLED if uri == "shipped" else Origin.INGESTED
        if given:
            put(catalogue, uri, *given.values(), origin=origin)
        else:
            remove(catalogue, uri)

    for uri, names in steps:
        apply(lived, uri, names)
        last[uri] = names
    for uri, names in sorted(last.items()):
        apply(fresh, uri, names)
    assert contents(lived) == contents(fresh)
    lived.close()
    fresh.close()
