"""`tutor ingest`: own documents in, with an account of what was done."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Tutor = Callable[..., Result]

OWN_WORDS = "我带过三届毕设，劝你先把数据标注干净，再去挑网络结构，模型反而是最后一步。"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """An answer as someone might have saved it."""
    file = tmp_path / "documents" / "answer.md"
    file.parent.mkdir()
    file.write_text(
        f"# 毕设用深度学习，应该先做什么？\n\n作者：林晚\n"
        f"链接：https://example.org/question/1/answer/2\n\n{OWN_WORDS}\n",
        encoding="utf-8",
    )
    return file


def test_what_was_read_can_be_found_and_quoted(
    tutor: Tutor, own_copy: Path, document: Path
) -> None:
    result = tutor("ingest", str(document), data=own_copy)
    assert result.exit_code == 0, result.stderr
    assert "1 read" in result.stdout
    sources = json.loads(tutor("sources", "--kind", "perspective", "--json", data=own_copy).stdout)
    (own,) = [source for source in sources if source["author"] == "林晚"]
    page = tutor("sources", "show", own["id"], data=own_copy).stdout
    assert OWN_WORDS in page
    assert str(document) in page


def test_a_dry_run_tells_and_stores_nothing(tutor: Tutor, own_copy: Path, document: Path) -> None:
    before = tutor("sources", data=own_copy).stdout
    planned = tutor("ingest", str(document.parent), "--dry-run", data=own_copy)
    assert planned.exit_code == 0
    assert "林晚" in planned.stdout
    assert "Nothing was stored" in planned.stdout
    assert tutor("sources", data=own_copy).stdout == before


def test_a_second_time_changes_nothing(tutor: Tutor, own_copy: Path, document: Path) -> None:
    tutor("ingest", str(document), data=own_copy)
    again = json.loads(tutor("ingest", str(document), "--json", data=own_copy).stdout)
    assert (again["read"], again["unchanged"]) == (0, 1)
    assert again["dry_run"] is False


def test_what_cannot_be_read_is_listed_and_stops_nothing(
    tutor: Tutor, own_copy: Path, document: Path
) -> None:
    missing = document.with_name("missing.md")
    result = tutor("ingest", str(missing), str(document), data=own_copy)
    assert result.exit_code == 1
    assert "1 read" in result.stdout
    assert f"- {missing}: does not exist" in result.stdout


def test_ingest_needs_something_to_read(tutor: Tutor) -> None:
    result = tutor("ingest")
    assert result.exit_code == 2
    assert "PATH|URL" in result.stderr


def test_the_account_is_in_the_language_of_the_person(
    tutor: Tutor, own_copy: Path, document: Path
) -> None:
    result = tutor("ingest", str(document), data=own_copy, env={"LANG": "zh_CN.UTF-8"})
    assert "读入 1" in result.stdout
