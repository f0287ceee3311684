"""What the commands do, over a real store and a scripted tutor."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from scripted_tutor import ScriptedTutor

from api.chat_actions import ChatActions
from api.chat_loop import converse
from api.chat_memory import ChatMemory
from api.chat_session import ChatSession
from corpus.errors import ConversationError
from corpus.types import Bilingual, Goal, Language
from tutor.answer import Answer, Section, Sentence, SentenceKind
from tutor.memory.opening import open_store


class Lines:
    """Reads what a test wrote down; "^C" stands for Ctrl-C during what the line asks for."""

    def __init__(self, *lines: str, interactive: bool = False) -> None:
        self.interactive = interactive
        self.forgotten = False
        self._lines = list(lines)

    def read(self) -> str | None:
        return self._lines.pop(0) if self._lines else None

    def reply(self, question: str) -> str:
        return self.read() or ""

    def forget(self) -> None:
        self.forgotten = True


class Chat:
    """A chat with a scripted tutor in a directory of its own."""

    def __init__(self, tutor: ScriptedTutor, directory: Path, runner: asyncio.Runner) -> None:
        self.tutor = tutor
        self.lines = Lines()
        self._directory = directory
        self._runner = runner

    def hears(self, *lines: str, interactive: bool = False) -> ChatSession:
        """One run of the program over `lines`."""
        self.lines = Lines(*lines, interactive=interactive)
        with self._session() as session:
            converse(session, self.lines, ChatActions(session, self.lines, self._runner.run))
        return session

    @contextmanager
    def _session(self) -> Iterator[ChatSession]:
        opening = open_store(self._directory / "conversations.sqlite")
        store = self._runner.run(opening.__aenter__())
        memory = ChatMemory(store, self._directory)
        yield ChatSession(self.tutor, memory, wished=None, spoken=Language.CHINESE)
        self._runner.run(opening.__aexit__(None, None, None))


@pytest.fixture
def chat(chinese_answer: Answer, tmp_path: Path) -> Iterator[Chat]:
    with asyncio.Runner() as runner:
        yield Chat(ScriptedTutor(chinese_answer), tmp_path, runner)


def test_a_goal_that_is_set_answers_the_last_question_again(
    chat: Chat, capsys: pytest.CaptureFixture[str]
) -> None:
    chat.hears("那数学呢？", "/goal 找工作", "/profile")
    asked = [(question, wishes and wishes.goal) for question, wishes, _ in chat.tutor.asked]
    assert asked == [("那数学呢？", None), ("那数学呢？", Goal.JOB)]
    assert "目标改为「找工作」。" in capsys.readouterr().out


def test_a_goal_can_be_taken_back(chat: Chat, capsys: pytest.CaptureFixture[str]) -> None:
    chat.hears("/goal job", "/goal off", "/goal")
    assert chat.tutor.asked == []  # there was no question yet
    assert capsys.readouterr().out.count("没有设定目标") == 1


def test_a_plan_that_the_answer_lacks_is_asked_for(chat: Chat) -> None:
    learner = replace(chat.tutor.answer.learner, weeks=None)
    chat.tutor.answer = replace(chat.tutor.answer, learner=learner)
    chat.hears("要先学数学吗？", "/plan", "/profile weeks 8", "/plan")
    first, second = (question for question, *_ in chat.tutor.asked[1:])
    assert (first, second) == ("应该按什么顺序学？", "入门要多久，怎么安排？")


def test_a_plan_that_is_there_is_shown(chat: Chat, capsys: pytest.CaptureFixture[str]) -> None:
    step = Sentence("1. 跑通一个模型[1]。", (1,), SentenceKind.OPINION, Section.STEPS)
    chat.tutor.answer = replace(chat.tutor.answer, sentences=(step,))
    chat.hears("要先学数学吗？", "/plan")
    assert len(chat.tutor.asked) == 1
    assert capsys.readouterr().out.count("跑通一个模型[1]") == 2


@pytest.mark.parametrize(
    ("reply", "erased"), [("yes", True), ("是", True), ("no", False), ("", False)]
)
def test_nothing_is_erased_without_a_yes(
    chat: Chat, reply: str, erased: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    chat.hears("要先学数学吗？", "/forget", reply)
    assert chat.lines.forgotten == erased
    chat.hears("/profile", "/resume", "1")
    shown = capsys.readouterr().out
    assert ("还没有以前的对话" in shown) == erased
    assert ("还没有记下" in shown) == erased


def test_an_earlier_conversation_is_chosen_from_the_list(
    chat: Chat, capsys: pytest.CaptureFixture[str]
) -> None:
    chat.hears("要先学数学吗？", "/new", "要先学编程吗？")
    session = chat.hears("/resume", "2", "/resume 9", "那时间呢？")
    assert [turn.question for turn in chat.tutor.asked[-1][2].turns] == ["要先学数学吗？"]
    assert session.last is not None
    captured = capsys.readouterr()
    assert "接着这次对话：要先学数学吗？" in captured.out
    assert "9" in captured.err


def test_a_turn_that_is_not_kept_is_said_in_one_line(
    chat: Chat, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise ConversationError(Bilingual(zh="磁盘满了。", en="The disk is full."))

    monkeypatch.setattr(ChatMemory, "keep_turn", full)
    chat.hears("要先学数学吗？")
    captured = capsys.readouterr()
    assert "不用先学完" in captured.out
    assert captured.err == "这次问答没有保存。磁盘满了。\n"


def test_ctrl_c_goes_on_at_a_terminal_and_ends_a_pipe(
    chat: Chat, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    chat.tutor.before = interrupt
    with pytest.raises(KeyboardInterrupt):
        chat.hears("要先学数学吗？", "/help")
    assert "/export" not in capsys.readouterr().out
    chat.hears("要先学数学吗？", "/help", interactive=True)
    shown = capsys.readouterr().out
    assert shown.count("停下了，这个问题没有保存。") == 1
    assert "/export" in shown or "/导出" in shown


def test_quitting_reads_no_further(chat: Chat) -> None:
    chat.hears("/quit", "要先学数学吗？")
    assert chat.tutor.asked == []
