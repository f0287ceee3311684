"""Why an answer is as it is, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from tutor.events import Trace
from tutor.retrieval import Candidate
from tutor.selection import Decision


def explain_object(trace: Trace) -> dict[str, Any]:
    """`trace` as an object of plain values.

    Ranks count from 1 and are None where a list does not hold the passage.
    """
    return {
        "probability": trace.probability,
        "evidence": asdict(trace.evidence),
        "decisions": [_decision(decision) for decision in trace.decisions],
        "candidates": [_candidate(candidate) for candidate in trace.candidates],
        "dropped": [{"text": text, "problems": list(problems)} for text, problems in trace.dropped],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    view = decision.view
    return {
        "chosen": decision.chosen,
        "reason": decision.reason.value,
        "weight": decision.weight,
        "source_id": view.perspective.id,
        "author": view.perspective.author,
        "topic": view.position.topic.value,
        "stance": view.position.stance.value,
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    hit, passage = candidate.hit, candidate.passage
    return {
        "passage_id": passage.id,
        "source_id": passage.source_id,
        "kind": passage.kind.value,
        "language": passage.language.value,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "score": hit.score,
        "dense_rank": hit.dense_rank,
        "dense_score": hit.dense_score,
        "lexical_rank": hit.lexical_rank,
        "lexical_score": hit.lexical_score,
    }
