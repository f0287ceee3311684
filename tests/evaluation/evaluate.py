"""Ask the tutor every question of the evaluation set and report how good the answers are.

Run from the root of the project: `python tests/evaluation/evaluate.py [--half tune|test]
[--json FILE]`. Without `--half` both halves are measured, but only the failures of the tuning
half are shown.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from evaluation_metrics import Finding, Metric, Sources, dropped_share, judge, share
from evaluation_questions import Half, Question, load_questions

from api.settings import Settings
from api.wiring import open_embedder, open_index
from corpus.types import Language
from tutor.answer import Answer
from tutor.examples import load_examples
from tutor.tutor import Tutor

TARGETS = {
    Metric.REQUIRED: 0.95,
    Metric.STANCES: 0.98,
    Metric.GOAL: 0.95,
    Metric.ABSTAINS: 0.95,
    Metric.ANSWERS: 0.97,
    Metric.QUOTES: 1.0,
}
DROPPED = "sentences dropped"
Column = tuple[Half, Language | None]
COLUMNS: tuple[Column, ...] = tuple(
    (half, language) for half in Half for language in (*Language, None)
)


@dataclass(frozen=True, slots=True)
class Tutoring:
    """What is measured: a way to ask, and the sources that the answers come from."""

    ask: Callable[[str], Awaitable[Answer]]
    sources: Sources


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its answer and what was found about it."""

    question: Question
    answer: Answer
    findings: tuple[Finding, ...]


@asynccontextmanager
async def opened(data: Path) -> AsyncIterator[Tutoring]:
    """The tutor over the bundled sources, in the fresh directory `data`."""
    settings = Settings(data=data)
    embedder = open_embedder(settings)
    with open_index(settings, embedder=embedder) as index:
        tutor = Tutor(index, embedder, load_examples(embedder, data))
        try:
            yield Tutoring(tutor.answer, index)
        finally:
            tutor.close()


async def ask_all(questions: Sequence[Question], tutoring: Tutoring) -> list[Judged]:
    """Ask one question after the other and judge the answers."""
    judged = []
    for question in questions:
        answer = await tutoring.ask(question.text)
        findings = judge(question, answer, tutoring.sources)
        judged.append(Judged(question, answer, tuple(findings)))
    return judged


def counts(judged: Sequence[Judged], column: Column) -> dict[str, tuple[int, int]]:
    """Passed and all for each metric, and dropped and all sentences, within one column."""
    half, language = column
    members = [
        one
        for one in judged
        if one.question.half is half and language in (None, one.question.language)
    ]
    findings = [finding for one in members for finding in one.findings]
    result = {str(metric): share(findings, metric) for metric in Metric}
    return {**result, DROPPED: dropped_share(one.answer for one in members)}


def table(judged: Sequence[Judged]) -> str:
    """One row a metric, one column for each half and language that was asked."""
    shown = {column: counts(judged, column) for column in COLUMNS}
    shown = {column: found for column, found in shown.items() if found[Metric.LANGUAGE][1]}
    names = [f"{half} {language or 'all'}" for half, language in shown]
    lines = [f"{'':26}{'target':>8}" + "".join(f"{name:>17}" for name in names)]
    for metric in (*Metric, DROPPED):
        target = f"{TARGETS[metric]:.2f}" if metric in TARGETS else ""
        cells = [_cell(*found[metric]) for found in shown.values()]
        lines.append(f"{metric:26}{target:>8}" + "".join(f"{cell:>17}" for cell in cells))
    return "\n".join(lines)


def _cell(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "-"


def failures(judged: Sequence[Judged], half: Half) -> list[dict[str, str]]:
    """Every failed finding of one half, with its question, grouped by metric."""
    failed = [
        (one.question, finding)
        for one in judged
        if one.question.half is half
        for finding in one.findings
        if not finding.passed
    ]
    failed.sort(key=lambda pair: list(Metric).index(pair[1].metric))
    return [
        {
            "metric": finding.metric,
            "id": question.id,
            "question": question.text,
            "detail": finding.detail,
        }
        for question, finding in failed
    ]


def report(judged: Sequence[Judged], half: Half) -> dict[str, object]:
    """The figures of all columns and the failures of `half`, for a JSON file."""
    figures = {
        f"{column[0]} {column[1] or 'all'}": {
            metric: {"part": part, "whole": whole}
            for metric, (part, whole) in counts(judged, column).items()
        }
        for column in COLUMNS
    }
    return {"questions": len(judged), "figures": figures, "failures": failures(judged, half)}


async def evaluate(half: Half | None) -> list[Judged]:
    """Ask the questions of `half`, or of both, over the bundled sources alone."""
    questions = [one for one in load_questions() if half in (None, one.half)]
    with tempfile.TemporaryDirectory() as data:
        async with opened(Path(data)) as tutoring:
            return await ask_all(questions, tutoring)


def main() -> None:
    """Print the table and the failures; write them to a file when asked."""
    parser = argparse.ArgumentParser(description="How good the answers are.")
    parser.add_argument("--half", type=Half, choices=list(Half), help="ask one half only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write figures and failures")
    arguments = parser.parse_args()
    judged = asyncio.run(evaluate(arguments.half))
    listed = arguments.half or Half.TUNE
    print(table(judged))
    for failure in failures(judged, listed):
        print("\n[{metric}] {id}: {question}\n    {detail}".format(**failure))
    if arguments.json:
        text = json.dumps(report(judged, listed), ensure_ascii=False, indent=2)
        arguments.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
