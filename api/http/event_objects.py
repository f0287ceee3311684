"""The tutor's events as JSON."""

from __future__ import annotations

from typing import Any

from api.source_json import citation_object, learner_object
from corpus.types import Language
from tutor.events import (
    LearnerUnderstood,
    Notice,
    Reading,
    SentenceReady,
    SourcesFound,
)

OngoingEvent = LearnerUnderstood | SourcesFound | SentenceReady | Notice
"""The events before the answer is whole."""


def event_name(event: OngoingEvent) -> str:
    """The name of an event in a stream."""
    match event:
        case LearnerUnderstood():
            return "understood"
        case SourcesFound():
            return "sources"
        case SentenceReady():
            return "sentence"
        case Notice():
            return "notice"


def event_object(event: OngoingEvent, language: Language) -> dict[str, Any]:
    """The data of an event; `language` is that of what is said to the reader beside the answer."""
    match event:
        case LearnerUnderstood(learner, asked, changed):
            return {
                "learner": learner_object(learner),
                "asked": asked,
                "changed": list(changed),
            }
        case SourcesFound(sources):
            return {"sources": [_reading(source, language) for source in sources]}
        case SentenceReady(sentence, citations):
            return {
                "before": sentence.before,
                "text": sentence.text,
                "citations": list(sentence.citations),
                "kind": sentence.kind.value,
                "section": sentence.section.value,
                "topic": sentence.topic and sentence.topic.value,
                "new_citations": [citation_object(citation) for citation in citations],
            }
        case Notice(message):
            return {"message": message.text(language)}


def _reading(source: Reading, language: Language) -> dict[str, Any]:
    return {
        "source_id": source.source_id,
        "kind": source.kind.value,
        "author": source.author,
        "platform": source.platform,
        "title": source.title.text(language),
        "url": source.url,
        "published": source.published,
    }
