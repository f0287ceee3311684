"""Hold every conversation of the evaluation set with the tutor and report how good the replies are.

Run from the root of the project: `python tests/evaluation/evaluate_conversations.py
[--half tune|test] [--json FILE]`. Only the failures of the tuning half are ever shown.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evaluation_conversations import Finding, Metric, Reply, Said, Script, judge, load_conversations
from evaluation_questions import Half

from api.settings import Settings
from api.wiring import open_embedder, open_index
from corpus.types import Language
from tutor.conversation import NEW_CONVERSATION, Conversation, continued
from tutor.events import Done, LearnerUnderstood
from tutor.examples import load_examples
from tutor.tutor import Tutor

TODAY = date(2026, 11, 21)
SHOWN = 160  # characters of a message in the list of failures
Ask = Callable[[str, Conversation], Awaitable[Reply]]
Factory = Callable[[Path], AbstractAsyncContextManager[Ask]]
Column = tuple[Half, Language | None]
COLUMNS: tuple[Column, ...] = tuple(
    (half, language) for half in Half for language in (*Language, None)
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One turn, counted from 1, with its reply and what was found about it."""

    script: Script
    number: int
    said: Said
    reply: Reply
    findings: tuple[Finding, ...]


@asynccontextmanager
async def opened(data: Path) -> AsyncIterator[Ask]:
    """The tutor over the bundled sources, without a language model; `data` is a fresh directory."""
    settings = Settings(data=data)
    embedder = open_embedder(settings)
    with open_index(settings, embedder=embedder) as index:
        tutor = Tutor(index, embedder, load_examples(embedder, data), today=lambda: TODAY)
        try:
            yield asking(tutor)
        finally:
            tutor.close()


def asking(tutor: Tutor) -> Ask:
    """Ask `tutor` and keep what its events tell."""

    async def ask(question: str, conversation: Conversation) -> Reply:
        changed: tuple[str, ...] = ()
        async for event in tutor.ask(question, conversation=conversation):
            if isinstance(event, LearnerUnderstood):
                changed = event.changed
            elif isinstance(event, Done):
                return Reply(event.answer, changed)
        raise AssertionError("ask always ends with Done")

    return ask


async def play(scripts: Sequence[Script], ask: Ask) -> list[Judged]:
    """Hold one conversation after the other, each from its beginning, and judge every turn."""
    judged = []
    for script in scripts:
        conversation = NEW_CONVERSATION
        for number, said in enumerate(script.turns, start=1):
            reply = await ask(said.text, conversation)
            findings = tuple(judge(said, reply))
            judged.append(Judged(script, number, said, reply, findings))
            conversation = continued(conversation, reply.answer)
    return judged


def counts(judged: Sequence[Judged], column: Column) -> dict[Metric, tuple[int, int]]:
    """Passed and all for each metric, within one column: a half and a first language."""
    half, language = column
    findings = [
        finding
        for one in judged
        if one.script.half is half and language in (None, one.script.language)
        for finding in one.findings
    ]
    return {metric: _share(findings, metric) for metric in Metric}


def _share(findings: Sequence[Finding], metric: Metric) -> tuple[int, int]:
    verdicts = [finding.passed for finding in findings if finding.metric is metric]
    return sum(verdicts), len(verdicts)


def table(judged: Sequence[Judged]) -> str:
    """One row a metric, one column for each half and language that was played."""
    shown = {column: counts(judged, column) for column in COLUMNS}
    shown = {column: found for column, found in shown.items() if found[Metric.LANGUAGE][1]}
    names = [f"{half} {language or 'all'}" for half, language in shown]
    lines = [f"{'':24}" + "".join(f"{name:>17}" for name in names)]
    for metric in Metric:
        cells = [_cell(*found[metric]) for found in shown.values()]
        lines.append(f"{metric:24}" + "".join(f"{cell:>17}" for cell in cells))
    return "\n".join(lines)


def _cell(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "-"


def failures(judged: Sequence[Judged]) -> list[dict[str, str]]:
    """Every failed finding of the tuning half, in the order of the conversations."""
    return [
        {
            "turn": f"{one.script.id}/{one.number}",
            "metric": finding.metric,
            "say": one.said.text,
            "asked": one.reply.answer.asked,
            "detail": finding.detail,
        }
        for one in judged
        if one.script.half is Half.TUNE
        for finding in one.findings
        if not finding.passed
    ]


def report(judged: Sequence[Judged]) -> dict[str, object]:
    """The figures of all columns and the failures of the tuning half, for a JSON file."""
    figures = {
        f"{half} {language or 'all'}": {
            metric: {"part": part, "whole": whole}
            for metric, (part, whole) in counts(judged, (half, language)).items()
        }
        for half, language in COLUMNS
    }
    return {"turns": len(judged), "figures": figures, "failures": failures(judged)}


async def evaluate(half: Half | None, factory: Factory = opened) -> list[Judged]:
    """Play the conversations of `half`, or of both, with what `factory` opens."""
    scripts = [one for one in load_conversations() if half in (None, one.half)]
    with tempfile.TemporaryDirectory() as data:
        async with factory(Path(data)) as ask:
            return await play(scripts, ask)


def _beginning(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def main() -> None:
    """Print the table and the failures; write them to a file when asked."""
    parser = argparse.ArgumentParser(description="How well conversations are held.")
    parser.add_argument("--half", type=Half, choices=list(Half), help="play one half only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write figures and failures")
    arguments = parser.parse_args()
    judged = asyncio.run(evaluate(arguments.half))
    print(table(judged))
    for failure in failures(judged):
        said, asked = _beginning(failure["say"]), _beginning(failure["asked"])
        print("\n[{metric}] {turn}: ".format(**failure) + said)
        print(f"    {failure['detail']}\n    asked: {asked}")
    if arguments.json:
        text = json.dumps(report(judged), ensure_ascii=False, indent=2)
        arguments.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
