"""Reading commands, and what is offered while one is typed."""

from __future__ import annotations

import pytest

from api.chat_commands import COMMANDS, Command, is_command, read_command
from api.chat_completion import suggestions
from api.chat_views import help_page
from api.render_plain import plain
from corpus.errors import UsageError
from corpus.types import Goal, Language


@pytest.mark.parametrize(
    ("line", "command", "words"),
    [
        ("/help", Command.HELP, ""),
        ("  /GOAL  job ", Command.GOAL, "job"),
        ("/目标 找工作", Command.GOAL, "找工作"),
        ("／来源\u30003", Command.SOURCES, "3"),
        ("/profile weeks 8", Command.PROFILE, "weeks 8"),
        ("/exit", Command.QUIT, ""),
        ("/", Command.HELP, ""),
    ],
)
def test_a_command_is_read_in_either_language(line: str, command: Command, words: str) -> None:
    assert is_command(line)
    assert read_command(line) == (command, words)


@pytest.mark.parametrize("line", ["学深度学习要先学数学吗？", "and/or?", "", "3/4 的时间够吗"])
def test_a_question_is_no_command(line: str) -> None:
    assert not is_command(line)


@pytest.mark.parametrize(
    ("typed", "meant"), [("gaol", "/goal"), ("来原", "/来源"), ("exprt", "/export")]
)
def test_an_unknown_command_gets_the_nearest_one(typed: str, meant: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_command(f"/{typed}")
    for language in Language:
        assert meant in caught.value.text(language)


def test_nonsense_gets_no_suggestion() -> None:
    with pytest.raises(UsageError) as caught:
        read_command("/qqqqqqqq")
    assert "did you mean" not in caught.value.text(Language.ENGLISH)


def test_every_command_is_described_once_in_both_languages() -> None:
    assert [each.command for each in COMMANDS] == list(Command)
    for language in Language:
        page = plain(help_page(language))
        for each in COMMANDS:
            assert each.usage(language) in page
            assert each.help.text(language) in page


def offered(typed: str, language: Language = Language.ENGLISH) -> list[str]:
    return [each.word for each in suggestions(typed, language)]


def test_commands_are_completed_in_the_script_that_is_typed() -> None:
    assert offered("/g") == ["/goal"]
    assert offered("/") == [f"/{command}" for command in Command]
    assert "/目标" in offered("/", Language.CHINESE)
    assert offered("/g", Language.CHINESE) == ["/goal"]
    assert offered("/来") == ["/来源"]


def test_what_follows_a_command_is_completed() -> None:
    assert offered("/goal ") == [*(goal.value for goal in Goal), "off"]
    assert offered("/目标 re") == ["research"]
    assert "weeks" in offered("/profile ")
    assert offered("/profile math s") == ["solid"]
    assert "weeks" in offered("/profile clear ")


@pytest.mark.parametrize("typed", ["要先学数学吗", "/nonsense x", "/why x", "/profile nothing x"])
def test_nothing_is_offered_elsewhere(typed: str) -> None:
    assert offered(typed) == []
