"""Buttons and menus, and what their ids mean when they come back.

An id names an answer, never a person: whose it is decides the store when somebody presses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from api.discord import words
from api.discord.messages import Payload
from corpus.types import Bilingual, Goal, Language
from tutor.memory.records import FeedbackKind
from tutor.phrases import goal_name

FORGET: Final = "forget"
KEEP: Final = "keep"
CLEAR_GOAL: Final = "clear-goal"
AGAIN: Final = "again"
_ROW: Final = 1
_BUTTON: Final = 2
_MENU: Final = 3
_SECONDARY: Final = 2
_DANGER: Final = 4
_OF_ANSWER: Final = re.compile(
    r"(?P<does>[a-z-]{1,20}):(?P<conversation>[0-9a-f]{32}):(?P<message>[0-9a-f]{32})"
)
_FEEDBACK: Final = {
    FeedbackKind.HELPFUL: words.HELPFUL,
    FeedbackKind.NOT_HELPFUL: words.NOT_HELPFUL,
    FeedbackKind.WRONG_CITATION: words.WRONG_CITATION,
}


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """Where an answer is kept."""

    conversation_id: str
    message_id: str


def answer_rows(kept: KeptAnswer, language: Language) -> list[Payload]:
    """Below an answer: ask again for another goal, and say what it was worth."""
    menu = {
        "type": _MENU,
        "custom_id": _id_of(AGAIN, kept),
        "placeholder": words.OTHER_GOAL.text(language),
        "options": [
            {"label": _capitalised(goal_name(goal).text(language)), "value": goal.value}
            for goal in Goal
        ],
    }
    buttons = (
        _button(_id_of(kind.value, kept), label, language) for kind, label in _FEEDBACK.items()
    )
    return [_row(menu), _row(*buttons)]


def forget_rows(language: Language) -> list[Payload]:
    """Whether everything is really to be erased."""
    return [
        _row(
            _button(FORGET, words.FORGET, language, _DANGER),
            _button(KEEP, words.KEEP, language),
        )
    ]


def clear_goal_rows(language: Language) -> list[Payload]:
    """Below what is known of a learner."""
    return [_row(_button(CLEAR_GOAL, words.CLEAR_GOAL, language))]


def read_id(custom_id: str) -> tuple[str, KeptAnswer | None]:
    """What a component does, and to which answer."""
    if match := _OF_ANSWER.fullmatch(custom_id):
        return match["does"], KeptAnswer(match["conversation"], match["message"])
    return custom_id, None


def _id_of(does: str, kept: KeptAnswer) -> str:
    return f"{does}:{kept.conversation_id}:{kept.message_id}"


def _button(
    custom_id: str, label: Bilingual, language: Language, style: int = _SECONDARY
) -> Payload:
    return {"type": _BUTTON, "style": style, "custom_id": custom_id, "label": label.text(language)}


def _row(*components: Payload) -> Payload:
    return {"type": _ROW, "components": list(components)}


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
