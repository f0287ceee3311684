"""What an answer holds of a plan is kept with the learner, through the desk and in a chat."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from scripted_tutor import ScriptedTutor

from api.blocks import Block, Lines
from api.chat_memory import ChatMemory
from api.chat_plan_view import kept_plan_page
from api.chat_session import ChatSession
from api.turns import AnswerDesk, Asking, Place, TurnEnded, TurnEvent
from corpus.types import Language
from tests.api.plan_examples import FULL, TOO_SHORT
from tutor.answer import Answer
from tutor.events import Notice
from tutor.memory.opening import open_store
from tutor.memory.store import ConversationStore
from tutor.planning.progress import PROJECT, finished_weeks
from tutor.planning.types import ModuleKey

ASKED = "我有两周，每周 10 小时，想做毕设"
LINEAR = ModuleKey("d2l", "linear-networks")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[ConversationStore]:
    async with open_store(tmp_path / "conversations.sqlite") as opened:
        yield opened


@pytest.fixture
def planned(chinese_answer: Answer) -> Answer:
    return replace(chinese_answer, plan=FULL)


async def told(desk: AnswerDesk, question: str, place: Place) -> list[TurnEvent]:
    async with await desk.begin(Asking(question, place=place)) as answering:
        return [event async for event in answering]


def notices(events: list[TurnEvent]) -> list[str]:
    return [event.message.zh for event in events if isinstance(event, Notice)]


async def somewhere(store: ConversationStore) -> Place:
    owner = await store.new_learner()
    return Place(owner, await store.new_conversation(owner, Language.CHINESE))


class Page:
    """Takes an answer and shows it to nobody."""

    def waiting(self, text: str) -> None: ...

    def add(self, text: str) -> None: ...

    def notice(self, text: str) -> None: ...

    def finish(self, blocks: Sequence[Block]) -> None: ...

    def close(self) -> None: ...


class TestTheDesk:
    async def test_keeps_the_plan_and_says_so_before_the_end(
        self, store: ConversationStore, planned: Answer
    ) -> None:
        place = await somewhere(store)
        events = await told(AnswerDesk(ScriptedTutor(planned), store), ASKED, place)
        (said,) = notices(events)
        assert said.startswith("已记为你的计划")
        assert isinstance(events[-1], TurnEnded)
        kept = await store.plan(place.owner)
        assert kept is not None
        assert kept.plan == FULL
        assert kept.begun.isoweekday() == 1

    async def test_knows_the_plan_in_the_next_turn_and_ticks_what_is_finished(
        self, store: ConversationStore, planned: Answer, chinese_answer: Answer
    ) -> None:
        place = await somewhere(store)
        await told(AnswerDesk(ScriptedTutor(planned), store), ASKED, place)
        finished = (LINEAR, ModuleKey(PROJECT, "1"))
        tutor = ScriptedTutor(replace(chinese_answer, finished=finished))
        events = await told(AnswerDesk(tutor, store), "第一周学完了", place)
        assert notices(events) == []
        (_, _, conversation) = tutor.asked[0]
        assert conversation.progress is not None
        assert conversation.progress.plan == FULL
        kept = await store.plan(place.owner)
        assert kept is not None
        assert set(kept.finished) == set(finished)
        assert finished_weeks(kept) == 1

    async def test_a_plan_is_replaced_where_that_is_meant_and_its_weeks_go_on(
        self, store: ConversationStore, planned: Answer
    ) -> None:
        place = await somewhere(store)
        desk = AnswerDesk(ScriptedTutor(planned), store)
        await told(desk, ASKED, place)
        await store.mark_done(place.owner, [LINEAR], done=True)
        shorter = AnswerDesk(ScriptedTutor(replace(planned, plan=TOO_SHORT)), store)
        (said,) = notices(await told(shorter, "只剩一周了，重新排个计划", place))
        assert said.startswith("你的计划已换成这一份")
        kept = await store.plan(place.owner)
        assert kept is not None
        assert [week.number for week in kept.plan.weeks] == [2]
        assert LINEAR in kept.finished

    async def test_a_question_that_only_names_a_time_replaces_no_plan(
        self, store: ConversationStore, planned: Answer
    ) -> None:
        place = await somewhere(store)
        await told(AnswerDesk(ScriptedTutor(planned), store), ASKED, place)
        other = AnswerDesk(ScriptedTutor(replace(planned, plan=TOO_SHORT)), store)
        assert notices(await told(other, "一周能学会深度学习吗？", place)) == []
        kept = await store.plan(place.owner)
        assert kept is not None
        assert kept.plan == FULL

    async def test_without_a_conversation_nothing_is_kept(
        self, store: ConversationStore, planned: Answer
    ) -> None:
        desk = AnswerDesk(ScriptedTutor(planned), store)
        async with await desk.begin(Asking(ASKED)) as answering:
            events = [event async for event in answering]
        assert notices(events) == []

    async def test_an_empty_plan_is_not_kept(
        self, store: ConversationStore, planned: Answer
    ) -> None:
        place = await somewhere(store)
        nothing = replace(planned, plan=replace(FULL, weeks=()))
        assert notices(await told(AnswerDesk(ScriptedTutor(nothing), store), ASKED, place)) == []
        assert await store.plan(place.owner) is None

    async def test_a_plan_that_was_dropped_meanwhile_is_said_and_the_turn_stays(
        self, store: ConversationStore, chinese_answer: Answer
    ) -> None:
        place = await somewhere(store)
        tutor = ScriptedTutor(replace(chinese_answer, finished=(LINEAR,)))
        events = await told(AnswerDesk(tutor, store), "第一周学完了", place)
        assert len(notices(events)) == 1
        ended = events[-1]
        assert isinstance(ended, TurnEnded)
        assert ended.message_id is not None


class TestTheChat:
    def chat(self, answer: Answer, store: ConversationStore, directory: Path) -> ChatSession:
        memory = ChatMemory(store, directory)
        tutor = ScriptedTutor(answer)
        return ChatSession(tutor, memory, wished=None, spoken=Language.CHINESE)

    async def test_keeps_the_plan_and_has_news_of_it_once(
        self, store: ConversationStore, planned: Answer, chinese_answer: Answer, tmp_path: Path
    ) -> None:
        session = self.chat(planned, store, tmp_path)
        assert await session.memory.plan() is None
        await session.ask(ASKED, Page())
        assert session.plan_news is not None
        kept = await session.memory.plan()
        assert kept is not None
        assert kept.plan == FULL
        session = self.chat(chinese_answer, store, tmp_path)
        await session.ask("数学要学到什么程度？", Page())
        assert session.plan_news is None
        assert await session.memory.plan() == kept

    async def test_shows_the_plan_with_what_is_finished(
        self, store: ConversationStore, planned: Answer, tmp_path: Path
    ) -> None:
        session = self.chat(planned, store, tmp_path)
        await session.ask(ASKED, Page())
        finished = (LINEAR, ModuleKey(PROJECT, "1"))
        session = self.chat(replace(planned, plan=None, finished=finished), store, tmp_path)
        await session.ask("第一周学完了", Page())
        kept = await session.memory.plan()
        assert kept is not None
        pages = kept_plan_page(kept, Language.CHINESE)
        shown = [line.text for block in pages if isinstance(block, Lines) for line in block.lines]
        assert "✓ 第 1 周 · 10 小时" in shown
        assert "· 第 2 周 · 9.5 小时" in shown
        assert any(text.startswith("按你的计划，第 1 周已经学完") for text in shown)
        assert "第 2 周学完了" in shown[-1]
