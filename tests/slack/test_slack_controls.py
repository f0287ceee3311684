"""The goals and the feedback below an answer, and forgetting."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from fake_slack import FakeSlack
from slack_workspace import FORM, Start, Workspace, mention

from corpus.types import Goal, Language
from tests.api.scripted_tutor import ScriptedTutor
from tests.http.slow_tutor import SlowTutor
from tutor.answer import Answer
from tutor.memory.records import Feedback, FeedbackKind

QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"
HELPFUL, NOT_HELPFUL = "feedback-helpful", "feedback-not-helpful"


@pytest.fixture
async def controls(space: Workspace) -> dict[str, Any]:
    """What stands below an answer to U1."""
    await space.event(mention(QUESTION))
    await space.slack.until(lambda: space.slack.controls("C1"))
    return space.slack.controls("C1")[0]


async def feedback(space: Workspace, controls: dict[str, Any]) -> tuple[Feedback, ...]:
    """What is stored about the conversation of U1."""
    owner = await space.person()
    assert owner is not None
    conversation_id, _ = controls["block_id"].split(":")
    return (await space.services.conversations.export(owner, conversation_id)).feedback


async def whispers(space: Workspace, count: int) -> list[str]:
    """What was said to one person alone."""
    await space.slack.until(lambda: len(space.slack.called("chat.postEphemeral")) >= count)
    return [each["text"] for each in space.slack.called("chat.postEphemeral")]


async def test_controls_carry_ids_and_nothing_else(
    space: Workspace, controls: dict[str, Any]
) -> None:
    owner = await space.person()
    assert owner is not None
    (head,) = await space.services.conversations.conversations(owner)
    messages = await space.services.conversations.messages(owner, head.id)
    assert controls["block_id"] == f"{head.id}:{messages[-1].id}"
    assert owner not in str(controls)
    assert QUESTION not in str(controls)


async def test_choosing_a_goal_asks_the_question_again_for_it_in_the_same_thread(
    space: Workspace, tutor: ScriptedTutor, controls: dict[str, Any]
) -> None:
    await space.click(controls, "goal", option="research")
    await space.slack.until(lambda: len(space.slack.controls("C1")) == 2)
    question, wishes, before = tutor.asked[1]
    assert question == QUESTION
    assert wishes is not None
    assert (wishes.goal, wishes.language) == (Goal.RESEARCH, Language.CHINESE)
    assert len(before.turns) == 1
    assert [message.thread for message in space.slack.messages.values()] == ["100.1"] * 2


async def test_somebody_elses_choice_of_a_goal_asks_nothing(
    space: Workspace, tutor: ScriptedTutor, controls: dict[str, Any]
) -> None:
    await space.click(controls, "goal", option="research", user="U2")
    (said,) = await whispers(space, 1)
    assert said.startswith("只有提问的人可以操作这个回答")
    assert space.slack.called("chat.postEphemeral")[0]["user"] == "U2"
    assert len(tutor.asked) == 1
    assert len(space.slack.seen("C1")) == 1


async def test_a_goal_while_the_thread_is_being_answered_is_told_to_wait(
    start: Start, chinese_answer: Answer, slack: FakeSlack
) -> None:
    tutor = SlowTutor(chinese_answer)
    tutor.go_on.set()
    async with start(tutor) as space:
        await space.event(mention(QUESTION))
        await slack.until(lambda: slack.controls("C1"))
        tutor.go_on.clear()
        await space.click(slack.controls("C1")[0], "goal", option="job")
        await slack.until(tutor.waiting.is_set)
        await space.click(slack.controls("C1")[0], "goal", option="research")
        await slack.until(lambda: len(slack.seen("C1")) == 2)
        assert slack.seen("C1")[1].startswith("这个对话的上一个问题还在回答中")
        tutor.go_on.set()


async def test_feedback_is_stored_and_thanked_for(
    space: Workspace, controls: dict[str, Any]
) -> None:
    await space.click(controls, "feedback-wrong-citation")
    assert await whispers(space, 1) == ["记下了，谢谢。"]
    (stored,) = await feedback(space, controls)
    assert stored.kind is FeedbackKind.WRONG_CITATION
    assert stored.message_id == controls["block_id"].split(":")[1]


async def test_a_second_click_changes_nothing(space: Workspace, controls: dict[str, Any]) -> None:
    await space.click(controls, HELPFUL)
    await whispers(space, 1)
    await space.click(controls, NOT_HELPFUL)
    assert (await whispers(space, 2))[1].startswith("这个回答你已经评价过了")
    assert [each.kind for each in await feedback(space, controls)] == [FeedbackKind.HELPFUL]


async def test_what_was_said_of_an_answer_elsewhere_stands(
    space: Workspace, controls: dict[str, Any]
) -> None:
    owner = await space.person()
    assert owner is not None
    ids = controls["block_id"].split(":")
    await space.services.conversations.add_feedback(owner, *ids, FeedbackKind.NOT_HELPFUL)
    await space.click(controls, HELPFUL)
    assert (await whispers(space, 1))[0].startswith("这个回答你已经评价过了")
    assert [each.kind for each in await feedback(space, controls)] == [FeedbackKind.NOT_HELPFUL]


async def test_of_many_clicks_at_once_one_counts(
    space: Workspace, controls: dict[str, Any]
) -> None:
    await asyncio.gather(*(space.click(controls, HELPFUL) for _ in range(8)))
    said = await whispers(space, 8)
    assert said.count("记下了，谢谢。") == 1
    assert len(await feedback(space, controls)) == 1


@pytest.mark.parametrize("known", [True, False], ids=["who asked too", "who never asked"])
async def test_somebody_elses_click_changes_nothing(
    space: Workspace, controls: dict[str, Any], known: bool
) -> None:
    if known:
        await space.event(mention("数学呢？", user="U2", ts="100.2", thread_ts="100.1"))
        await space.slack.until(lambda: len(space.slack.controls("C1")) == 2)
    await space.click(controls, HELPFUL, user="U2")
    (said,) = await whispers(space, 1)
    assert said.startswith("只有提问的人")
    assert await feedback(space, controls) == ()


async def test_ids_that_a_control_never_had_are_nobodys(
    space: Workspace, controls: dict[str, Any]
) -> None:
    conversation_id, message_id = controls["block_id"].split(":")
    forged = {**controls, "block_id": f"{conversation_id}:{'0' * 32}"}
    await space.click(forged, HELPFUL)
    await space.click(forged, "goal", option="job")
    assert all(said.startswith("只有提问的人") for said in await whispers(space, 2))
    await space.click({**controls, "block_id": "another app's"}, HELPFUL)
    await space.click({**controls, "block_id": f"{message_id}"}, HELPFUL)
    assert await feedback(space, controls) == ()


@pytest.mark.parametrize(
    "payload",
    [
        b'payload={"type":"block_actions","actions":[]}',
        b'payload={"type":"block_actions","actions":[{"action_id":"goal"}]}',
        b'payload={"type":"block_actions","actions":[{"action_id":"feedback-odd","block_id":7}]}',
        b'payload={"type":"view_submission","view":{}}',
        b"command=%2Funknown&team_id=T1&user_id=U1",
    ],
)
async def test_interactions_of_an_odd_shape_end_without_a_server_error(
    space: Workspace, payload: bytes
) -> None:
    assert (await space.post(payload, FORM)).status_code < 500


async def test_forgetting_erases_everything_about_the_person_and_nobody_else(
    space: Workspace, controls: dict[str, Any]
) -> None:
    await space.event(mention("数学呢？", user="U2", ts="100.2", thread_ts="100.1"))
    await space.slack.until(lambda: len(space.slack.controls("C1")) == 2)
    response = await space.command(user="U1")
    assert (response.status_code, response.content) == (200, b"")
    await space.slack.until(lambda: space.slack.called("respond"))
    (said,) = space.slack.called("respond")
    assert said["response_type"] == "ephemeral"
    assert said["text"].startswith("已经删除我记着的关于你的一切")
    assert await space.person("U1") is None
    assert await space.person("U2") is not None


async def test_buttons_of_a_forgotten_answer_say_so(
    space: Workspace, controls: dict[str, Any]
) -> None:
    await space.command()
    await space.slack.until(lambda: space.slack.called("respond"))
    await space.click(controls, HELPFUL)
    await space.click(controls, "goal", option="job")
    assert all("已经被删除" in said for said in await whispers(space, 2))
    assert await space.person() is None


async def test_somebody_of_whom_nothing_is_known_is_told_so_in_both_languages(
    space: Workspace,
) -> None:
    await space.command("/xianhou-forget")
    await space.slack.until(lambda: space.slack.called("respond"))
    (said,) = space.slack.called("respond")
    assert "我没有记着关于你的任何内容。" in said["text"]
    assert "I keep nothing about you." in said["text"]


async def test_forget_me_as_a_message_is_a_question_like_any_other(
    space: Workspace, controls: dict[str, Any], tutor: ScriptedTutor
) -> None:
    await space.event(mention("忘记我", ts="100.2", thread_ts="100.1"))
    await space.slack.until(lambda: len(tutor.asked) == 2)
    assert await space.person() is not None
