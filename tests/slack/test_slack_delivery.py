"""However Slack fails, an answer is there once, and whole."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace

import pytest
from fake_slack import FakeSlack
from slack_workspace import Start, direct, mention

from api.slack.markdown import MOST_CHARACTERS
from tests.api.scripted_tutor import ScriptedTutor, events_of
from tests.http.slow_tutor import SlowTutor
from tutor.answer import Answer
from tutor.conversation import NEW_CONVERSATION, Conversation
from tutor.events import Event, SentenceReady
from tutor.understanding import Wishes

QUESTION = "学深度学习要先学机器学习吗？我只是做毕设"
FIRST, SECOND = "**不用先学完**[1]。", "\n\n- **陈晓**（知乎）：先补一小块[2]。"


@pytest.fixture
def answer(chinese_answer: Answer) -> Answer:
    """An answer whose sentences make up its text."""
    first, second = chinese_answer.sentences
    return replace(chinese_answer, sentences=(first, replace(second, before="\n\n")))


@dataclass
class SteppingTutor:
    """Gives each sentence of `answer` when a test says so."""

    answer: Answer
    steps: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def ask(
        self,
        question: str,
        wishes: Wishes | None = None,
        conversation: Conversation = NEW_CONVERSATION,
    ) -> AsyncGenerator[Event]:
        """See `tutor.tutor.Tutor.ask`."""
        for event in events_of(replace(self.answer, question=question)):
            if isinstance(event, SentenceReady):
                await self.steps.acquire()
            yield event
            if isinstance(event, SentenceReady):
                await asyncio.sleep(0)


def whole(text: str) -> bool:
    """Whether a text is the answer with everything below it, each part once."""
    once = (FIRST, SECOND.strip(), "**来源**", "example.org/answer/2", "换个目标就在下面选")
    return all(text.count(part) == 1 for part in once)


async def test_an_answer_is_streamed_while_it_is_written(
    start: Start, answer: Answer, slack: FakeSlack
) -> None:
    tutor = SlowTutor(answer, after=3)
    async with start(tutor) as space:
        await space.event(mention(QUESTION))
        await slack.until(lambda: slack.seen("C1") == [FIRST])
        tutor.go_on.set()
    (begun,) = slack.called("chat.startStream")
    assert begun["thread_ts"] == "100.1"
    assert (begun["recipient_team_id"], begun["recipient_user_id"]) == ("T1", "U1")
    (text,) = slack.seen("C1")
    assert whole(text)
    assert slack.controls("C1")
    assert not slack.called("chat.postMessage")
    assert not slack.called("chat.update")


async def test_sentences_are_appended_as_they_come(
    start: Start, answer: Answer, slack: FakeSlack
) -> None:
    tutor = SteppingTutor(answer)
    last = replace(answer.sentences[0], text="\n\n就这样。", citations=())
    tutor.answer = replace(
        answer, text=FIRST + SECOND + last.text, sentences=(*answer.sentences, last)
    )
    async with start(tutor) as space:
        await space.event(mention(QUESTION))
        tutor.steps.release()
        await slack.until(lambda: slack.seen("C1") == [FIRST])
        tutor.steps.release()
        await slack.until(lambda: slack.seen("C1") == [FIRST + SECOND])
        tutor.steps.release()
    assert slack.called("chat.appendStream")[0]["markdown_text"] == SECOND
    (text,) = slack.seen("C1")
    assert whole(text)


async def test_between_two_changes_lies_the_pace_and_the_end_does_not_wait_for_it(
    start: Start, answer: Answer, slack: FakeSlack
) -> None:
    tutor = SteppingTutor(answer)
    async with start(tutor, pace=60) as space:
        await space.event(mention(QUESTION))
        tutor.steps.release()
        await slack.until(lambda: slack.seen("C1") == [FIRST])
        tutor.steps.release()
        await slack.until(lambda: slack.controls("C1"))
    assert not slack.called("chat.appendStream")
    (text,) = slack.seen("C1")
    assert whole(text)


async def test_where_slack_does_not_stream_the_message_is_posted_and_edited_in_place(
    start: Start, answer: Answer, slack: FakeSlack
) -> None:
    slack.fail("chat.startStream", error="channel_type_not_supported")
    tutor = SlowTutor(answer, after=3)
    async with start(tutor) as space:
        await space.event(direct(QUESTION))
        await slack.until(lambda: slack.seen("D1") == [FIRST])
        tutor.go_on.set()
    (text,) = slack.seen("D1")
    assert whole(text)
    assert slack.controls("D1")
    assert len(slack.called("chat.postMessage")) == 1
    assert slack.called("chat.update")


@pytest.mark.parametrize("streams", [True, False])
async def test_a_message_changes_no_faster_than_the_pace(
    start: Start, answer: Answer, slack: FakeSlack, streams: bool
) -> None:
    if not streams:
        slack.fail("chat.startStream", error="channel_type_not_supported")
    first = answer.sentences[0]
    many = tuple(replace(first, text=f"第 {number} 句。") for number in range(200))
    text = "".join(each.text for each in many)
    async with start(ScriptedTutor(replace(answer, text=text, sentences=many))) as space:
        await space.event(mention(QUESTION))
    changes = [call for call in slack.calls if call.method.startswith("chat.")]
    assert len(changes) < 10
    assert slack.seen("C1")[0].startswith(text)


@pytest.mark.parametrize("method", ["chat.startStream", "chat.stopStream", "chat.postMessage"])
async def test_being_told_to_slow_down_is_waited_for(
    start: Start, answer: Answer, slack: FakeSlack, method: str
) -> None:
    if method == "chat.postMessage":
        slack.fail("chat.startStream", error="channel_type_not_supported")
    slack.fail(method, status=429, error="ratelimited", headers={"Retry-After": "1"})
    begun = time.monotonic()
    async with start(ScriptedTutor(answer)) as space:
        await space.event(mention(QUESTION))
    assert time.monotonic() - begun >= 1
    (text,) = slack.seen("C1")
    assert whole(text)


async def test_being_told_to_slow_down_mid_stream_loses_nothing(
    start: Start, answer: Answer, slack: FakeSlack
) -> None:
    slack.fail("chat.appendStream", status=429, error="ratelimited", headers={"Retry-After": "0"})
    tutor = SteppingTutor(answer)
    async with start(tutor) as space:
        await space.event(mention(QUESTION))
        tutor.steps.release()
        await slack.until(lambda: slack.seen("C1") == [FIRST])
        tutor.steps.release()
    (text,) = slack.seen("C1")
    assert whole(text)


@pytest.mark.parametrize("done", [True, False], ids=["done all the same", "not done"])
@pytest.mark.parametrize("method", ["chat.appendStream", "chat.stopStream"])
async def test_a_server_error_mid_stream_leaves_the_whole_answer_once(
    start: Start, answer: Answer, slack: FakeSlack, method: str, done: bool
) -> None:
    slack.fail(method, status=500, error="internal_error", done=done)
    tutor = SteppingTutor(answer)
    async with start(tutor) as space:
        await space.event(mention(QUESTION))
        tutor.steps.release()
        await slack.until(lambda: slack.seen("C1") == [FIRST])
        tutor.steps.release()
    (text,) = slack.seen("C1")
    assert whole(text)
    assert len(slack.controls("C1")) == 1


async def test_a_stream_that_slack_closed_by_itself_is_completed(
    start: Start, answer: Answer, slack: FakeSlack
) -> None:
    tutor = SteppingTutor(answer)
    async with start(tutor) as space:
        await space.event(mention(QUESTION))
        tutor.steps.release()
        await slack.until(lambda: slack.seen("C1") == [FIRST])
        next(iter(slack.messages.values())).streaming = False
        tutor.steps.release()
    (text,) = slack.seen("C1")
    assert whole(text)


async def test_a_half_that_cannot_be_edited_is_replaced_by_a_new_message(
    start: Start, answer: Answer, slack: FakeSlack
) -> None:
    slack.fail("chat.stopStream", status=500, error="internal_error", times=2)
    slack.fail("chat.update", error="cant_update_message")
    tutor = SlowTutor(answer, after=3)
    async with start(tutor) as space:
        await space.event(mention(QUESTION))
        await slack.until(lambda: slack.seen("C1") == [FIRST])
        tutor.go_on.set()
    (text,) = slack.seen("C1")
    assert whole(text)
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
async def test_a_server_error_while_a_message_is_edited_leaves_the_whole_answer_once(
    start: Start, answer: Answer, slack: FakeSlack, method: str
) -> None:
    slack.fail("chat.startStream", error="channel_type_not_supported")
    slack.fail(method, status=500, error="internal_error")
    tutor = SteppingTutor(answer)
    async with start(tutor) as space:
        await space.event(mention(QUESTION))
        tutor.steps.release()
        await slack.until(lambda: slack.called("chat.postMessage"))
        tutor.steps.release()
    (text,) = slack.seen("C1")
    assert whole(text)


async def test_a_slack_that_cannot_be_reached_at_all_stops_nobody_else(
    start: Start, answer: Answer, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    for method in ("chat.startStream", "chat.postMessage", "assistant.threads.setStatus"):
        slack.fail(method, status=503, error="service_unavailable", times=2)
    tutor = ScriptedTutor(answer)
    async with start(tutor) as space:
        await space.event(mention(QUESTION))
        await slack.until(lambda: "a call to Slack failed" in caplog.text)
        slack.faults.clear()
        await space.event(direct(QUESTION))
    (text,) = slack.seen("D1")
    assert whole(text)
    assert QUESTION not in caplog.text


async def test_a_long_answer_comes_in_parts_with_the_controls_below_the_last(
    start: Start, answer: Answer, slack: FakeSlack
) -> None:
    first = answer.sentences[0]
    many = tuple(
        replace(first, text=f"这是第 {number} 句很长很长的话，讲怎么学[{number}]。")
        for number in range(1, 1001)
    )
    text = "".join(each.text for each in many)
    async with start(ScriptedTutor(replace(answer, text=text, sentences=many))) as space:
        await space.event(mention(QUESTION))
    parts = slack.seen("C1")
    assert len(parts) > 2
    assert all(len(part) <= MOST_CHARACTERS for part in parts)
    assert "".join(parts).startswith(text)
    *before, last = slack.messages.values()
    assert not any(message.blocks[1:] for message in before)
    assert [block["type"] for block in last.blocks] == ["markdown", "actions"]
    assert {message.thread for message in slack.messages.values()} == {"100.1"}


async def test_what_was_shown_of_a_text_that_becomes_too_long_is_taken_back_to_its_first_part(
    start: Start, answer: Answer, slack: FakeSlack
) -> None:
    first = answer.sentences[0]
    said = ("一" * 9000 + "。", "二" * 900, "三" * 900 + "。[1]")
    sentences = tuple(replace(first, text=text) for text in said)
    tutor = SteppingTutor(replace(answer, text="".join(said), sentences=sentences))
    async with start(tutor) as space:
        await space.event(mention(QUESTION))
        for number in (1, 2):
            tutor.steps.release()
            shown = "".join(said[:number])
            await slack.until(lambda shown=shown: slack.seen("C1") == [shown])
        tutor.steps.release()
    before, after = slack.seen("C1")
    assert before == said[0]
    assert after.startswith("".join(said[1:]))
