"""Buttons, menus and the commands about oneself."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from discord_bot import LI, WANG, Bot, Start, ask, command, press

from corpus.errors import ConversationError
from corpus.types import Bilingual, Goal
from tests.api.scripted_tutor import ScriptedTutor
from tutor.learner import Known
from tutor.memory.records import Feedback, FeedbackKind

QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"
NOBODY_S = "0" * 32


async def owner_of(bot: Bot, user: str = LI) -> str:
    owner = await bot.services.conversations.learner_named("discord", user)
    assert owner is not None
    return owner


async def feedback_of(bot: Bot, user: str = LI) -> list[Feedback]:
    store = bot.services.conversations
    owner = await owner_of(bot, user)
    heads = await store.conversations(owner)
    exports = [await store.export(owner, head.id) for head in heads]
    return [each for export in exports for each in export.feedback]


def whispered(reply: dict[str, Any]) -> str:
    """The text of a reply that only whoever pressed can see."""
    assert (reply["type"], reply["data"]["flags"]) == (4, 4 | 64)
    assert reply["data"]["allowed_mentions"] == {"parse": []}
    return reply["data"]["content"]


async def test_what_stands_below_an_answer_keeps_to_the_limits_of_discord(bot: Bot) -> None:
    await bot.answered(ask(QUESTION))
    assert len(bot.rows) <= 5
    ids = [each["custom_id"] for row in bot.rows for each in row["components"]]
    assert len(set(ids)) == len(ids) == 4
    assert all(len(id) <= 100 for id in ids)
    (menu,) = bot.rows[0]["components"]
    assert len(menu["placeholder"]) <= 150
    assert [option["value"] for option in menu["options"]] == [goal.value for goal in Goal]
    assert all(LI not in id for id in ids)


@pytest.mark.parametrize("kind", list(FeedbackKind))
async def test_what_an_answer_was_worth_is_kept_once(bot: Bot, kind: FeedbackKind) -> None:
    await bot.answered(ask(QUESTION))
    button = press(bot.custom_id(kind.value))
    assert whispered(await bot.send(button)) == "谢谢，已经记下。"
    assert whispered(await bot.send(press(button["data"]["custom_id"]))) == "谢谢，已经记下。"
    assert [each.kind for each in await feedback_of(bot)] == [kind]


async def test_a_second_thought_is_kept_as_well(bot: Bot) -> None:
    await bot.answered(ask(QUESTION))
    await bot.send(press(bot.custom_id("helpful")))
    await bot.send(press(bot.custom_id("wrong-citation")))
    kinds = [each.kind for each in await feedback_of(bot)]
    assert kinds == [FeedbackKind.HELPFUL, FeedbackKind.WRONG_CITATION]


@pytest.mark.parametrize("known", [False, True], ids=["a stranger", "another learner"])
async def test_nobody_can_remark_on_somebody_else_s_answer(bot: Bot, known: bool) -> None:
    if known:
        await bot.answered(ask(QUESTION, by=WANG))
    await bot.answered(ask(QUESTION))
    button = press(bot.custom_id("helpful"), by=WANG)
    assert whispered(await bot.send(button)).startswith("这是别人的回答")
    assert await feedback_of(bot) == []
    if not known:
        assert await bot.services.conversations.learner_named("discord", WANG) is None


async def test_an_id_that_was_made_up_changes_nothing(bot: Bot) -> None:
    await bot.answered(ask(QUESTION))
    _, conversation, message = bot.custom_id("helpful").split(":")
    for id in (
        f"helpful:{conversation}:{NOBODY_S}",
        f"helpful:{NOBODY_S}:{message}",
        f"again:{conversation}:{NOBODY_S}",
        f"again:{NOBODY_S}:{message}",
    ):
        assert whispered(await bot.send(press(id, "job"))).startswith("这是别人的回答")
    assert await feedback_of(bot) == []


async def test_another_goal_asks_the_same_question_again_in_a_new_message(
    bot: Bot, tutor: ScriptedTutor
) -> None:
    await bot.answered(ask("数学要学到什么程度？"))
    await bot.answered(ask(QUESTION))
    again = press(bot.custom_id("again"), "research", channel_id="78")
    (written,) = await bot.answered(again)
    assert written.startswith(f"> {QUESTION}")
    assert again["token"] in bot.discord.calls[-1].path
    question, wishes, conversation = tutor.asked[-1]
    assert question == QUESTION
    assert wishes is not None
    assert wishes.goal is Goal.RESEARCH
    assert len(conversation.turns) == 2


async def test_nobody_can_ask_somebody_else_s_question_again(
    bot: Bot, tutor: ScriptedTutor
) -> None:
    await bot.answered(ask(QUESTION))
    menu = press(bot.custom_id("again"), "research", by=WANG)
    assert whispered(await bot.send(menu)).startswith("这是别人的回答")
    assert len(tutor.asked) == 1


async def test_a_menu_without_a_choice_of_ours_gets_a_sentence(bot: Bot) -> None:
    await bot.answered(ask(QUESTION))
    for values in ((), ("fame",)):
        reply = await bot.send(press(bot.custom_id("again"), *values))
        assert whispered(reply) == "没有这个目标。请从列表里选一个。"


async def test_a_goal_that_is_set_counts_for_the_next_question(
    bot: Bot, tutor: ScriptedTutor
) -> None:
    reply = await bot.send(command("goal", {"goal": "job"}))
    assert whispered(reply).startswith("目标已设为「找工作」，")
    await bot.answered(ask("先学什么？"))
    learner = tutor.asked[0][2].learner
    assert learner is not None
    assert (learner.goal, learner.goal_known) == (Goal.JOB, Known.STATED)


async def test_what_is_known_can_be_seen_and_the_goal_cleared(bot: Bot) -> None:
    show = command("goal", {})
    assert whispered(await bot.send(show)).startswith("还没有记下你的情况")
    assert await bot.services.conversations.learner_named("discord", LI) is None
    await bot.answered(ask(QUESTION))
    reply = await bot.send(command("goal", {}))
    assert "目标：毕业设计；方向：" in whispered(reply)
    (button,) = reply["data"]["components"][0]["components"]
    cleared = await bot.send(press(button["custom_id"]))
    assert cleared["type"] == 7
    assert cleared["data"]["content"].startswith("目标已清除")
    assert cleared["data"]["components"] == []
    learner = await bot.services.conversations.learner(await owner_of(bot))
    assert learner is not None
    assert learner.goal is None
    assert learner.weeks == 8.0
    assert (await bot.send(command("goal", {})))["data"]["components"] == []


async def test_clearing_changes_the_goal_of_whoever_presses(bot: Bot) -> None:
    await bot.answered(ask(QUESTION))
    await bot.send(press("clear-goal", by=WANG))
    learner = await bot.services.conversations.learner(await owner_of(bot))
    assert learner is not None
    assert learner.goal is Goal.GRADUATION_PROJECT


async def test_everything_is_erased_only_after_a_confirmation(
    bot: Bot, tutor: ScriptedTutor
) -> None:
    await bot.answered(ask(QUESTION))
    owner = await owner_of(bot)
    reply = await bot.send(command("forget", {}))
    assert whispered(reply).startswith("要删除你在这里的全部对话")
    yes, no = reply["data"]["components"][0]["components"]
    kept = await bot.send(press(no["custom_id"]))
    assert (kept["type"], kept["data"]["content"]) == (7, "什么都没有删。")
    assert await bot.services.conversations.is_learner(owner)
    erased = await bot.send(press(yes["custom_id"]))
    assert erased["type"] == 7
    assert erased["data"]["content"].startswith("已全部删除")
    assert not await bot.services.conversations.is_learner(owner)
    await bot.answered(ask("那数学呢？"))
    assert tutor.asked[-1][2].turns == ()


async def test_erasing_twice_or_as_a_stranger_does_no_harm(bot: Bot) -> None:
    await bot.answered(ask(QUESTION))
    assert (await bot.send(press("forget", by=WANG)))["type"] == 7
    assert await bot.services.conversations.is_learner(await owner_of(bot))
    for _ in range(2):
        assert (await bot.send(press("forget")))["type"] == 7


async def test_a_button_of_an_erased_answer_gets_a_sentence(bot: Bot) -> None:
    await bot.answered(ask(QUESTION))
    button = press(bot.custom_id("helpful"))
    await bot.send(press("forget"))
    assert whispered(await bot.send(button)).startswith("这是别人的回答")


async def test_buttons_speak_the_language_of_the_person(bot: Bot) -> None:
    await bot.answered(ask(QUESTION))
    reply = await bot.send(press(bot.custom_id("helpful"), locale="en-US"))
    assert whispered(reply) == "Thank you, that is noted."
    asked = await bot.send(command("forget", {}, locale="fr"))
    assert whispered(asked).startswith("Erase all")


async def test_a_database_that_fails_is_told_to_whoever_pressed(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def locked(*_: object) -> None:
        raise ConversationError(Bilingual(zh="数据库被占用。", en="The database is locked."))

    monkeypatch.setattr(bot.services.conversations, "learner_for", locked)
    told = whispered(await bot.send(command("goal", {"goal": "job"})))
    assert told.startswith("服务现在读不到或存不了资料。")
    (written,) = await bot.answered(ask(QUESTION))
    assert written.endswith(told)


async def test_a_slow_database_does_not_keep_discord_waiting_for_a_reply(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("api.discord.door._SECONDS_TO_REPLY", 0.05)
    monkeypatch.setattr(bot.services.conversations, "learner_for", slow)
    assert whispered(await bot.send(command("goal", {"goal": "job"}))).startswith("数据库现在很慢")


async def test_an_error_that_nobody_foresaw_is_told_in_a_sentence(
    bot: Bot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    error = ValueError("what the person wrote")

    async def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(bot.services.conversations, "learner_for", broken)
    assert "内部出错" in whispered(await bot.send(command("goal", {"goal": "job"})))
    assert "ValueError" in caplog.text
    assert "what the person wrote" not in caplog.text


async def test_a_reply_is_json_in_utf_8(start: Start, tutor: ScriptedTutor) -> None:
    async with start(tutor) as bot:
        response = await bot.post(json.dumps(command("forget", {})).encode())
        assert "删除" in response.content.decode()
