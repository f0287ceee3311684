"""What a question may be."""

from __future__ import annotations

from corpus.errors import UsageError
from corpus.types import Bilingual


class QuestionUnreadableError(UsageError):
    """There is no question, or more than one can be."""


LONGEST_QUESTION = 2000  # characters


def is_readable(text: str | None) -> bool:
    """Whether `text` says anything that `readable_question` would take."""
    said = any(character.isalnum() for character in text or "")
    return said and len(text or "") <= LONGEST_QUESTION


def readable_question(question: str) -> str:
    """The question without what no person typed: NUL, lone surrogates, outer blanks.

    Raises QuestionUnreadableError where nothing is left, or more than `LONGEST_QUESTION`
    characters.
    """
    readable = question.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ").strip()
    if not any(character.isalnum() for character in readable):
        raise QuestionUnreadableError(
            Bilingual(
                zh="问题是空的。请写下你想问的，例如：学深度学习要先学机器学习吗？",
                en="The question is empty. Write what you want to know, for example: "
                "do I need machine learning before deep learning?",
            )
        )
    if len(readable) > LONGEST_QUESTION:
        raise QuestionUnreadableError(
            Bilingual(
                zh=f"问题太长（{len(readable)} 字）。请缩短到 {LONGEST_QUESTION} 字以内。",
                en=f"The question is too long ({len(readable)} characters). "
                f"Please keep it within {LONGEST_QUESTION}.",
            )
        )
    return readable
