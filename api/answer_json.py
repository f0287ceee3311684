"""An answer as JSON, the same for the command line and every other door."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from api.goal_reason import goal_reason
from tutor.answer import Answer, Citation, StanceGroup, Voice
from tutor.learner import Learner


def answer_object(answer: Answer) -> dict[str, Any]:
    """`answer` as an object of plain values.

    `citations[…].quote` is the stored text of `source_id` in `language` with `verbatim`, from
    `start` to `end`, counted in code points. `text` is `before` and `text` of each of `sentences`.
    """
    return {
        "question": answer.question,
        "asked": answer.asked or answer.question,
        "text": answer.text,
        "abstained": answer.abstained,
        "language": answer.language.value,
        "topics": [topic.value for topic in answer.topics],
        "learner": learner_object(answer.learner),
        "positions": [_group(group) for group in answer.positions],
        "one_sided": [topic.value for topic in answer.one_sided],
        "citations": [citation_object(citation) for citation in answer.citations],
        "courses": [{**asdict(each), "modules": list(each.modules)} for each in answer.courses],
        "follow_ups": list(answer.follow_ups),
        "sentences": [
            {
                "before": sentence.before,
                "text": sentence.text,
                "citations": list(sentence.citations),
                "kind": sentence.kind.value,
                "section": sentence.section.value,
            }
            for sentence in answer.sentences
        ],
        "check": asdict(answer.check),
        "writer": answer.writer.value,
        "model": answer.model,
        "usage": asdict(answer.usage),
        "notices": [asdict(notice) for notice in answer.notices],
        "timings_ms": dict(answer.timings_ms),
    }


def learner_object(learner: Learner) -> dict[str, Any]:
    """What is known of a learner, as an object of plain values."""
    return {
        "goal": learner.goal and learner.goal.value,
        "goal_reason": goal_reason(learner),
        "direction": learner.direction and learner.direction.value,
        "weeks": learner.weeks,
        "hours_per_week": learner.hours_per_week,
        "background": asdict(learner.background),
        "language": learner.language.value,
    }


def _group(group: StanceGroup) -> dict[str, Any]:
    return {
        "topic": group.topic.value,
        "stance": group.stance.value,
        "perspectives": [_voice(voice) for voice in group.voices],
    }


def _voice(voice: Voice) -> dict[str, Any]:
    return {
        "author": voice.author,
        "url": voice.url,
        "platform": voice.platform,
        "source_id": voice.source_id,
        "citation": voice.citation,
        "guessed": voice.guessed,
    }


def citation_object(citation: Citation) -> dict[str, Any]:
    """A citation as an object of plain values; `start` and `end` count code points."""
    return {
        "number": citation.number,
        "author": citation.author,
        "platform": citation.platform,
        "title": citation.title,
        "url": citation.url,
        "published": citation.published,
        "quote": citation.quote,
        "source_id": citation.source_id,
        "start": citation.start,
        "end": citation.end,
        "kind": citation.kind.value,
        "language": citation.language.value,
        "verbatim": citation.verbatim,
        "rendering": citation.rendering,
        "age_warning": citation.age_warning,
    }
