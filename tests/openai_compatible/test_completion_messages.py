"""What is read from the messages of a request."""

from __future__ import annotations

from typing import Any

import pytest
from completion_material import chinese_answer

from api.openai_compatible.bodies import MessageBody
from api.openai_compatible.messages import Exchange, Said, read_messages
from api.openai_compatible.refusals import CompletionRefusedError
from api.openai_compatible.source_list import below_text


def said(*messages: tuple[str, Any]) -> Said:
    return read_messages([MessageBody(role=role, content=content) for role, content in messages])


def refusal(*messages: tuple[str, Any]) -> CompletionRefusedError:
    with pytest.raises(CompletionRefusedError) as caught:
        said(*messages)
    assert caught.value.status == 400
    assert caught.value.param == "messages"
    return caught.value


def test_the_last_message_of_the_user_is_the_question() -> None:
    heard = said(("user", "要学数学吗？"), ("assistant", "要一点。"), ("user", "多少？"))
    assert heard == Said("多少？", (Exchange("要学数学吗？", "要一点。"),))


def test_the_texts_of_a_list_of_parts_are_put_together() -> None:
    parts = [{"type": "text", "text": "要学数学吗？"}, {"type": "text", "text": "我做毕设"}]
    assert said(("user", parts)).question == "要学数学吗？\n我做毕设"


def test_instructions_of_the_client_and_results_of_tools_are_passed_over() -> None:
    heard = said(
        ("system", "You are a pirate."),
        ("developer", "Answer in verse."),
        ("user", "要学数学吗？"),
        ("tool", "42"),
    )
    assert heard == Said("要学数学吗？", ())


def test_a_question_that_was_never_answered_is_no_exchange() -> None:
    heard = said(("user", "一？"), ("user", "二？"), ("assistant", "好。"), ("user", "三？"))
    assert heard.earlier == (Exchange("二？", "好。"),)


def test_the_list_of_sources_of_an_earlier_answer_is_taken_off_again() -> None:
    answer = chinese_answer()
    shown = answer.text + below_text(answer, ())
    assert shown != answer.text
    heard = said(("user", "一？"), ("assistant", shown), ("user", "二？"))
    assert heard.earlier == (Exchange("一？", answer.text),)


def test_without_messages_there_is_no_question() -> None:
    assert "user" in refusal().message.en


def test_a_system_message_alone_is_no_question() -> None:
    assert "user" in refusal(("system", "Hello")).message.en


@pytest.mark.parametrize("after", [[], [("tool", "42")]])
def test_messages_that_end_with_the_assistant_ask_nothing(after: list[tuple[str, Any]]) -> None:
    refused = refusal(("user", "一？"), ("assistant", "好。"), *after)
    assert "assistant" in refused.message.en
    assert "assistant" in refused.message.zh


IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}


@pytest.mark.parametrize(
    "content",
    [
        [{"type": "text", "text": "这是什么？"}, IMAGE],
        [IMAGE],
        [],
        None,
        7,
        [[[]]],
        [{"type": "text"}],
    ],
)
def test_a_question_with_something_else_than_text_is_refused_naming_what_is_understood(
    content: Any,
) -> None:
    refused = refusal(("user", content))
    assert refused.code == "unsupported_content"
    assert '"type": "text"' in refused.message.zh
    assert refused.message.zh != refused.message.en


def test_an_earlier_message_may_hold_what_another_model_could_read() -> None:
    parts = [{"type": "text", "text": "这是什么？"}, IMAGE]
    heard = said(("user", parts), ("assistant", None), ("user", "要学数学吗？"))
    assert heard.earlier == (Exchange("这是什么？", ""),)


def test_half_a_character_is_left_out() -> None:
    assert said(("user", "要学数学\ud83d吗？")).question == "要学数学吗？"
