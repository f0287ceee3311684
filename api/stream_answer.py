"""Showing an answer while it is being written."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, contextmanager
from typing import Protocol

from api.answer_view import notice_line
from api.blocks import Block
from api.interface_language import interface_language
from api.terminal import is_terminal
from corpus.types import Bilingual
from tutor.events import Done, Event, LearnerUnderstood, Notice, SentenceReady, SourcesFound

_READING = Bilingual(zh="正在读 {n} 份来源 …", en="Reading {n} sources …")


class AnswerStream(Protocol):
    """Where an answer appears piece by piece; all pieces together are its text."""

    def waiting(self, text: str) -> None:
        """Tell what is being done before the next piece."""

    def add(self, text: str) -> None:
        """The next piece of the answer."""

    def notice(self, text: str) -> None:
        """A word about the answer that is not part of it, at this place."""

    def finish(self, blocks: Sequence[Block]) -> None:
        """What stands below the answer, which is now complete."""

    def close(self) -> None:
        """Leave the output clean, whether the answer is complete or not."""


@contextmanager
def answer_stream() -> Iterator[AnswerStream]:
    """Drawn on a terminal, plain text anywhere else; closed after the block."""
    stream = _made()
    try:
        yield stream
    finally:
        stream.close()


async def show_answer(events: AsyncGenerator[Event], stream: AnswerStream) -> Done:
    """Shows `events` as they come and gives the last one; raises what they raise."""
    language = interface_language()
    async with aclosing(events):
        async for event in events:
            match event:
                case LearnerUnderstood(learner):
                    language = learner.language
                case SourcesFound(sources) if sources:
                    stream.waiting(_READING.text(language).format(n=len(sources)))
                case SentenceReady(sentence):
                    stream.add(sentence.before + sentence.text)
                case Notice(message):
                    stream.notice(notice_line(message, language).text)
                case Done():
                    return event
    raise AssertionError("ask always ends with Done")


def _made() -> AnswerStream:
    if is_terminal(sys.stdout):
        from api.stream_terminal import TerminalStream

        return TerminalStream()
    from api.stream_plain import PlainStream

    return PlainStream()
