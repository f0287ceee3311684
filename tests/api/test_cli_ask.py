"""`tutor ask` in this process, over the bundled sources and the bundled model."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from api.cli import DISTRIBUTION

Tutor = Callable[..., Result]
QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"


@pytest.fixture(scope="module")
def answered(indexed: Path) -> dict[str, Any]:
    """The JSON of the answer to `QUESTION`."""
    from typer.testing import CliRunner

    from api.cli import app

    result = CliRunner().invoke(app, ["ask", "--data", str(indexed), "--json", QUESTION])
    assert result.exit_code == 0, result.stderr
    made: dict[str, Any] = json.loads(result.stdout)
    return made


def test_every_quote_is_the_stored_text_at_its_offsets(
    answered: dict[str, Any], tutor: Tutor
) -> None:
    assert answered["citations"]
    for citation in answered["citations"]:
        source = json.loads(tutor("sources", "show", citation["source_id"], "--json").stdout)
        body = next(
            text["body"]
            for text in source["texts"]
            if (text["language"], text["verbatim"]) == (citation["language"], citation["verbatim"])
        )
        assert body[citation["start"] : citation["end"]] == citation["quote"]


def test_the_goal_is_read_from_the_question_and_said_so(answered: dict[str, Any]) -> None:
    assert answered["learner"]["goal"] == "graduation-project"
    assert answered["learner"]["goal_reason"] == "你提到「毕设」"


def test_the_numbers_in_the_text_are_the_citations(answered: dict[str, Any]) -> None:
    numbers = [citation["number"] for citation in answered["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(f"[{number}]" in answered["text"] for number in numbers)


def test_what_the_learner_sets_wins(tutor: Tutor) -> None:
    arguments = ("--goal", "job", "--weeks", "8", "--hours", "10", "--direction", "vision")
    learner = json.loads(tutor("ask", QUESTION, *arguments, "--json").stdout)["learner"]
    assert (learner["goal"], learner["goal_reason"]) == ("job", "你自己设定的")
    assert (learner["weeks"], learner["hours_per_week"]) == (8, 10)
    assert learner["direction"] == "vision"


def test_the_language_can_be_chosen(tutor: Tutor) -> None:
    result = tutor("ask", QUESTION, "--language", "en", "--json")
    assert json.loads(result.stdout)["language"] == "en"


def test_a_pipe_gets_plain_text_with_all_sources(answered: dict[str, Any], tutor: Tutor) -> None:
    page = tutor("ask", QUESTION).stdout
    assert "\x1b" not in page
    assert answered["text"] in page
    for citation in answered["citations"]:
        assert citation["url"] in page
        assert " ".join(citation["quote"].split()) in page


def test_the_question_may_come_from_standard_input(answered: dict[str, Any], tutor: Tutor) -> None:
    for question in (QUESTION + "\n", "\ufeff" + QUESTION):
        piped = json.loads(tutor("ask", "-", "--json", input=question.encode()).stdout)
        assert piped["text"] == answered["text"]


def test_saying_that_nothing_is_known_is_no_failure(tutor: Tutor) -> None:
    result = tutor("ask", "今天北京的天气怎么样？", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["abstained"] is True


def test_explain_shows_what_was_found_and_why_it_was_chosen(tutor: Tutor) -> None:
    page = tutor("ask", QUESTION, "--explain").stdout
    assert "\n取舍\t来源\t话题\t立场\t权重\t理由\n" in page
    assert "\n✓\twang-dapeng-start-now\tml-before-dl\tnot-needed\t" in page
    explained = json.loads(tutor("ask", QUESTION, "--explain", "--json").stdout)["explain"]
    assert 0 < explained["probability"] < 1
    first = explained["candidates"][0]
    assert first["dense_rank"] or first["lexical_rank"]
    assert {decision["chosen"] for decision in explained["decisions"]} <= {True, False}


@pytest.mark.parametrize("question", ["", "   ", "\n\n", "？？！", "学" * 10_000, "a " * 10_000])
def test_what_is_no_question_is_wrong_usage(tutor: Tutor, question: str) -> None:
    result = tutor("ask", question)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert 0 < len(result.stderr.strip().splitlines()) <= 2


def test_characters_that_nobody_types_do_no_harm(tutor: Tutor) -> None:
    result = tutor("ask", "学深度学习\0要先学机器学习吗\udc80？", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["abstained"] is False


@pytest.mark.parametrize("option", ["--weeks", "--hours"])
@pytest.mark.parametrize("value", ["abc", "-3", "nan", "0", "inf", "1e9", ""])
def test_time_must_be_a_positive_number(tutor: Tutor, option: str, value: str) -> None:
    result = tutor("ask", QUESTION, option, value)
    assert result.exit_code == 2
    assert option in result.stderr
    assert "大于 0" in result.stderr  # in the language of the question


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], "tutor ask"),
        (["ask", "q", "--goal", "fame"], "graduation-project"),
        (["ask", "q", "--language", "fr"], "zh"),
        (["ask", "7", "--batch", "-"], "--batch"),
        (["ask", "--batch", "no/such/file"], "no/such/file"),
        (["ask", "q", "--wek", "3"], "--weeks"),
        (["ask", "q", "--weeks"], "--weeks"),
        (["ask", "two", "questions"], "questions"),
        (["asc"], "ask"),
        (["sources", "list", "--topic", "cooking"], "ml-before-dl"),
        (["sources", "show"], "ID"),
        (["index", "destroy"], "destroy"),
    ],
)
@pytest.mark.parametrize("locale", ["en_GB.UTF-8", "zh_CN.UTF-8"])
def test_wrong_usage_says_what_is_wrong_in_the_language_of_the_person(
    tutor: Tutor, arguments: list[str], said: str, locale: str
) -> None:
    result = tutor(*arguments, env={"LANG": locale})
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    chinese = any("\u4e00" <= character <= "\u9fff" for character in result.stderr)
    assert chinese == locale.startswith("zh")


def test_help_is_in_the_language_of_the_person(tutor: Tutor) -> None:
    for arguments in ([], ["--help"], ["ask", "--help"], ["sources", "--help"]):
        english = tutor(*arguments, env={"LANG": "en_US.UTF-8"})
        chinese = tutor(*arguments, env={"LANG": "zh_CN.UTF-8"})
        assert english.exit_code == chinese.exit_code == 0
        assert "Usage: tutor" in english.stdout
        assert not any("\u4e00" <= character <= "\u9fff" for character in english.stdout)
        assert "用法： tutor" in chinese.stdout
        assert "\x1f" not in english.stdout + chinese.stdout


def test_the_data_directory_may_be_given_before_or_after_the_command(
    tutor: Tutor, indexed: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "file"
    wrong.write_text("not a directory")
    # `tutor` puts --data in front of the command; the one behind it wins.
    assert tutor("sources", "list", data=indexed).exit_code == 0
    assert tutor("sources", "list", "--data", str(indexed), data=wrong).exit_code == 0
    assert tutor("sources", "--data", str(indexed), "list", data=wrong).exit_code == 0
    assert tutor("sources", "list", data=wrong).exit_code == 1


def test_the_version_is_that_of_the_distribution(tutor: Tutor) -> None:
    try:
        installed = version(DISTRIBUTION)
    except PackageNotFoundError:
        pytest.skip("the package is not installed")
    assert tutor("--version").stdout == f"tutor {installed}\n"


class TestBatch:
    """`tutor ask --batch`: one JSON a line, whatever a line holds."""

    def test_each_line_gets_one_line_in_order(
        self, tutor: Tutor, tmp_path: Path, answered: dict[str, Any]
    ) -> None:
        file = tmp_path / "questions.txt"
        file.write_bytes(f"\ufeff{QUESTION}\r\nDo I need calculus?\n".encode())
        result = tutor("ask", "--batch", str(file))
        assert result.exit_code == 0
        first, second = map(json.loads, result.stdout.splitlines())
        assert first["text"] == answered["text"]
        assert second["language"] == "en"

    def test_a_bad_line_becomes_an_error_and_the_next_one_is_answered(self, tutor: Tutor) -> None:
        lines = [
            "要先学数学吗？".encode(),
            b"",
            b"x" * 200_000,
            b"\xff\xfe",
            "学".encode() * 3000,
            b"Do I need calculus?\0",
        ]
        result = tutor("ask", "--batch", "-", input=b"\n".join(lines))
        assert result.exit_code == 1
        made = [json.loads(line) for line in result.stdout.splitlines()]
        assert ["error" in each for each in made] == [False, True, True, True, True, False]
        assert [each["line"] for each in made if "error" in each] == [2, 3, 4, 5]
        for each in made[1:5]:
            assert each["error"]["type"] == "usage_error"
            assert each["error"]["message"]

    def test_an_empty_file_gives_nothing(self, tutor: Tutor) -> None:
        result = tutor("ask", "--batch", "-", input=b"")
        assert (result.exit_code, result.stdout) == (0, "")

    def test_an_error_nobody_foresaw_stops_no_other_line(
        self, tutor: Tutor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from tutor.tutor import Tutor as RealTutor

        ask = RealTutor.ask

        def fails_once(self: RealTutor, question: str, *rest: Any) -> Any:
            if "explode" in question:
                raise RuntimeError("boom")
            return ask(self, question, *rest)

        monkeypatch.setattr(RealTutor, "ask", fails_once)
        result = tutor("ask", "--batch", "-", input=b"explode\nDo I need calculus?\n")
        first, second = map(json.loads, result.stdout.splitlines())
        assert first["error"]["type"] == "internal_error"
        assert "boom" not in first["error"]["message"]
        assert "text" in second
