"""A conversation that only the client remembers."""

from __future__ import annotations

import pytest
from completion_material import QUESTION, chinese_answer

from api.openai_compatible.earlier_turns import conversation_of
from api.openai_compatible.messages import Exchange
from corpus.types import Goal, Language, Topic
from tutor.conversation import NEW_CONVERSATION
from tutor.listening import listen

ANSWERED = Exchange(QUESTION, chinese_answer().text)


def test_without_earlier_messages_it_is_new() -> None:
    assert conversation_of([]) == NEW_CONVERSATION


def test_what_the_learner_told_of_themselves_is_known_again() -> None:
    conversation = conversation_of([ANSWERED, Exchange("那数学呢？", "要一点[1]。")])
    assert conversation.learner is not None
    assert conversation.learner.goal is Goal.GRADUATION_PROJECT
    assert [turn.topics for turn in conversation.turns] == [
        (Topic.ML_BEFORE_DL,),
        (Topic.MATH_DEPTH,),
    ]


@pytest.mark.parametrize(
    ("first", "next_question", "topic"),
    [
        (QUESTION, "那数学呢？", Topic.MATH_DEPTH),
        ("Do I need ML before deep learning?", "And for a job?", Topic.ML_BEFORE_DL),
    ],
)
def test_a_follow_up_is_understood_from_it(first: str, next_question: str, topic: Topic) -> None:
    heard = listen(next_question, None, conversation_of([Exchange(first, "Start [1].")]))
    assert topic in heard.understanding.topics
    assert heard.understanding.question != next_question


def test_a_goal_that_was_given_up_stays_given_up() -> None:
    conversation = conversation_of([ANSWERED, Exchange("我改主意了，我想找工作", "好[1]。")])
    assert conversation.learner is not None
    assert conversation.learner.goal is Goal.JOB


def test_an_answer_without_a_source_is_nothing_to_go_on_from() -> None:
    (turn,) = conversation_of([Exchange(QUESTION, "我的来源没有谈到这个。")]).turns
    assert turn.abstained
    assert turn.topics == ()


@pytest.mark.parametrize("question", ["", "？！", "长" * 2001, "\0"])
def test_what_is_no_question_is_left_out(question: str) -> None:
    conversation = conversation_of([ANSWERED, Exchange(question, "好。")])
    assert len(conversation.turns) == 1


def test_a_long_conversation_keeps_its_last_turns_and_the_language() -> None:
    conversation = conversation_of(
        [Exchange(f"数学要学到第几章？{n}", "好[1]。") for n in range(200)]
    )
    assert [turn.question[-3:] for turn in conversation.turns] == [str(n) for n in range(194, 200)]
    assert conversation.learner is not None
    assert conversation.learner.language is Language.CHINESE
