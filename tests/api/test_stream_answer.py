"""An answer as it appears: sentence by sentence, on a terminal and down a pipe."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

import pytest
from scripted_tutor import events_of, played, stopped
from terminal_screen import Screen, at_terminal

from api.answer_view import answer_page, below_text
from api.render_plain import plain
from api.render_terminal import show
from api.stream_answer import answer_stream, show_answer
from api.stream_blocks import text_blocks
from corpus.types import Bilingual, Language
from tutor.answer import Answer, Section, Sentence, SentenceKind
from tutor.events import Done, Event, Notice

PIECES = (
    ("", "**不用先学完，直接动手，缺什么补什么**[1][2]。"),
    ("", "（你提到「毕设」，所以按「毕业设计」这个目标回答。）"),
    ("\n\n", "谈到毕业设计的 6 位里，5 位主张直接开始[1]，1 位主张先补一小块核心[2]。"),
    ("\n\n**他们怎么说**\n\n", "- **王一**（知乎）：为毕设就马上动手[1]。"),
    ("\n", "- **Lyon**（知乎）：只为毕设，不必回头系统学一遍，跑通一个和题目有关的小项目[2]。"),
    ("\n\n**可以这样安排**\n\n", "王一建议这样走："),
    ("\n\n", "9. 线性回归[1]。"),
    ("\n", "10. softmax\n    - 多类的时候[1]。"),
    ("\n\n", "上面的看法写于 2018 年。"),
)
NOTICE = Notice(Bilingual(zh="语言模型中途停了。", en="The model broke off."))


@pytest.fixture
def answer(chinese_answer: Answer) -> Answer:
    sentences = tuple(
        Sentence(text, (), SentenceKind.OPINION, Section.VOICES, before=before)
        for before, text in PIECES
    )
    text = "".join(before + text for before, text in PIECES)
    return replace(chinese_answer, text=text, sentences=sentences)


def streamed(events: Sequence[Event], after_each: Callable[[], object] = lambda: None) -> Done:
    with answer_stream() as stream:
        done = asyncio.run(show_answer(played(events, after_each), stream))
        stream.finish(tuple(below_text(done.answer)))
    return done


def test_a_pipe_gets_the_same_text_as_a_whole_page(
    answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    streamed(events_of(answer))
    assert capsys.readouterr().out == plain(answer_page(answer)) + "\n"


def test_a_pipe_gets_each_sentence_as_it_comes(
    answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[str] = []
    streamed(events_of(answer), lambda: seen.append(capsys.readouterr().out))
    assert [text for text in seen if text] == [before + text for before, text in PIECES]


def test_a_notice_stands_at_its_place_in_a_paragraph_of_its_own(
    answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    events = events_of(answer)
    streamed([*events[:3], NOTICE, *events[3:]])
    first, notice, rest, *_ = capsys.readouterr().out.split("\n\n")
    assert (first, notice) == (PIECES[0][1], "注意：语言模型中途停了。")
    assert rest == PIECES[1][1]


def test_an_answer_that_is_stopped_ends_its_line(
    answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    with suppress(asyncio.CancelledError), answer_stream() as stream:
        asyncio.run(show_answer(stopped(events_of(answer)[:4]), stream))
    assert capsys.readouterr().out == PIECES[0][1] + PIECES[1][1] + "\n"


def test_nothing_to_say_is_no_empty_line(capsys: pytest.CaptureFixture[str]) -> None:
    with answer_stream():
        pass
    assert capsys.readouterr().out == ""


SIZES = pytest.mark.parametrize("size", [(80, 24), (40, 24), (20, 10)])


@SIZES
class TestTerminal:
    """The same on a terminal, where the block that grows is drawn again."""

    def test_what_is_left_is_the_page(
        self, answer: Answer, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = at_terminal(monkeypatch, *size)
        streamed(events_of(answer))
        whole = at_terminal(monkeypatch, *size)
        show(answer_page(answer))
        assert paragraphs(file.screen) == paragraphs(whole.screen)

    def test_a_sentence_can_be_read_as_soon_as_it_is_there(
        self, answer: Answer, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = at_terminal(monkeypatch, *size)
        screens: list[str] = []
        streamed(events_of(answer), lambda: screens.append(file.screen.squeezed))
        assert screens[1] == "正在读1份来源…"
        for screen, sentence in zip(screens[2:], answer.sentences, strict=False):
            *_, last_words = sentence.text.replace("*", "").rsplit("- ", 1)
            assert screen.endswith("".join(last_words.split())[-6:] + "…")
        assert "…" not in file.screen.squeezed

    def test_no_line_is_shown_twice(
        self, answer: Answer, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = at_terminal(monkeypatch, *size)
        streamed(events_of(answer))
        for part in ("直接动手", "6位里", "王一（知乎）", "线性回归", "写于2018"):
            assert file.screen.squeezed.count(part) == 1

    def test_what_was_shown_stays_when_it_is_stopped(
        self, answer: Answer, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = at_terminal(monkeypatch, *size)
        with suppress(asyncio.CancelledError), answer_stream() as stream:
            asyncio.run(show_answer(stopped(events_of(answer)[:6]), stream))
        assert file.screen.squeezed.startswith("不用先学完")
        assert file.screen.squeezed.endswith("马上动手[1]。")
        shows_the_cursor, hides_it = "\x1b[?25h", "\x1b[?25l"
        assert file.getvalue().rindex(shows_the_cursor) > file.getvalue().rindex(hides_it)

    def test_a_notice_stands_at_its_place(
        self, answer: Answer, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = at_terminal(monkeypatch, *size)
        events = events_of(answer)
        streamed([*events[:7], NOTICE, *events[7:]])
        squeezed = file.screen.squeezed
        places = [
            squeezed.index(words) for words in ("小项目[2]。", "注意：语言模型", "可以这样安排")
        ]
        assert places == sorted(places)


def test_a_source_cannot_command_the_terminal(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = at_terminal(monkeypatch, 80)
    evil = replace(answer.sentences[0], text="a\x1b]0;owned\x07\x1b[2J\x9b31m。")
    streamed(events_of(replace(answer, sentences=(evil,))))
    assert not [bad for bad in ("\x1b]0;", "\x1b[2J", "\x9b") if bad in file.getvalue()]


def test_a_dumb_terminal_gets_plain_text(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    file = at_terminal(monkeypatch, 80)
    monkeypatch.setenv("TERM", "dumb")
    streamed(events_of(answer))
    assert file.getvalue() == plain(answer_page(answer)) + "\n"


def paragraphs(screen: Screen) -> list[str]:
    """The screen without the number of empty lines between its parts."""
    return [line for line in screen.lines if line]


def test_blocks_are_paragraphs_and_single_items() -> None:
    text = (
        "a\nb\n\n- x\n  - y\n- z\n\n3. p\n4. q\n\n```\n- no\n\n- item\n```\n\n| a |\n|---|\n| 1 |"
    )
    blocks = text_blocks(text)
    fence, table = "```\n- no\n\n- item\n```", "| a |\n|---|\n| 1 |"
    listed = ["- x\n  - y", "- z", "3. p", "4. q"]
    assert [block.text for block in blocks] == ["a\nb", *listed, fence, table]
    assert [block.spaced for block in blocks] == [True, True, False, True, False, True, True]


@pytest.mark.parametrize("language", list(Language))
def test_what_is_being_done_is_said_in_the_language_of_the_learner(
    answer: Answer, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = at_terminal(monkeypatch, 80)
    streamed(events_of(replace(answer, learner=replace(answer.learner, language=language))))
    assert ("Reading 1 sources" in file.getvalue()) == (language is Language.ENGLISH)
