"""An answer as JSON, the same for the command line and every other door."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from api.plan_json import module_name, plan_object
from api.source_json import citation_object, learner_object
from tutor.answer import Answer, StanceGroup, Voice


def answer_object(answer: Answer) -> dict[str, Any]:
    """`answer` as an object of plain values.

    `citations[…].quote` is the stored text of `source_id` in `language` with `verbatim`, from
    `start` to `end`, counted in code points. `text` is `before` and `text` of each of `sentences`.
    `plan` is null unless one was asked for; its citations begin with those of the answer.
    `finished` are the modules ("course/module") that the learner said to have finished.
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
        "plan": answer.plan and plan_object(answer.plan),
        "finished": [module_name(key) for key in answer.finished],
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
