"""What the store keeps, for whom, and what it gives back; the same in both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from memory_material import ANSWER, CITATION, LEARNER, answer_to
from sqlalchemy.ext.asyncio import AsyncConnection

from corpus.errors import ConversationError, UsageError
from corpus.types import Goal, Language, Topic
from tutor.conversation import Conversation, Turn
from tutor.learner import Known, Learner
from tutor.memory.errors import ConversationNotFoundError
from tutor.memory.opening import open_store
from tutor.memory.records import Feedback, FeedbackKind, Role, StoredTurn
from tutor.memory.store import ConversationStore
from tutor.memory.tables import TURNS


async def begun(store: ConversationStore) -> tuple[str, str]:
    owner = await store.new_learner()
    return owner, await store.new_conversation(owner, Language.CHINESE)


async def said(
    store: ConversationStore, owner: str, conversation: str, question: str, **answer: object
) -> StoredTurn:
    async with store.lease(owner, conversation) as lease:
        return await store.add_turn(lease, question, answer_to(question, **answer))


async def test_a_turn_is_remembered_as_it_was_said(store: ConversationStore) -> None:
    owner, conversation = await begun(store)
    before = datetime.now(UTC)
    async with store.lease(owner, conversation) as lease:
        ids = await store.add_turn(lease, "我只是做毕设", ANSWER)
    question, answer = await store.messages(owner, conversation)
    assert (question.id, question.role, question.text) == (
        ids.question_id,
        Role.LEARNER,
        "我只是做毕设",
    )
    assert (answer.id, answer.role, answer.text) == (ids.answer_id, Role.TUTOR, ANSWER.text)
    assert answer.citations == (CITATION,)
    assert answer.answer == ANSWER
    assert before - timedelta(seconds=1) < answer.created <= datetime.now(UTC)
    assert answer.created.utcoffset() == timedelta(0)


async def test_it_is_still_there_after_a_restart(place: str | Path) -> None:
    async with open_store(place) as store:
        owner, conversation = await begun(store)
        await said(store, owner, conversation, "先学什么？")
    async with open_store(place) as store:
        assert [each.text for each in await store.messages(owner, conversation)] == [
            "先学什么？",
            ANSWER.text,
        ]


async def test_the_next_answer_gets_the_last_turns_and_the_learner(
    store: ConversationStore,
) -> None:
    owner, conversation = await begun(store)
    assert await store.load(owner, conversation) == Conversation()
    async with store.lease(owner, conversation) as lease:
        await store.add_turn(lease, "我只是做毕设", ANSWER)
    turn = Turn("我只是做毕设", ANSWER.asked, ANSWER.text, ANSWER.topics)
    assert await store.load(owner, conversation) == Conversation((turn,), LEARNER)


async def test_an_abstention_is_remembered_as_one(store: ConversationStore) -> None:
    owner, conversation = await begun(store)
    await said(store, owner, conversation, "股票？", text="没有覆盖。", abstained=True, topics=())
    assert (await store.load(owner, conversation)).turns == (
        Turn("股票？", "股票？", "没有覆盖。", (), abstained=True),
    )


async def test_older_turns_become_a_line_each(store: ConversationStore) -> None:
    owner, conversation = await begun(store)
    for number in range(1, 9):
        await said(store, owner, conversation, f"问题{number}？", text=f"回答{number}。还有 [1]。")
    loaded = await store.load(owner, conversation)
    assert [turn.question for turn in loaded.turns] == [f"问题{n}？" for n in range(3, 9)]
    assert loaded.summary == "问题1？ → 回答1。\n问题2？ → 回答2。"


async def test_loading_a_long_conversation_reads_only_its_end(store: ConversationStore) -> None:
    owner = await store.new_learner()
    short = await grown(store, owner, 60)
    long = await grown(store, owner, 2000)
    assert (await store.load(owner, long)).turns[-1].question == "问题1999"
    assert await fastest_load(store, owner, long) < 5 * await fastest_load(store, owner, short)


async def grown(store: ConversationStore, owner: str, turns: int) -> str:
    """A conversation of many turns, written at once."""
    conversation = await store.new_conversation(owner, Language.CHINESE)
    rows = [
        {
            "conversation_id": conversation,
            "turn": number,
            "question_id": f"q{conversation}{number}",
            "answer_id": f"a{conversation}{number}",
            "question": f"问题{number}",
            "asked": f"问题{number}",
            "text": "回答。" * 2000,
            "topics": [],
            "abstained": False,
            "citations": [],
            "facts": {},
            "created": datetime.now(UTC),
        }
        for number in range(turns)
    ]
    await store._database.write(AsyncConnection.execute, TURNS.insert(), rows)
    return conversation


async def fastest_load(store: ConversationStore, owner: str, conversation: str) -> float:
    times = []
    for _ in range(5):
        begun_at = datetime.now(UTC)
        await store.load(owner, conversation)
        times.append((datetime.now(UTC) - begun_at).total_seconds())
    return min(times)


@pytest.mark.parametrize(
    ("said_by_learner", "kept"),
    [
        ("🙂👩🏽‍💻 e\u0301 学", "🙂👩🏽‍💻 e\u0301 学"),
        ("a\x00b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude42", "🙂"),
        ("长" * 100_000, "长" * 100_000),
        ("'; DROP TABLE turns; -- %s :x ?", "'; DROP TABLE turns; -- %s :x ?"),
    ],
    ids=["emoji", "NUL", "lone surrogate", "surrogate pair", "300 kB", "SQL"],
)
async def test_any_text_can_be_stored(
    store: ConversationStore, said_by_learner: str, kept: str
) -> None:
    owner, conversation = await begun(store)
    citation = replace(CITATION, quote=said_by_learner)
    learner = replace(LEARNER, goal_words=said_by_learner)
    ids = await said(
        store,
        owner,
        conversation,
        said_by_learner,
        text=said_by_learner,
        citations=(citation,),
        learner=learner,
    )
    await store.add_feedback(
        owner, conversation, ids.answer_id, FeedbackKind.HELPFUL, comment=said_by_learner
    )
    question, answer = await store.messages(owner, conversation)
    assert question.text == answer.text == answer.citations[0].quote == kept
    assert (await store.learner(owner)).goal_words == kept
    assert (await store.export(owner, conversation)).feedback[0].comment == kept
    assert len((await store.conversations(owner))[0].title) <= 60


async def test_conversations_are_listed_by_their_newest_turn(store: ConversationStore) -> None:
    owner = await store.new_learner()
    ids = [await store.new_conversation(owner, Language.ENGLISH) for _ in range(3)]
    await said(store, owner, ids[0], "  Do I need\nmachine learning first? " + "x" * 100)
    heads = await store.conversations(owner)
    assert [head.id for head in heads] == [ids[0], ids[2], ids[1]]
    assert heads[0].title.startswith("Do I need machine learning first? xxx")
    assert heads[0].title.endswith("…")
    assert (heads[0].turns, heads[1].turns, heads[1].title) == (1, 0, "")
    assert heads[0].language is Language.ENGLISH
    assert heads[0].created < heads[0].updated


async def test_the_list_comes_in_pages(store: ConversationStore) -> None:
    owner = await store.new_learner()
    ids = [await store.new_conversation(owner, Language.CHINESE) for _ in range(5)]
    first = await store.conversations(owner, limit=2)
    second = await store.conversations(owner, limit=2, before=first[-1].cursor)
    third = await store.conversations(owner, limit=2, before=second[-1].cursor)
    assert [head.id for head in (*first, *second, *third)] == ids[::-1]


@pytest.mark.parametrize("cursor", ["", "yesterday", "0001-01-01T00:00:00+14:00~x", "\x00~\ud800"])
async def test_an_invented_cursor_is_refused(store: ConversationStore, cursor: str) -> None:
    with pytest.raises(UsageError):
        await store.conversations(await store.new_learner(), before=cursor)


async def test_the_title_is_the_first_question(store: ConversationStore) -> None:
    owner, conversation = await begun(store)
    await said(store, owner, conversation, "第一个问题")
    await said(store, owner, conversation, "第二个问题")
    assert (await store.conversations(owner))[0].title == "第一个问题"


@pytest.mark.parametrize("id", ["", "nobody", "\x00", "\ud800", "' OR 1=1 --", "x" * 100_000])
async def test_an_unknown_id_is_not_found(store: ConversationStore, id: str) -> None:
    owner, conversation = await begun(store)
    for given in ((owner, id), (id, conversation)):
        await not_found_by_anything(store, *given)
    with pytest.raises(ConversationNotFoundError):
        await store.new_conversation(id, Language.CHINESE)
    with pytest.raises(ConversationNotFoundError):
        await store.set_learner(id, LEARNER)
    assert await store.learner(id) is None
    assert await store.conversations(id) == []
    await store.forget(id)


async def test_another_owners_conversation_is_as_good_as_unknown(
    store: ConversationStore,
) -> None:
    owner, conversation = await begun(store)
    ids = await said(store, owner, conversation, "我的问题")
    stranger, theirs = await begun(store)
    unknown = await not_found_by_anything(store, stranger, "unknown")
    assert await not_found_by_anything(store, stranger, conversation, ids.answer_id) == unknown
    with pytest.raises(ConversationNotFoundError):  # the answer is in another conversation
        await store.add_feedback(stranger, theirs, ids.answer_id, FeedbackKind.HELPFUL)
    assert [head.id for head in await store.conversations(stranger)] == [theirs]
    assert len(await store.messages(owner, conversation)) == 2


async def not_found_by_anything(
    store: ConversationStore, owner: str, conversation: str, message: str = "message"
) -> set[str]:
    """What the store says to whoever asks for a conversation that is not theirs."""
    messages = set()
    for asked in (
        store.load(owner, conversation),
        store.messages(owner, conversation),
        store.delete(owner, conversation),
        store.export(owner, conversation),
        store.add_feedback(owner, conversation, message, FeedbackKind.HELPFUL),
        store.lease(owner, conversation).__aenter__(),
    ):
        with pytest.raises(ConversationNotFoundError) as raised:
            await asked
        messages.add(raised.value.message)
    return messages


async def test_feedback_is_for_answers_and_all_of_it_is_kept(store: ConversationStore) -> None:
    owner, conversation = await begun(store)
    ids = await said(store, owner, conversation, "先学什么？")
    await store.add_feedback(owner, conversation, ids.answer_id, FeedbackKind.HELPFUL)
    await store.add_feedback(
        owner,
        conversation,
        ids.answer_id,
        FeedbackKind.WRONG_CITATION,
        sentence="王大鹏主张马上动手 [1]。",
        comment="不是他说的",
    )
    with pytest.raises(ConversationNotFoundError):
        await store.add_feedback(owner, conversation, ids.question_id, FeedbackKind.HELPFUL)
    first, second = (await store.export(owner, conversation)).feedback
    assert (first.message_id, first.kind, first.comment) == (ids.answer_id, "helpful", None)
    assert second == Feedback(
        ids.answer_id,
        FeedbackKind.WRONG_CITATION,
        "王大鹏主张马上动手 [1]。",
        "不是他说的",
        second.created,
    )


async def test_the_profile_follows_the_conversation(store: ConversationStore) -> None:
    owner, conversation = await begun(store)
    assert await store.learner(owner) is None
    await said(store, owner, conversation, "做毕设")
    assert await store.learner(owner) == LEARNER
    job = replace(LEARNER, goal=Goal.JOB)
    await said(store, owner, conversation, "想找工作", learner=job)
    assert await store.learner(owner) == job
    other = await store.new_conversation(owner, Language.CHINESE)
    assert (await store.load(owner, other)).learner == job


async def test_a_turn_under_way_does_not_overwrite_what_the_learner_sets(
    store: ConversationStore,
) -> None:
    owner, conversation = await begun(store)
    own_word = Learner(Language.CHINESE, Goal.RESEARCH, Known.STATED)
    async with store.lease(owner, conversation) as lease:
        await store.set_learner(owner, own_word)
        await store.add_turn(lease, "做毕设", ANSWER)
    assert await store.learner(owner) == own_word
    await said(store, owner, conversation, "做毕设")
    assert await store.learner(owner) == LEARNER


async def test_deleting_a_conversation_leaves_the_others_and_the_profile(
    store: ConversationStore,
) -> None:
    owner, conversation = await begun(store)
    kept = await store.new_conversation(owner, Language.CHINESE)
    ids = await said(store, owner, conversation, "先学什么？")
    await store.add_feedback(owner, conversation, ids.answer_id, FeedbackKind.HELPFUL)
    await store.delete(owner, conversation)
    with pytest.raises(ConversationNotFoundError):
        await store.messages(owner, conversation)
    assert [head.id for head in await store.conversations(owner)] == [kept]
    assert await store.learner(owner) == LEARNER


async def test_a_turn_of_a_conversation_deleted_meanwhile_is_refused(
    store: ConversationStore,
) -> None:
    owner, conversation = await begun(store)
    async with store.lease(owner, conversation) as lease:
        await store.delete(owner, conversation)
        with pytest.raises(ConversationError, match="not stored"):
            await store.add_turn(lease, "还在吗？", ANSWER)
    assert await store.learner(owner) is None


async def test_forgetting_erases_one_learner_only(store: ConversationStore) -> None:
    owner, conversation = await begun(store)
    other, theirs = await begun(store)
    for learner, its in ((owner, conversation), (other, theirs)):
        ids = await said(store, learner, its, "先学什么？")
        await store.add_feedback(learner, its, ids.answer_id, FeedbackKind.HELPFUL)
    await store.forget(owner)
    assert await store.learner(owner) is None
    assert await store.conversations(owner) == []
    with pytest.raises(ConversationNotFoundError):
        await store.new_conversation(owner, Language.CHINESE)
    assert len((await store.export(other, theirs)).feedback) == 1
    assert len((await store._database.read(AsyncConnection.execute, TURNS.select())).all()) == 1


async def test_nothing_forgotten_is_left_in_the_files(tmp_path: Path) -> None:
    secret = "我的秘密目标是去火星教书"
    async with open_store(tmp_path / "conversations.sqlite") as store:
        owner, conversation = await begun(store)
        for _ in range(5):
            ids = await said(store, owner, conversation, secret, text=secret * 500)
        await store.add_feedback(
            owner, conversation, ids.answer_id, FeedbackKind.HELPFUL, comment=secret
        )
        assert found_in_files(tmp_path, secret)
        await store.forget(owner)
        assert not found_in_files(tmp_path, secret)
        assert not found_in_files(tmp_path, owner)


def found_in_files(directory: Path, text: str) -> bool:
    return any(text.encode() in file.read_bytes() for file in directory.iterdir())


async def test_an_export_holds_everything(store: ConversationStore) -> None:
    owner, conversation = await begun(store)
    await said(store, owner, conversation, "先学什么？", topics=(Topic.STUDY_ORDER,))
    export = await store.export(owner, conversation)
    assert export.head == (await store.conversations(owner))[0]
    assert list(export.messages) == await store.messages(owner, conversation)
    assert export.learner == LEARNER
