"""Sources, passages and the outcome of an ingest as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from langchain_core.documents import Document

from corpus.index import Index
from corpus.types import Course, Language, Perspective, Position
from ingest.raw import Skipped
from ingest.summary import Summary


def perspective_object(source: Perspective) -> dict[str, Any]:
    """One person's answer without its texts."""
    return {
        "id": source.id,
        "author": source.author,
        "platform": source.platform,
        "url": source.url,
        "title": asdict(source.title),
        "question": asdict(source.question),
        "published": source.published,
        "language": source.language,
        "positions": [_position(position) for position in source.positions],
    }


def course_object(source: Course, named_by: list[str]) -> dict[str, Any]:
    """A course without its texts; `named_by` are the ids of who names it."""
    return {
        "id": source.id,
        "title": asdict(source.title),
        "provider": source.provider,
        "instructors": list(source.instructors),
        "url": source.url,
        "level": source.level,
        "hours": source.hours,
        "status": source.status,
        "superseded_by": source.superseded_by,
        "modules": [
            {
                "id": module.id,
                "title": asdict(module.title),
                "week": module.week,
                "hours": module.hours,
            }
            for module in source.modules
        ],
        "named_by": named_by,
    }


def text_objects(index: Index, source_id: str) -> list[dict[str, Any]]:
    """The stored texts of a source, into which the offsets of its quotations count."""
    return [
        {"language": language, "verbatim": verbatim, "body": body}
        for language in Language
        for verbatim in (True, False)
        if (body := index.text(source_id, language, verbatim)) is not None
    ]


def passage_object(document: Document) -> dict[str, Any]:
    """A passage that a search found."""
    return {**document.metadata, "text": document.page_content}


def summary_object(summary: Summary) -> dict[str, Any]:
    """What an ingest did."""
    return {
        "read": summary.read,
        "unchanged": summary.unchanged,
        "perspectives": summary.perspectives,
        "courses": summary.courses,
        "failures": [_skipped(each) for each in summary.failures],
        "skipped": [_skipped(each) for each in summary.skipped],
    }


def _position(position: Position) -> dict[str, Any]:
    return {
        "topic": position.topic,
        "stance": position.stance,
        "goals": list(position.goals),
        "says": position.says and asdict(position.says),
        "guessed": position.guessed,
    }


def _skipped(skipped: Skipped) -> dict[str, Any]:
    return {"what": skipped.what, "reason": asdict(skipped.reason)}
