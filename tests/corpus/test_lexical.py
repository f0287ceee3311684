"""Search by words, and how far it can be trusted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from corpus import lexical
from corpus.catalogue import Catalogue
from corpus.types import Kind

TEXTS = [
    "先学机器学习，再学深度学习",
    "数学不用全部学完，边做边补",
    "直接上手一个项目，用 PyTorch 跑通",
    "Linear algebra first, then CS231n",
    "面试会问过拟合和正则化",
]


@pytest.fixture
def connection(tmp_path) -> Iterator[sqlite3.Connection]:
    catalogue = Catalogue(tmp_path)
    with catalogue.database.writing() as connection:
        connection.execute("INSERT INTO documents VALUES ('d', '', 'ingested', '')")
        for number, text in enumerate(TEXTS, 1):
            connection.execute(
                "INSERT INTO passages VALUES "
                "(?, ?, 's', 'd', 'perspective', 'zh', 0, 0, 0, ?, '[]', '', '', 1)",
                (number, f"p{number}", text),
            )
            lexical.add_entry(connection, Kind.PERSPECTIVE, number, text, f"作者{number}号")
        yield connection
    catalogue.close()


def ids(connection: sqlite3.Connection, query: str, limit: int = 10) -> list[str]:
    result = lexical.search(connection, Kind.PERSPECTIVE, query, limit)
    return [hit.passage_id for hit in result.hits]


def test_a_chinese_question_finds_the_passage_with_its_words(connection) -> None:
    assert ids(connection, "要不要先学机器学习？")[0] == "p1"
    assert ids(connection, "正则化")[0] == "p5"


def test_names_are_found_in_any_case_and_width(connection) -> None:
    assert ids(connection, "ｃｓ231Ｎ") == ["p4"]
    assert ids(connection, "pytorch怎么学") == ["p3"]


def test_words_about_the_source_count_less_than_those_of_the_passage(connection) -> None:
    connection.execute("UPDATE passages SET text = '作者3号也这么说' WHERE number = 2")
    lexical.remove_entry(connection, Kind.PERSPECTIVE, 2, TEXTS[1], "作者2号")
    lexical.add_entry(connection, Kind.PERSPECTIVE, 2, "作者3号也这么说", "作者2号")
    assert ids(connection, "作者3号")[:2] == ["p2", "p3"]


def test_scores_are_positive_and_fall(connection) -> None:
    result = lexical.search(connection, Kind.PERSPECTIVE, "先学数学还是先学项目", 10)
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


@pytest.mark.parametrize(
    "query", ["", "？！", '"', "先学 OR", "a* NEAR(b)", 'x"; DROP TABLE passages', "-学 ^先", "{"]
)
def test_nothing_in_a_question_is_query_syntax(connection, query: str) -> None:
    lexical.search(connection, Kind.PERSPECTIVE, query, 10)
    assert connection.execute("SELECT count(*) FROM passages").fetchone() == (len(TEXTS),)


def test_coverage_tells_known_words_from_unknown_ones(connection) -> None:
    def coverage(query: str) -> float:
        return lexical.search(connection, Kind.PERSPECTIVE, query, 10).coverage

    assert coverage("机器学习") == pytest.approx(1.0)
    assert coverage("quantum chromodynamics lattice") == 0.0
    assert 0.0 < coverage("机器学习 chromodynamics") < 1.0
    assert coverage("") == 0.0


def test_a_pair_across_two_known_words_is_no_unknown_word(connection) -> None:
    def coverage(query: str) -> float:
        return lexical.search(connection, Kind.PERSPECTIVE, query, 10).coverage

    assert coverage("数学面试") == pytest.approx(1.0)
    assert coverage("数学恐龙") < 0.6
    assert coverage("恐龙") == 0.0


def test_a_very_long_question_is_answered_by_its_rarest_words(connection) -> None:
    assert ids(connection, "先学" * 100 + "正则化")[0] == "p5"


def test_a_kind_is_searched_by_itself(connection) -> None:
    assert lexical.search(connection, Kind.COURSE, "机器学习", 10) == lexical.LexicalResult((), 0.0)


def test_what_was_taken_out_is_not_found(connection) -> None:
    lexical.remove_entry(connection, Kind.PERSPECTIVE, 1, TEXTS[0], "作者1号")
    assert "p1" not in ids(connection, "先学机器学习")
    lexical.clear(connection, Kind.PERSPECTIVE)
    assert ids(connection, "正则化") == []


def test_common_terms_are_left_out_of_a_large_index_only() -> None:
    frequency = {"学习": 900, "正则": 20}
    assert lexical.telling_terms(frequency, 1_000) == ["正则", "学习"]
    assert lexical.telling_terms({"学习": 9_000, "正则": 20}, 100_000) == ["正则"]
    assert lexical.telling_terms({"学习": 9_000, "的话": 8_000}, 100_000) == ["的话"]
    assert lexical.telling_terms({}, 100_000) == []
