"""`tutor sources`, `tutor courses` and `tutor index` over the bundled sources."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

Tutor = Callable[..., Result]


def test_sources_are_listed_one_a_line_with_their_id_first(tutor: Tutor) -> None:
    listed = tutor("sources", "list")
    assert listed.exit_code == 0
    header, *rows = [line.split("\t") for line in listed.stdout.splitlines()]
    assert header[0] == "id"
    assert {"xin-junbo-overfitting", "d2l"} <= {row[0] for row in rows}
    assert all(len(row) == len(header) for row in rows)


def test_a_group_without_a_command_lists(tutor: Tutor) -> None:
    assert tutor("sources", "--json").stdout == tutor("sources", "list", "--json").stdout
    assert tutor("courses").stdout == tutor("courses", "list").stdout
    assert _apart_from_size(tutor("index").stdout) == _apart_from_size(
        tutor("index", "status").stdout
    )


def _apart_from_size(status: str) -> list[str]:
    """The lines of a status page but that on the room on disk, which SQLite's journal changes."""
    lines = status.splitlines()
    kept = [line for line in lines if "on disk" not in line]
    assert len(kept) == len(lines) - 1
    return kept


def test_filters_apply_to_one_position_at_a_time(tutor: Tutor) -> None:
    arguments = ("--topic", "ml-before-dl", "--stance", "needed", "--goal", "job", "--json")
    found = json.loads(tutor("sources", "list", *arguments).stdout)
    assert "xin-junbo-overfitting" in {source["id"] for source in found}
    for source in found:
        assert any(
            (position["topic"], position["stance"]) == ("ml-before-dl", "needed")
            and "job" in position["goals"]
            for position in source["positions"]
        )


def test_sources_can_be_listed_by_kind(tutor: Tutor) -> None:
    found = json.loads(tutor("sources", "list", "--kind", "course", "--json").stdout)
    assert {source["kind"] for source in found} == {"course"}


def test_the_offsets_shown_before_each_line_point_into_the_text(tutor: Tutor) -> None:
    source = json.loads(tutor("sources", "show", "xin-junbo-overfitting", "--json").stdout)
    english = next(text["body"] for text in source["texts"] if text["language"] == "en")
    page = tutor("sources", "show", "xin-junbo-overfitting").stdout
    shown = page.split("(en, ")[1].splitlines()[1:]
    numbered = [line.strip().split(maxsplit=1) for line in shown if line.strip()]
    assert numbered
    for offset, line in numbered:
        assert english.startswith(line, int(offset))


def test_a_source_shows_where_it_came_from(tutor: Tutor) -> None:
    source = json.loads(tutor("sources", "show", "xin-junbo-overfitting", "--json").stdout)
    assert [document["origin"] for document in source["documents"]] == ["bundled"]


def test_a_source_is_found_by_any_spelling_of_its_url(tutor: Tutor) -> None:
    url = "http://zhihu.com/question/382278216/answer/1127012045?utm_source=x"
    assert json.loads(tutor("sources", "show", url, "--json").stdout)["author"] == "辛俊波"


def test_an_unknown_id_fails_and_names_its_neighbours(tutor: Tutor) -> None:
    for command in (("sources", "show"), ("sources", "remove")):
        failed = tutor(*command, "xin-junbo-overfit")
        assert failed.exit_code == 1
        assert failed.stdout == ""
        assert "did you mean xin-junbo-overfitting" in failed.stderr
    failed = tutor("courses", "show", "d2")
    assert failed.exit_code == 1
    assert "tutor courses list" in failed.stderr


def test_removed_sources_are_gone_and_stay_gone(tutor: Tutor, own_copy: Path) -> None:
    removed = tutor("sources", "remove", "xin-junbo-overfitting", "d2l", data=own_copy)
    assert removed.exit_code == 0, removed.stderr
    left = tutor("sources", "list", data=own_copy).stdout
    assert "xin-junbo-overfitting" not in left
    assert "\nd2l\t" not in left


def test_one_unknown_id_keeps_all_others(tutor: Tutor, own_copy: Path) -> None:
    assert tutor("sources", "remove", "d2l", "no-such-thing", data=own_copy).exit_code == 1
    assert tutor("sources", "show", "d2l", data=own_copy).exit_code == 0


def test_a_course_shows_its_contents_in_order(tutor: Tutor) -> None:
    page = tutor("courses", "show", "d2l").stdout
    assert page.index("- ch2:") < page.index("- ch10:")
    assert [c["id"] for c in json.loads(tutor("courses", "list", "--json").stdout)][0:1]


def test_the_status_counts_what_is_known(tutor: Tutor, indexed: Path) -> None:
    status = json.loads(tutor("index", "status", "--json").stdout)
    listed = json.loads(tutor("sources", "list", "--json").stdout)
    assert sum(status["sources"].values()) == len(listed)
    assert status["pending"] == 0
    assert status["data"] == str(indexed)


def test_pages_are_in_the_language_of_the_interface(tutor: Tutor) -> None:
    assert "数据目录" in tutor("index", "status", env={"LANG": "zh_CN.UTF-8"}).stdout
    assert "data directory" in tutor("index", "status", env={"LANG": "de_DE.UTF-8"}).stdout


def test_a_rebuilt_index_holds_the_same(tutor: Tutor, own_copy: Path) -> None:
    before = json.loads(tutor("index", "--json", data=own_copy).stdout)
    rebuilt = tutor("index", "rebuild", data=own_copy)
    assert rebuilt.exit_code == 0, rebuilt.stderr
    after = json.loads(tutor("index", "--json", data=own_copy).stdout)
    assert after["passages"] == before["passages"]
    assert str(sum(after["passages"].values())) in rebuilt.stdout
