"""Passages are exact cuts with names that last."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Bilingual, Kind, Language, Perspective, ReadExtent, Text
from ingest.passages import READING_VERSION, passages_of


def perspective(*texts: Text, id: str = "blog-1") -> Perspective:
    return Perspective(
        id=id,
        author="船工",
        platform="blog",
        url="https://boats.example.org/1",
        question=Bilingual("怎么修船？", "怎么修船？"),
        title=Bilingual("修船", "修船"),
        published=None,
        votes=None,
        language=Language.CHINESE,
        read=ReadExtent.WHOLE,
        positions=(),
        paths=(),
        resources=(),
        texts=texts,
    )


CHINESE = Text(
    Language.CHINESE,
    True,
    "## 刮船底\n"
    + "先把旧漆刮掉，再看木头有没有朽。" * 9
    + "\n## 上漆\n"
    + "漆要薄，等它干透再上第二遍。" * 9,
)
ENGLISH = Text(Language.ENGLISH, False, "## Scraping\nScrape first, paint later. " * 20)


def test_every_text_is_cut_and_every_passage_is_the_text_at_its_place() -> None:
    source = perspective(CHINESE, ENGLISH)
    passages = passages_of(source).passages
    assert {(p.language, p.verbatim) for p in passages} == {
        (Language.CHINESE, True),
        (Language.ENGLISH, False),
    }
    bodies = {text.language: text.body for text in source.texts}
    for passage in passages:
        assert bodies[passage.language][passage.start : passage.end] == passage.text
        assert (passage.source_id, passage.kind) == (source.id, Kind.PERSPECTIVE)
    assert [p.headings for p in passages if p.verbatim] == [("刮船底",), ("上漆",)]


def test_ids_are_all_different_even_where_the_text_repeats() -> None:
    body = "\n\n".join(["## 同一节\n" + "同样的话说了好几遍，还是同样的话。" * 14] * 4)
    passages = passages_of(perspective(Text(Language.CHINESE, True, body))).passages
    assert len({passage.text for passage in passages}) < len(passages)
    assert len({passage.id for passage in passages}) == len(passages)


def test_an_id_depends_neither_on_the_id_of_the_source_nor_on_what_stands_above() -> None:
    source = perspective(CHINESE)
    ids = {passage.id for passage in passages_of(source).passages}
    assert {p.id for p in passages_of(replace(source, id="another")).passages} == ids
    above = "## 前言\n" + "这条船是去年秋天买来的。" * 14 + "\n"
    longer = perspective(replace(CHINESE, body=above + CHINESE.body))
    assert ids < {passage.id for passage in passages_of(longer).passages}


def test_an_id_depends_on_the_address_the_wording_and_the_content() -> None:
    source = perspective(CHINESE)
    first = passages_of(source).passages[0].id
    moved = replace(source, url="https://boats.example.org/2")
    restated = perspective(replace(CHINESE, verbatim=False))
    changed = perspective(replace(CHINESE, body=CHINESE.body.replace("朽", "烂")))
    others = [passages_of(other).passages[0].id for other in (moved, restated, changed)]
    assert len({first, *others}) == 4


def test_whoever_changes_how_texts_are_cut_raises_the_reading_version() -> None:
    """Otherwise documents read before the change keep their old passages."""
    cuts = [(p.start, p.end) for p in passages_of(perspective(CHINESE, ENGLISH)).passages]
    assert (READING_VERSION, cuts) == ("2", [(0, 151), (152, 284), (0, 779)])
