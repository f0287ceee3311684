"""`tutor sources audit` over the bundled sources and over documents that were read in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

from corpus.types import Goal, Kind, Stance, Topic

Tutor = Callable[..., Result]


def audited(tutor: Tutor, **options: Path) -> dict:  # type: ignore[type-arg]
    result = tutor("sources", "audit", "--json", **options)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)  # type: ignore[no-any-return]


def test_what_is_listed_is_what_is_counted(tutor: Tutor) -> None:
    found = audited(tutor)
    listed = json.loads(tutor("sources", "--json").stdout)
    people = [source for source in listed if source["kind"] == Kind.PERSPECTIVE]
    assert found["perspectives"] == len(people)
    assert found["courses"] == len(listed) - len(people)
    for cell in found["stances"]:
        filters = ("--topic", cell["topic"], "--stance", cell["stance"], "--json")
        takers = json.loads(tutor("sources", "list", *filters).stdout)
        assert cell["voices"] == len({taker["author"] or taker["id"] for taker in takers})
    assert len(found["stances"]) + len(found["empty"]["stances"]) == len(Topic) * len(Stance)
    tied = [cell for cell in found["goals"] if cell["goal"] != "any"]
    assert len(tied) + len(found["empty"]["goals"]) == len(Topic) * len(Goal)
    assert len(found["oldest"]) <= 10
    assert found["near_duplicates"] == []


def test_the_page_has_both_tables_and_every_list(tutor: Tutor) -> None:
    page = tutor("sources", "audit").stdout
    header = "topic\tneeded\ta core part\tnot needed first\tdepends on the goal\tpeople"
    assert header in page
    for heading in ("Sides that nobody takes", "The oldest perspectives", "Doubtful labels"):
        assert f"## {heading}" in page
    chinese = tutor("sources", "audit", env={"LANG": "zh_CN.UTF-8"}).stdout
    assert "没有人持有的立场" in chinese
    assert "可疑的标注" in chinese


def test_markdown_holds_the_two_tables_only(tutor: Tutor) -> None:
    printed = tutor("sources", "audit", "--markdown").stdout
    tables = printed.strip().split("\n\n")
    assert len(tables) == 2
    for table, rows in zip(tables, (len(Topic), len(Topic) + 1), strict=True):
        lines = table.splitlines()
        assert len(lines) == rows + 2
        assert {line.count("|") for line in lines} == {lines[0].count("|")}
        assert lines[1].startswith("| --- |")
    assert tutor("sources", "audit", "--markdown", "--json").exit_code == 2


def test_guesses_and_doubts_of_new_documents_are_shown(
    tutor: Tutor, own_copy: Path, tmp_path: Path
) -> None:
    document = tmp_path / "answer.md"
    document.write_text(
        "---\ntitle: 学深度学习要先学机器学习吗？\nauthor: 李明\n---\n"
        "不用先学机器学习，直接学深度学习。做一个能跑的小模型，再补别的。没必要先学机器学习。\n",
        "utf-8",
    )
    assert tutor("ingest", str(document), data=own_copy).exit_code == 0
    before, found = audited(tutor), audited(tutor, data=own_copy)
    guessed = [doubt for doubt in found["doubts"] if doubt["kind"] == "guessed"]
    assert [(doubt["topic"], doubt["stance"]) for doubt in guessed] == [
        ("ml-before-dl", "not-needed")
    ]

    def cell(audit: dict) -> dict:  # type: ignore[type-arg]
        return next(
            each
            for each in audit["stances"]
            if (each["topic"], each["stance"]) == ("ml-before-dl", "not-needed")
        )

    assert cell(found)["voices"] == cell(before)["voices"] + 1
    assert cell(found)["guessed"] == 1
    assert " (1)" in tutor("sources", "audit", data=own_copy).stdout
