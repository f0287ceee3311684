"""Questions in Slack and what comes of them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from fake_slack import BOT_USER, FakeSlack
from slack_workspace import Start, Workspace, direct, mention

from corpus.errors import UsageError
from corpus.types import Bilingual, Goal, Language
from tests.api.scripted_tutor import ScriptedTutor
from tests.http.slow_tutor import SlowTutor
from tutor.answer import Answer, Sentence
from tutor.memory.records import Role

QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"


async def test_a_mention_is_answered_in_its_thread(space: Workspace, tutor: ScriptedTutor) -> None:
    response = await space.event(mention(QUESTION))
    assert response.status_code == 200
    await space.slack.until(lambda: space.slack.controls("C1"))
    (message,) = space.slack.messages.values()
    assert message.thread == "100.1"
    assert "**不用先学完**[1]" in message.text
    assert [question for question, _, _ in tutor.asked] == [QUESTION]


async def test_an_answer_ends_with_its_sources_and_for_whom_it_is(space: Workspace) -> None:
    await space.event(mention(QUESTION))
    await space.slack.until(lambda: space.slack.controls("C1"))
    lines = space.slack.seen("C1")[0].splitlines()
    assert (
        "- [1] 王一 · 知乎 · 日期未知 · [先做起来](https://example.org/answer/1) · "
        "原文：「别等学完， 先跑通一个模型。」"
    ) in lines
    assert (
        "- [2] 陈晓 · 知乎 · 2018-03 · [补一小块](https://example.org/answer/2) · "
        "转述（本项目的话，不是原文）：「He advises a small core first.」"
    ) in lines
    assert "按目标「毕业设计」回答（你提到「毕设」）。换个目标就在下面选。" in lines
    assert "接着可以问：「数学要学到什么程度才够？」" in lines


async def test_below_it_are_seven_goals_and_three_kinds_of_feedback(space: Workspace) -> None:
    await space.event(mention(QUESTION))
    await space.slack.until(lambda: space.slack.controls("C1"))
    menu, *buttons = space.slack.controls("C1")[0]["elements"]
    assert [option["value"] for option in menu["options"]] == [goal.value for goal in Goal]
    assert [button["text"]["text"] for button in buttons] == ["有帮助", "没有帮助", "引用有误"]


async def test_while_it_is_written_the_thread_says_so(space: Workspace) -> None:
    await space.event(mention("Do I need machine learning first?"))
    await space.slack.until(lambda: space.slack.controls("C1"))
    (status,) = space.slack.called("assistant.threads.setStatus")
    assert status == {"channel_id": "C1", "thread_ts": "100.1", "status": "Reading the sources…"}


async def test_no_link_is_previewed(space: Workspace) -> None:
    space.slack.fail("chat.startStream", error="not_allowed_token_type")
    await space.event(mention(QUESTION))
    await space.slack.until(lambda: space.slack.controls("C1"))
    (post,) = space.slack.called("chat.postMessage")
    assert (post["unfurl_links"], post["unfurl_media"]) == (False, False)


async def test_a_stream_begins_without_links_because_its_previews_cannot_be_turned_off(
    space: Workspace,
) -> None:
    await space.event(mention(QUESTION))
    await space.slack.until(lambda: space.slack.controls("C1"))
    (begun,) = space.slack.called("chat.startStream")
    assert "http" not in begun["markdown_text"]


async def test_a_direct_message_is_answered_in_a_thread_of_its_own(space: Workspace) -> None:
    await space.event(direct(QUESTION))
    await space.slack.until(lambda: space.slack.seen("D1"))
    assert next(iter(space.slack.messages.values())).thread == "200.1"


async def test_a_thread_goes_on_with_what_was_said_in_it(
    space: Workspace, tutor: ScriptedTutor
) -> None:
    await space.event(direct(QUESTION))
    await space.slack.until(lambda: len(space.slack.seen("D1")) == 1)
    await space.event(direct("那数学呢？", ts="200.2", thread_ts="200.1"))
    await space.slack.until(lambda: len(space.slack.seen("D1")) == 2)
    await space.event(direct("框架呢？", ts="300.1"))
    await space.slack.until(lambda: len(space.slack.seen("D1")) == 3)
    assert [len(before.turns) for _, _, before in tutor.asked] == [0, 1, 0]


async def test_each_person_in_a_thread_has_a_conversation_of_their_own(
    space: Workspace, tutor: ScriptedTutor
) -> None:
    await space.event(mention(QUESTION, user="U1"))
    await space.slack.until(lambda: len(space.slack.seen("C1")) == 1)
    await space.event(mention("数学呢？", user="U2", ts="100.2", thread_ts="100.1"))
    await space.slack.until(lambda: len(space.slack.seen("C1")) == 2)
    assert tutor.asked[1][2].turns == ()
    assert tutor.asked[1][2].learner is None
    assert await space.person("U1") != await space.person("U2")


async def test_the_same_event_at_two_workers_is_answered_once(
    start: Start, tutor: ScriptedTutor, slack: FakeSlack
) -> None:
    async with start(tutor) as one, start(tutor) as other:
        spaces = (one, other, one, other)
        await asyncio.gather(*(each.event(mention(QUESTION), "Ev1") for each in spaces))
    assert len(tutor.asked) == 1
    assert len(slack.seen("C1")) == 1


async def test_a_mention_that_also_comes_as_a_message_is_answered_once(
    start: Start, tutor: ScriptedTutor, slack: FakeSlack
) -> None:
    said = mention(QUESTION)
    async with start(tutor) as space:
        await space.event(said)
        await space.event({**said, "type": "message", "channel_type": "channel"})
        await space.event({**said, "type": "message", "channel_type": "im"})
    assert len(tutor.asked) == 1


@pytest.mark.parametrize(
    "event",
    [
        direct("my own answer", user=BOT_USER),
        direct("my own answer", bot_id="BBOT"),
        direct("another app", bot_id="BOTHER", subtype="bot_message"),
        direct("another app in its user's name", bot_id="BOTHER"),
        direct("edited", subtype="message_changed"),
        direct("gone", subtype="message_deleted"),
        mention("edited later", edited={"ts": "1"}),
        {**direct("not for me", ts="9.1"), "channel_type": "channel", "channel": "C7"},
    ],
)
async def test_what_is_no_question_of_a_person_is_passed_over(
    start: Start, tutor: ScriptedTutor, slack: FakeSlack, event: dict[str, object]
) -> None:
    async with start(tutor) as space:
        assert (await space.event(event)).status_code == 200
    assert tutor.asked == []
    assert slack.messages == {}


async def test_a_bare_mention_is_greeted(space: Workspace, tutor: ScriptedTutor) -> None:
    await space.event(mention(""))
    await space.slack.until(lambda: space.slack.seen("C1"))
    assert "我是先后" in space.slack.seen("C1")[0]
    assert "I am Xianhou" in space.slack.seen("C1")[0]
    assert tutor.asked == []


async def test_a_question_while_one_is_being_answered_is_told_to_wait(
    start: Start, chinese_answer: Answer, slack: FakeSlack
) -> None:
    tutor = SlowTutor(chinese_answer)
    async with start(tutor) as space:
        await space.event(direct(QUESTION))
        await slack.until(tutor.waiting.is_set)
        await space.event(direct("还有呢？", ts="200.2", thread_ts="200.1"))
        await slack.until(lambda: slack.seen("D1"))
        assert slack.seen("D1") == ["这个对话的上一个问题还在回答中。请等它答完再问。"]
        tutor.go_on.set()
        await slack.until(lambda: len(slack.seen("D1")) == 2)


async def test_an_error_is_one_sentence_in_the_language_of_the_question(
    start: Start, chinese_answer: Answer, slack: FakeSlack
) -> None:
    def refuse() -> None:
        raise UsageError(Bilingual(zh="问题太长。", en="The question is too <long>."))

    async with start(ScriptedTutor(chinese_answer, before=refuse)) as space:
        await space.event(mention(QUESTION))
        await space.event(direct("What should I learn first?"))
    assert slack.seen("C1") == ["问题太长。"]
    assert slack.seen("D1") == ["The question is too &lt;long&gt;."]
    assert slack.controls("C1") == []


async def test_an_error_inside_says_nothing_of_what_it_was(
    start: Start, chinese_answer: Answer, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError(QUESTION)

    async with start(ScriptedTutor(chinese_answer, before=fail)) as space:
        await space.event(mention("What should I learn first?"))
    assert slack.seen("C1")[0].startswith("Something went wrong inside")
    assert "RuntimeError" in caplog.text
    assert QUESTION not in caplog.text


async def test_an_answer_that_fails_halfway_leaves_the_error_and_no_half(
    start: Start, chinese_answer: Answer, slack: FakeSlack
) -> None:
    tutor = SlowTutor(chinese_answer, after=3, error=RuntimeError())
    async with start(tutor) as space:
        await space.event(mention(QUESTION))
        await slack.until(lambda: slack.seen("C1"))
        assert slack.seen("C1") == ["**不用先学完**[1]。"]
        tutor.go_on.set()
    (text,) = slack.seen("C1")
    assert text.startswith("内部出错")


async def test_an_answer_may_not_take_longer_than_is_set(
    start: Start, chinese_answer: Answer, slack: FakeSlack
) -> None:
    async with start(SlowTutor(chinese_answer), answer_seconds=0.2) as space:
        await space.event(mention(QUESTION))
    assert slack.seen("C1") == ["0.2 秒内没有答完，这个问题没有保存。请再问一次，或把问题拆小。"]


async def test_closing_the_door_waits_for_an_answer(
    start: Start, chinese_answer: Answer, slack: FakeSlack
) -> None:
    tutor = SlowTutor(chinese_answer)
    async with start(tutor) as space:
        await space.event(mention(QUESTION))
        await slack.until(tutor.waiting.is_set)
        assert slack.seen("C1") == []
        tutor.go_on.set()
    assert "**不用先学完**[1]" in slack.seen("C1")[0]


async def test_closing_the_door_tells_those_whose_answers_are_broken_off(
    start: Start, chinese_answer: Answer, slack: FakeSlack
) -> None:
    tutor = SlowTutor(chinese_answer)
    async with start(tutor) as space:
        await space.event(mention(QUESTION))
        await slack.until(tutor.waiting.is_set)
        space.services.desk.begin_draining(0.0)
    assert slack.seen("C1") == ["服务正在重启，这个问题没有答完。请稍后再问一次。"]


async def test_nothing_in_an_answer_calls_people_or_fetches_images(
    start: Start, chinese_answer: Answer, slack: FakeSlack
) -> None:
    evil = "<!channel> <@U1> & ![x](https://evil.example/?q=1)[1]"
    sentence = replace(chinese_answer.sentences[0], text=evil)
    citation = replace(
        chinese_answer.citations[0],
        author="<!here>",
        title="![t](https://evil.example)",
        url="https://example.org/?a=1&b=(2)",
        quote="<!everyone> *bold*",
    )
    answer = replace(
        chinese_answer,
        text=evil,
        sentences=(sentence,),
        citations=(citation,),
        follow_ups=("<@U2>",),
    )
    slack.fail("chat.startStream", error="not_allowed_token_type")
    async with start(ScriptedTutor(answer)) as space:
        await space.event(mention(QUESTION))
    (text,) = slack.seen("C1")
    assert "<" not in text
    assert ">" not in text
    assert "&lt;!channel&gt; &lt;@U1&gt; &amp; [x](https://evil.example/?q=1)[1]" in text
    assert r"[!\[t\](https://evil.example)](https://example.org/?a=1&amp;b=%282%29)" in text
    for post in (*slack.called("chat.postMessage"), *slack.called("chat.update")):
        assert "<" not in post["text"]
    post = slack.called("chat.update")[-1]
    assert {block["type"] for block in post["blocks"]} == {"markdown", "actions"}


async def test_a_reply_without_sources_has_nothing_to_choose_or_rate(
    start: Start, chinese_answer: Answer, slack: FakeSlack
) -> None:
    thanks = "不客气。"
    sentence = Sentence(
        thanks, (), chinese_answer.sentences[0].kind, chinese_answer.sentences[0].section
    )
    answer = replace(
        chinese_answer, text=thanks, sentences=(sentence,), citations=(), follow_ups=()
    )
    async with start(ScriptedTutor(answer)) as space:
        await space.event(direct("谢谢"))
    assert slack.seen("D1") == [thanks]
    assert slack.controls("D1") == []


async def test_what_no_source_covers_can_be_rated_and_not_asked_for_another_goal(
    start: Start, chinese_answer: Answer, slack: FakeSlack
) -> None:
    answer = replace(chinese_answer, abstained=True, citations=())
    async with start(ScriptedTutor(answer)) as space:
        await space.event(direct(QUESTION))
    elements = slack.controls("D1")[0]["elements"]
    assert [each["type"] for each in elements] == ["button"] * 3


async def test_question_and_answer_are_kept_for_the_person(space: Workspace) -> None:
    await space.event(mention(QUESTION))
    await space.slack.until(lambda: space.slack.controls("C1"))
    owner = await space.person()
    assert owner is not None
    (head,) = await space.services.conversations.conversations(owner)
    messages = await space.services.conversations.messages(owner, head.id)
    assert (messages[0].role, messages[0].text) == (Role.LEARNER, QUESTION)


async def test_a_thread_with_the_assistant_begins_with_a_greeting_and_questions(
    space: Workspace,
) -> None:
    thread = {"user_id": "U1", "channel_id": "D1", "thread_ts": "300.1", "context": {}}
    opened = {"type": "assistant_thread_started", "assistant_thread": thread}
    for _ in range(2):  # Slack sends it once more
        await space.event(opened, "Ev7")
    await space.slack.until(lambda: space.slack.called("assistant.threads.setSuggestedPrompts"))
    (greeting,) = space.slack.messages.values()
    assert greeting.thread == "300.1"
    assert greeting.text.startswith("你好，我是先后。")
    assert "Hello, I am Xianhou." in greeting.text
    (prompts,) = space.slack.called("assistant.threads.setSuggestedPrompts")
    assert prompts["thread_ts"] == "300.1"
    assert len(prompts["prompts"]) == 4


async def test_a_person_who_asked_before_is_greeted_in_their_language(
    start: Start, chinese_answer: Answer, slack: FakeSlack
) -> None:
    english = replace(chinese_answer.learner, language=Language.ENGLISH)
    answer = replace(chinese_answer, language=Language.ENGLISH, learner=english)
    async with start(ScriptedTutor(answer)) as space:
        await space.event(direct("What first?"))
        await slack.until(lambda: slack.controls("D1"))
        await space.event(
            {"type": "app_home_opened", "tab": "messages", "channel": "D1", "user": "U1"}
        )
        await slack.until(lambda: slack.called("assistant.threads.setSuggestedPrompts"))
    (prompts,) = slack.called("assistant.threads.setSuggestedPrompts")
    assert "thread_ts" not in prompts
    assert all(prompt["message"].isascii() for prompt in prompts["prompts"])
    assert len(slack.seen("D1")) == 1  # opening the messages is no reason to write one
