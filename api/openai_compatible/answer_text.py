"""The text of a completion and where its sources are cited in it."""

from __future__ import annotations

import re
from typing import Any, Final

from api.openai_compatible.citation_objects import Marker, annotation_objects, source_objects
from api.openai_compatible.source_list import below_text
from api.turns import TurnEnded, TurnEvent
from corpus.types import Bilingual
from tutor.answer import Answer, Sentence, Usage
from tutor.events import Notice, SentenceReady

_MARKER: Final = re.compile(r"\[(\d{1,2})\]")


class AnswerText:
    """The text of one completion, which grows with each event of the turn.

    Streamed or not, it is the same. Before the end there are no annotations, sources and usage.
    """

    def __init__(self) -> None:
        self._length = 0
        self._markers: list[Marker] = []
        self._notices: list[Bilingual] = []
        self._answer: Answer | None = None

    def add(self, event: TurnEvent) -> str:
        """What `event` adds to the text; "" for most."""
        added = ""
        match event:
            case SentenceReady(sentence, _):
                added = self._sentence(sentence)
            case Notice(message):
                self._notices.append(message)
            case TurnEnded():
                self._answer = event.answer
                added = below_text(event.answer, self._notices)
        self._length += len(added)
        return added

    def annotations(self) -> list[dict[str, Any]]:
        """Where each source is cited in the text."""
        return annotation_objects(self._markers, self._answer) if self._answer else []

    def sources(self) -> list[dict[str, Any]]:
        """The sources with their quotations."""
        return source_objects(self._answer) if self._answer else []

    def usage(self) -> Usage:
        """What a language model was asked for."""
        return self._answer.usage if self._answer else Usage()

    def _sentence(self, sentence: Sentence) -> str:
        offset = self._length + len(sentence.before)
        for match in _MARKER.finditer(sentence.text):
            if int(match[1]) in sentence.citations:
                place = (offset + match.start(), offset + match.end())
                self._markers.append(Marker(int(match[1]), *place))
        return sentence.before + sentence.text
