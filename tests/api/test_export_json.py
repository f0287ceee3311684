"""A conversation as JSON: everything that is stored, with plain values only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from api.answer_json import answer_object
from api.export_json import conversation_object
from api.source_json import learner_object
from corpus.types import Language
from tutor.answer import Answer
from tutor.memory.records import (
    ConversationExport,
    ConversationHead,
    Feedback,
    FeedbackKind,
    Message,
    Role,
)

CREATED = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)
UPDATED = datetime(2025, 3, 1, 8, 5, tzinfo=UTC)


@pytest.fixture
def export(chinese_answer: Answer) -> ConversationExport:
    return ConversationExport(
        ConversationHead("c1", "先学什么？", Language.CHINESE, CREATED, UPDATED, 1),
        chinese_answer.learner,
        (
            Message("q1", 1, Role.LEARNER, "先学什么？", UPDATED),
            Message(
                "a1",
                1,
                Role.TUTOR,
                chinese_answer.text,
                UPDATED,
                chinese_answer.citations,
                chinese_answer,
            ),
        ),
        (Feedback("a1", FeedbackKind.WRONG_CITATION, "陈晓", "不是他说的", UPDATED),),
    )


def test_everything_stored_is_there(export: ConversationExport, chinese_answer: Answer) -> None:
    assert conversation_object(export) == {
        "id": "c1",
        "title": "先学什么？",
        "language": "zh",
        "created": "2025-03-01T08:00:00+00:00",
        "updated": "2025-03-01T08:05:00+00:00",
        "turns": 1,
        "learner": learner_object(chinese_answer.learner),
        "messages": [
            {
                "id": "q1",
                "turn": 1,
                "role": "learner",
                "text": "先学什么？",
                "created": "2025-03-01T08:05:00+00:00",
                "answer": None,
            },
            {
                "id": "a1",
                "turn": 1,
                "role": "tutor",
                "text": chinese_answer.text,
                "created": "2025-03-01T08:05:00+00:00",
                "answer": answer_object(chinese_answer),
            },
        ],
        "feedback": [
            {
                "message_id": "a1",
                "kind": "wrong-citation",
                "sentence": "陈晓",
                "comment": "不是他说的",
                "created": "2025-03-01T08:05:00+00:00",
            }
        ],
    }


def test_it_survives_a_round_trip(export: ConversationExport) -> None:
    made = conversation_object(export)
    assert json.loads(json.dumps(made)) == made


def test_a_conversation_without_turns_is_one_too(export: ConversationExport) -> None:
    made = conversation_object(replace(export, learner=None, messages=(), feedback=()))
    assert (made["learner"], made["messages"], made["feedback"]) == (None, [], [])
