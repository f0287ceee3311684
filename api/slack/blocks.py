"""The blocks of a message, and what it is in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.slack import texts
from corpus.types import Bilingual, Goal, Language
from tutor.memory.records import FeedbackKind
from tutor.phrases import goal_name

Block = dict[str, Any]

GOAL_ACTION: Final = "goal"
FEEDBACK_ACTION: Final = "feedback-"
_FEEDBACK: Final[Mapping[FeedbackKind, Bilingual]] = {
    FeedbackKind.HELPFUL: texts.HELPFUL,
    FeedbackKind.NOT_HELPFUL: texts.NOT_HELPFUL,
    FeedbackKind.WRONG_CITATION: texts.WRONG_CITATION,
}
_LONGEST_LINE: Final = 150
_CUT_ENTITY: Final = re.compile(r"&[a-z]*\Z")


def answer_controls(
    conversation_id: str, message_id: str, language: Language, *, choosable: bool
) -> list[Block]:
    """Below an answer: the goals to ask again for, where `choosable`, and what to say of it.

    They carry ids and nothing else: whoever presses one proves by that nothing but who they are.
    """
    elements = [_feedback_button(kind, language) for kind in FeedbackKind]
    if choosable:
        elements.insert(0, _goal_menu(language))
    return [
        {"type": "actions", "block_id": f"{conversation_id}:{message_id}", "elements": elements}
    ]


def message_blocks(markdown: str, controls: Sequence[Block] = ()) -> list[Block]:
    """A message of Markdown with `controls` below."""
    return [{"type": "markdown", "text": markdown}, *controls]


def one_line(markdown: str) -> str:
    """The beginning of a message, for notifications; `markdown` is escaped already."""
    line = " ".join(markdown.split())
    if len(line) <= _LONGEST_LINE:
        return line
    return _CUT_ENTITY.sub("", line[:_LONGEST_LINE]) + "…"


def _goal_menu(language: Language) -> Block:
    options = [{"text": _text(goal_name(goal), language), "value": goal.value} for goal in Goal]
    return {
        "type": "static_select",
        "action_id": GOAL_ACTION,
        "placeholder": _text(texts.CHOOSE_GOAL, language),
        "options": options,
    }


def _feedback_button(kind: FeedbackKind, language: Language) -> Block:
    return {
        "type": "button",
        "action_id": f"{FEEDBACK_ACTION}{kind}",
        "text": _text(_FEEDBACK[kind], language),
    }


def _text(text: Bilingual, language: Language) -> Block:
    return {"type": "plain_text", "text": text.text(language)}
