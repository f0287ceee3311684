"""A conversation as JSON: everything that is stored about it."""

from __future__ import annotations

from typing import Any

from api.answer_json import answer_object
from api.source_json import learner_object
from tutor.memory.records import ConversationExport, ConversationHead, Feedback, Message


def conversation_object(export: ConversationExport) -> dict[str, Any]:
    """`export` as an object of plain values, oldest message first.

    `answer` of a message is as in `answer_object`; null for a learner's message, and where a
    later version of the program stored it in a form that this one cannot read.
    """
    return {
        **head_object(export.head),
        "learner": learner_object(export.learner) if export.learner else None,
        "messages": [message_object(message) for message in export.messages],
        "feedback": [_feedback(each) for each in export.feedback],
    }


def head_object(head: ConversationHead) -> dict[str, Any]:
    """A conversation in a list; times in UTC, as in "2025-01-31T08:00:00+00:00"."""
    return {
        "id": head.id,
        "title": head.title,
        "language": head.language.value,
        "created": head.created.isoformat(),
        "updated": head.updated.isoformat(),
        "turns": head.turns,
    }


def message_object(message: Message) -> dict[str, Any]:
    """A message as it was said."""
    return {
        "id": message.id,
        "turn": message.turn,
        "role": message.role.value,
        "text": message.text,
        "created": message.created.isoformat(),
        "answer": answer_object(message.answer) if message.answer else None,
    }


def _feedback(feedback: Feedback) -> dict[str, Any]:
    return {
        "message_id": feedback.message_id,
        "kind": feedback.kind.value,
        "sentence": feedback.sentence,
        "comment": feedback.comment,
        "created": feedback.created.isoformat(),
    }
