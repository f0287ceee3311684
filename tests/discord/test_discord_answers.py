"""Questions in Discord, from the command to the last message of the answer."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Any

import pytest
from discord_bot import APPLICATION, LI, WANG, Bot, GatedTutor, Start, ask, long_answer
from fake_discord import FakeDiscord

from api.discord.answer_text import MOST_MESSAGES, answer_messages
from api.discord.splitting import LIMIT, length
from corpus.errors import ConversationError, LanguageModelError
from corpus.types import Bilingual, Goal, Language
from tests.api.scripted_tutor import ScriptedTutor
from tutor.answer import Answer, CheckReport
from tutor.events import Done, Notice

QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"


async def test_a_question_is_deferred_and_then_answered_in_the_same_message(
    bot: Bot, tutor: ScriptedTutor
) -> None:
    interaction = ask(QUESTION)
    (written,) = await bot.answered(interaction)
    assert "**不用先学完**[1]。" in written
    assert written.startswith(f"> {QUESTION}\n")
    call = bot.discord.calls[-1]
    assert call.method == "PATCH"
    token = interaction["token"]
    assert call.path == f"/api/v10/webhooks/{APPLICATION}/{token}/messages/@original"
    assert call.headers["user-agent"].startswith("DiscordBot (https://")
    assert "authorization" not in call.headers
    assert [question for question, _, _ in tutor.asked] == [QUESTION]


async def test_sources_are_a_compact_list_that_says_whose_words_they_are(bot: Bot) -> None:
    (written,) = await bot.answered(ask(QUESTION))
    assert "[1] 王一 · 知乎 · 日期未知 · <https://example.org/answer/1>" in written
    assert "> 原文：「别等学完， 先跑通一个模型。」" in written
    assert (
        "[2] 陈晓 · 知乎 · 2018-03 · 五年多以前 · <https://example.org/answer/2>\n"
        "> 转述（本项目的话，不是原文）：「He advises a small core first.」" in written
    )
    assert "-# 句子核对：写了 3 句，2 句通过，删去 1 句。" in written


async def test_nothing_that_is_sent_calls_anybody_or_shows_a_preview(bot: Bot) -> None:
    await bot.answered(ask(QUESTION))
    for call in bot.discord.calls:
        assert call.body["allowed_mentions"] == {"parse": []}
        assert call.body["flags"] == 4


async def test_everyone_is_called_neither_by_a_question_nor_by_a_source(
    start: Start, chinese_answer: Answer
) -> None:
    first, *others = chinese_answer.citations
    evil = replace(first, author="**@everyone** <@1>", quote="[点我](https://evil.example) @here")
    answer = replace(
        chinese_answer,
        text="@everyone <@&1> 不用[1]。",
        citations=(evil, *others),
        notices=(Bilingual(zh="<#1> @here", en="<#1> @here"),),
    )
    async with start(ScriptedTutor(answer)) as bot:
        (written,) = await bot.answered(ask("@everyone <@1> 学什么？"))
    assert not re.search(r"@(everyone|here)|(?<!\\)<[@#]|(?<!\\)\[点我", written)
    assert "\\*\\*@\u200beveryone\\*\\* \\<@1\\>" in written


async def test_the_sentences_so_far_are_shown_while_the_rest_is_written(
    start: Start, chinese_answer: Answer, discord: FakeDiscord
) -> None:
    tutor = GatedTutor(chinese_answer, after=3)
    async with start(tutor) as bot:
        await bot.send(ask(QUESTION))
        await discord.until(lambda: any("**不用先学完**[1]。 …" in text for text in discord.edits))
        assert not discord.follow_ups
        tutor.go_on.set()
        await bot.settled()
    assert any("*正在查资料…*" in text for text in discord.edits)
    assert "先补一小块[2]" in discord.edits[-1]
    assert "**来源**" in discord.edits[-1]


async def test_the_sources_that_are_read_are_counted_before_the_first_sentence(
    start: Start, chinese_answer: Answer, discord: FakeDiscord
) -> None:
    tutor = GatedTutor(chinese_answer, after=2)
    async with start(tutor) as bot:
        await bot.send(ask(QUESTION))
        await discord.until(lambda: any("*正在读 1 份来源…*" in text for text in discord.edits))
        tutor.go_on.set()


async def test_questions_in_a_channel_go_on_with_one_another(
    bot: Bot, tutor: ScriptedTutor
) -> None:
    await bot.answered(ask(QUESTION))
    await bot.answered(ask("那数学呢？"))
    await bot.answered(ask("那数学呢？", channel_id="78"))
    await bot.answered(ask("那数学呢？", by=WANG))
    before = [len(conversation.turns) for _, _, conversation in tutor.asked]
    assert before == [0, 1, 0, 0]


async def test_a_person_is_the_same_in_servers_and_direct_messages(
    bot: Bot, tutor: ScriptedTutor
) -> None:
    await bot.answered(ask(QUESTION))
    direct: dict[str, Any] = ask("那数学呢？", channel_id="99", user={"id": LI})
    del direct["member"], direct["guild_id"]
    await bot.answered(direct)
    assert tutor.asked[1][2].learner is not None
    assert tutor.asked[1][2].learner.goal is Goal.GRADUATION_PROJECT


async def test_a_goal_that_is_chosen_with_the_question_wins(bot: Bot, tutor: ScriptedTutor) -> None:
    await bot.answered(ask(QUESTION, goal="job"))
    (asked,) = tutor.asked
    assert asked[1] is not None
    assert asked[1].goal is Goal.JOB


async def test_an_interaction_that_comes_twice_is_answered_once(
    bot: Bot, tutor: ScriptedTutor
) -> None:
    interaction = ask(QUESTION)
    await bot.answered(interaction)
    calls = len(bot.discord.calls)
    assert await bot.send(interaction) == {"type": 5}
    await bot.settled()
    assert len(tutor.asked) == 1
    assert len(bot.discord.calls) == calls


async def test_the_answer_is_in_the_language_of_the_question(
    start: Start, chinese_answer: Answer, discord: FakeDiscord
) -> None:
    tutor = GatedTutor(
        chinese_answer, after=0, error=LanguageModelError(Bilingual(zh="坏了。", en="Broken."))
    )
    tutor.go_on.set()
    async with start(tutor) as bot:
        (english,) = await bot.answered(ask("what should I learn first?"))
        (chinese,) = await bot.answered(ask("先学什么？", locale="en-US"))
        (neither,) = await bot.answered(ask("123？", locale="zh-CN"))
    assert english.endswith("\n\nBroken.")
    assert chinese.endswith("\n\n坏了。")
    assert neither.endswith("\n\n坏了。")
    assert any("*Looking it up…*" in text for text in discord.edits)


async def test_a_second_question_while_the_first_is_answered_gets_a_sentence(
    start: Start, chinese_answer: Answer, discord: FakeDiscord
) -> None:
    tutor = GatedTutor(chinese_answer, after=2)
    async with start(tutor) as bot:
        await bot.send(ask(QUESTION))
        await discord.until(lambda: any("份来源" in text for text in discord.edits))
        second = ask("那数学呢？")
        await bot.send(second)
        await discord.until(
            lambda: any(
                second["token"] in call.path and "回答" in call.content and "*" not in call.content
                for call in discord.calls
            )
        )
        tutor.go_on.set()


async def test_an_error_that_nobody_foresaw_shows_and_logs_nothing_of_the_question(
    start: Start, chinese_answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    tutor = GatedTutor(chinese_answer, after=2, error=RuntimeError(f"secret {QUESTION}"))
    tutor.go_on.set()
    async with start(tutor) as bot:
        (written,) = await bot.answered(ask(QUESTION))
    assert written == f"> {QUESTION}\n\n服务内部出错。请稍后再试；若一再出现，请告诉管理员。"
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text
    assert QUESTION not in caplog.text


async def test_an_answer_that_takes_too_long_is_given_up(
    start: Start, chinese_answer: Answer
) -> None:
    async with start(GatedTutor(chinese_answer, after=2), answer_seconds=0.1) as bot:
        (written,) = await bot.answered(ask(QUESTION))
    assert "0.1 秒内没有答完" in written


async def test_a_person_who_asks_too_often_is_told_when_to_come_again(
    start: Start, tutor: ScriptedTutor
) -> None:
    async with start(tutor, address_rate=1) as bot:
        await bot.answered(ask(QUESTION))
        (written,) = await bot.answered(ask(QUESTION))
        (other,) = await bot.answered(ask(QUESTION, by=WANG))
    assert "请求太频繁" in written
    assert "不用先学完" in other


async def test_a_server_that_stops_takes_no_question(bot: Bot, tutor: ScriptedTutor) -> None:
    bot.services.desk.begin_draining(5)
    reply = await bot.send(ask(QUESTION))
    assert (reply["type"], reply["data"]["flags"]) == (4, 4 | 64)
    assert "服务正在重启" in reply["data"]["content"]
    assert tutor.asked == []


async def test_a_turn_that_could_not_be_kept_is_answered_and_takes_no_remarks(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise ConversationError(Bilingual(zh="磁盘满了。", en="The disk is full."))

    monkeypatch.setattr(bot.services.conversations, "add_turn", full)
    (written,) = await bot.answered(ask(QUESTION))
    assert "不用先学完" in written
    assert "注意：这一轮没能保存：" in written
    assert bot.rows == []


async def test_a_reply_to_thanks_takes_no_remarks(start: Start, chinese_answer: Answer) -> None:
    courtesy = replace(
        chinese_answer, text="不客气。", citations=(), follow_ups=(), check=CheckReport(0, 0, 0)
    )
    async with start(ScriptedTutor(courtesy)) as bot:
        assert await bot.answered(ask("谢谢")) == ["> 谢谢\n\n不客气。"]
        assert bot.rows == []


async def test_a_long_answer_comes_in_several_messages_in_order(
    start: Start, chinese_answer: Answer
) -> None:
    answer = long_answer(chinese_answer, 10)
    async with start(ScriptedTutor(answer)) as bot:
        written = await bot.answered(ask(QUESTION))
        paths = [call.path for call in bot.discord.calls if call.method == "POST"]
        assert all(re.fullmatch(rf"/api/v10/webhooks/{APPLICATION}/token-\d+", p) for p in paths)
        below = [bool(call.body["components"]) for call in bot.discord.calls[-len(written) :]]
    assert below == [False] * (len(written) - 1) + [True]
    assert 2 < len(written) <= MOST_MESSAGES
    assert all(length(part) <= LIMIT for part in written)
    assert "".join(answer.text.split()) in "".join("".join(written).split())
    for number in range(1, 11):
        assert f"[{number}] 王一 · 知乎" in "".join(written)


def test_quotations_give_way_before_the_answer_does(chinese_answer: Answer) -> None:
    answer = long_answer(chinese_answer, 28)
    written = answer_messages(QUESTION, answer, ())
    assert len(written) <= MOST_MESSAGES
    assert "".join(answer.text.split()) in "".join("".join(written).split())
    assert "[28] 王一 · 知乎" in written[-1]
    assert not any("> 原文" in part or "没有显示" in part for part in written)


@pytest.mark.parametrize("paragraphs", [40, 120, 400])
def test_an_answer_for_which_five_messages_are_not_enough_says_so(
    chinese_answer: Answer, paragraphs: int
) -> None:
    written = answer_messages(QUESTION, long_answer(chinese_answer, paragraphs), ())
    assert len(written) == MOST_MESSAGES
    assert all(length(part) <= LIMIT for part in written)
    assert written[-1].endswith("就能看到。）")
    body, sources = "".join(written).split("**来源**")
    cited = set(re.findall(r"够了\[(\d+)\]", body))
    assert cited == set(re.findall(r"^\[(\d+)\] 王一", sources, re.MULTILINE))


def test_a_cut_answer_with_endless_markers_is_still_within_five_messages(
    chinese_answer: Answer,
) -> None:
    answer = long_answer(chinese_answer, 900)
    answer = replace(answer, text="".join(f"[{number}]" for number in range(1, 901)) * 4)
    written = answer_messages(QUESTION, answer, ())
    assert len(written) <= MOST_MESSAGES
    assert written[-1].endswith("就能看到。）")


def test_an_english_answer_is_english_throughout(chinese_answer: Answer) -> None:
    answer = replace(chinese_answer, language=Language.ENGLISH)
    (written,) = answer_messages("What first?", answer, ())
    assert "**Sources**\n[1] 王一 · Zhihu · date unknown · <https" in written
    assert "> Our summary, not their words: “He advises" in written
    assert "You could ask next: " in written


async def test_a_notice_stands_with_the_answer_once(start: Start, chinese_answer: Answer) -> None:
    notice = Bilingual(zh="模型没有回应。", en="The model did not answer.")

    class Noticing(ScriptedTutor):
        async def ask(self, *arguments: Any) -> Any:
            async for event in super().ask(*arguments):
                if isinstance(event, Done):
                    yield Notice(notice)
                yield event

    async with start(Noticing(replace(chinese_answer, notices=(notice,)))) as bot:
        (written,) = await bot.answered(ask(QUESTION))
    assert written.count("注意：模型没有回应。") == 1


async def test_many_people_are_answered_at_the_same_time(bot: Bot) -> None:
    asked = [ask(QUESTION, by=str(n)) for n in range(1, 21)]
    assert all(reply == {"type": 5} for reply in await asyncio.gather(*map(bot.send, asked)))
    await bot.settled()
    for interaction in asked:
        newest = [c for c in bot.discord.calls if interaction["token"] in c.path][-1]
        assert "不用先学完" in newest.content
