"""A chat over a real store of conversations and a scripted tutor."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from scripted_tutor import ScriptedTutor

from api.blocks import Block
from api.chat_learner_file import FILE, forget_learner_id, keep_learner_id, read_learner_id
from api.chat_memory import ChatMemory
from api.chat_profile import edited
from api.chat_session import ChatSession
from corpus.errors import ConversationBusyError, ConversationError, StoreError, UsageError
from corpus.types import Bilingual, Goal, Language
from tutor.answer import Answer
from tutor.learner import Learner
from tutor.memory.opening import open_store
from tutor.memory.store import ConversationStore

FULL = ConversationError(Bilingual(zh="磁盘满了。", en="The disk is full."))


class Page:
    """Takes an answer and keeps its text."""

    def __init__(self) -> None:
        self.text = ""
        self.below: tuple[Block, ...] = ()

    def waiting(self, text: str) -> None: ...

    def add(self, text: str) -> None:
        self.text += text

    def notice(self, text: str) -> None: ...

    def finish(self, blocks: tuple[Block, ...]) -> None:
        self.below = tuple(blocks)

    def close(self) -> None: ...


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[ConversationStore]:
    async with open_store(tmp_path / "conversations.sqlite") as opened:
        yield opened


def chat(tutor: ScriptedTutor, store: ConversationStore, directory: Path) -> ChatSession:
    """What a start of the program makes."""
    memory = ChatMemory(store, directory)
    return ChatSession(tutor, memory, wished=None, spoken=Language.ENGLISH)


async def test_a_turn_is_kept_and_the_next_one_knows_it(
    chinese_answer: Answer, store: ConversationStore, tmp_path: Path
) -> None:
    tutor = ScriptedTutor(chinese_answer)
    session = chat(tutor, store, tmp_path)
    page = Page()
    assert await session.ask("学深度学习要先学机器学习吗？", page) is None
    assert page.text == "".join(each.text for each in chinese_answer.sentences)
    assert session.language is Language.CHINESE
    await session.ask("那数学呢？", Page())
    _, _, conversation = tutor.asked[1]
    assert [turn.question for turn in conversation.turns] == ["学深度学习要先学机器学习吗？"]
    assert conversation.learner == chinese_answer.learner
    (head,) = await session.memory.conversations()
    assert (head.turns, head.title) == (2, "学深度学习要先学机器学习吗？")


async def test_nobody_is_entered_before_something_is_said(
    chinese_answer: Answer, store: ConversationStore, tmp_path: Path
) -> None:
    session = chat(ScriptedTutor(chinese_answer), store, tmp_path)
    assert await session.memory.learner() is None
    assert await session.memory.conversations() == []
    assert not (tmp_path / FILE).exists()
    with pytest.raises(UsageError):
        await session.memory.export()


async def test_a_restart_knows_the_learner_and_can_go_on(
    chinese_answer: Answer, store: ConversationStore, tmp_path: Path
) -> None:
    await chat(ScriptedTutor(chinese_answer), store, tmp_path).ask("要先学数学吗？", Page())
    tutor = ScriptedTutor(chinese_answer)
    session = chat(tutor, store, tmp_path)
    assert await session.memory.learner() == chinese_answer.learner
    (head,) = await session.memory.conversations()
    await session.resume(head)
    assert session.last is not None
    assert session.last.answer.citations == chinese_answer.citations
    assert session.last.trace is None
    await session.ask("那编程呢？", Page())
    assert [turn.question for turn in tutor.asked[0][2].turns] == ["要先学数学吗？"]


async def test_a_new_conversation_keeps_the_learner_only(
    chinese_answer: Answer, store: ConversationStore, tmp_path: Path
) -> None:
    tutor = ScriptedTutor(chinese_answer)
    session = chat(tutor, store, tmp_path)
    await session.ask("要先学数学吗？", Page())
    session.start_new()
    assert session.last is None
    await session.ask("要先学编程吗？", Page())
    conversation = tutor.asked[1][2]
    assert (conversation.turns, conversation.learner) == ((), chinese_answer.learner)
    assert len(await session.memory.conversations()) == 2


async def test_thanks_do_not_take_the_place_of_the_last_answer(
    chinese_answer: Answer, store: ConversationStore, tmp_path: Path
) -> None:
    tutor = ScriptedTutor(chinese_answer)
    session = chat(tutor, store, tmp_path)
    await session.ask("要先学数学吗？", Page())
    tutor.answer = replace(chinese_answer, citations=(), sentences=())
    await session.ask("谢谢", Page())
    for known in (session, chat(tutor, store, tmp_path)):
        if known.last is None:
            await known.resume((await known.memory.conversations())[0])
        assert known.last is not None
        assert known.last.answer.question == "要先学数学吗？"


async def test_a_goal_that_is_set_goes_with_the_question(
    chinese_answer: Answer, store: ConversationStore, tmp_path: Path
) -> None:
    tutor = ScriptedTutor(chinese_answer)
    session = chat(tutor, store, tmp_path)
    await session.set_learner(edited(Learner(Language.CHINESE), "weeks 8"))
    await session.ask("要先学数学吗？", Page(), goal=Goal.JOB)
    _, wishes, conversation = tutor.asked[0]
    assert wishes is not None
    assert (wishes.goal, wishes.language) == (Goal.JOB, None)
    assert conversation.learner is not None
    assert conversation.learner.weeks == 8


@pytest.mark.parametrize("failure", [asyncio.CancelledError(), StoreError(Bilingual("坏", "bad"))])
async def test_a_question_that_fails_or_is_stopped_leaves_nothing(
    chinese_answer: Answer, store: ConversationStore, tmp_path: Path, failure: BaseException
) -> None:
    def fail() -> None:
        raise failure

    tutor = ScriptedTutor(chinese_answer, before=fail)
    session = chat(tutor, store, tmp_path)
    with pytest.raises(type(failure)):
        await session.ask("要先学数学吗？", Page())
    assert await session.memory.conversations() == []
    assert session.last is None
    tutor.before = lambda: None
    assert await session.ask("要先学数学吗？", Page()) is None  # the lease was given back


@pytest.mark.parametrize("method", ["begin_turn", "keep_turn"])
async def test_an_answer_that_cannot_be_kept_is_still_given_and_remembered(
    chinese_answer: Answer,
    store: ConversationStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
) -> None:
    async def full(*_: object) -> None:
        raise FULL

    monkeypatch.setattr(ChatMemory, method, full)
    tutor = ScriptedTutor(chinese_answer)
    session = chat(tutor, store, tmp_path)
    page = Page()
    assert await session.ask("要先学数学吗？", page) is FULL
    assert page.text
    assert page.below
    monkeypatch.undo()
    assert await session.ask("那编程呢？", Page()) is None
    assert [turn.question for turn in tutor.asked[1][2].turns] == ["要先学数学吗？"]


async def test_a_conversation_that_another_chat_is_answering_is_not_disturbed(
    chinese_answer: Answer,
    store: ConversationStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("api.chat_memory._WAIT_SECONDS", 0.0)
    first = chat(ScriptedTutor(chinese_answer), store, tmp_path)
    await first.ask("要先学数学吗？", Page())
    second = chat(ScriptedTutor(chinese_answer), store, tmp_path)
    (head,) = await second.memory.conversations()
    await second.resume(head)
    owner = read_learner_id(tmp_path)
    assert owner
    async with store.lease(owner, head.id):
        with pytest.raises(ConversationBusyError):
            await second.ask("那编程呢？", Page())
    assert await second.ask("那编程呢？", Page()) is None


async def test_forgetting_erases_everything_and_a_new_learner_begins(
    chinese_answer: Answer, store: ConversationStore, tmp_path: Path
) -> None:
    session = chat(ScriptedTutor(chinese_answer), store, tmp_path)
    await session.ask("要先学数学吗？", Page())
    before = read_learner_id(tmp_path)
    await session.forget()
    assert not (tmp_path / FILE).exists()
    assert await session.memory.learner() is None
    assert await session.memory.conversations() == []
    await session.ask("要先学数学吗？", Page())
    assert read_learner_id(tmp_path) != before


@pytest.mark.parametrize("set_first", [True, False])
async def test_a_learner_that_the_store_does_not_know_is_made_anew(
    chinese_answer: Answer, store: ConversationStore, tmp_path: Path, set_first: bool
) -> None:
    (tmp_path / FILE).write_text("0" * 32)
    session = chat(ScriptedTutor(chinese_answer), store, tmp_path)
    if set_first:
        await session.set_learner(Learner(Language.CHINESE, weeks=8.0))
    assert await session.ask("要先学数学吗？", Page()) is None
    assert read_learner_id(tmp_path) != "0" * 32


async def test_what_another_chat_has_erased_is_begun_anew(
    chinese_answer: Answer, store: ConversationStore, tmp_path: Path
) -> None:
    session = chat(ScriptedTutor(chinese_answer), store, tmp_path)
    await session.ask("要先学数学吗？", Page())
    other = chat(ScriptedTutor(chinese_answer), store, tmp_path)
    await other.forget()
    assert await session.ask("那编程呢？", Page()) is None
    (head,) = await session.memory.conversations()
    assert head.turns == 1


class TestLearnerFile:
    """The id of the local user."""

    def test_only_its_owner_can_read_it(self, tmp_path: Path) -> None:
        assert keep_learner_id(tmp_path, "a" * 32, instead_of=None) == "a" * 32
        assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
        assert [each.name for each in tmp_path.iterdir()] == [FILE]

    def test_whoever_is_first_counts(self, tmp_path: Path) -> None:
        keep_learner_id(tmp_path, "first", instead_of=None)
        assert keep_learner_id(tmp_path, "second", instead_of=None) == "first"
        assert keep_learner_id(tmp_path, "second", instead_of="another") == "first"
        assert keep_learner_id(tmp_path, "second", instead_of="first") == "second"
        assert [each.name for each in tmp_path.iterdir()] == [FILE]

    def test_nothing_is_kept_of_nobody(self, tmp_path: Path) -> None:
        assert read_learner_id(tmp_path) is None
        (tmp_path / FILE).write_bytes(b" \n")
        assert read_learner_id(tmp_path) is None
        forget_learner_id(tmp_path)
        forget_learner_id(tmp_path)
        assert list(tmp_path.iterdir()) == []
