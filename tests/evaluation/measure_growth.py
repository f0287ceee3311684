"""Measure whether more sources make the answers worse, or bury those of one language.

Run from the root of the project: `python tests/evaluation/measure_growth.py [--half tune|test]
[--data DIRECTORY]`. Every question of the half, by default the test half, is asked of a small
corpus, of all bundled sources, and of those among 10,000 unrelated passages. With `--data` the
corpora are kept there, and the next run need not embed them again.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluate import Judged, ask_all
from evaluation_metrics import Metric, share
from evaluation_questions import Half, Scope, load_questions
from growth_corpora import Size, opened_corpus

from corpus.types import Goal, Language, Perspective, Topic
from tutor.answer import Answer

COMPARED = (
    Metric.REQUIRED,
    Metric.STANCES,
    Metric.GOAL,
    Metric.ABSTAINS,
    Metric.ANSWERS,
    Metric.QUOTES,
    Metric.LANGUAGE,
)
# How far the figures of the corpora may lie apart.
APART = 0.02


@dataclass(frozen=True, slots=True)
class Measured:
    """The judged answers from one corpus, and its people by id."""

    judged: Sequence[Judged]
    people: Mapping[str, Perspective]


async def measure(size: Size, half: Half, root: Path) -> Measured:
    """Ask the questions of `half` that the corpus of this size answers, and those it must not."""
    with opened_corpus(size, root) as corpus:
        questions = [
            one
            for one in load_questions(sources=corpus.source_ids)
            if one.half is half and (one.required or one.scope is Scope.OUT)
        ]
        judged = await ask_all(questions, corpus.tutoring)
        people = {one.id: one for one in corpus.people}
    return Measured(judged, people)


def table(measured: Mapping[Size, Measured], ids: frozenset[str]) -> str:
    """A row a metric, a column a corpus, over the questions `ids`; last, how far they lie apart."""
    lines = [f"{'':26}" + "".join(f"{size:>24}" for size in measured) + f"{'apart':>10}"]
    for metric in COMPARED:
        shares = [
            share(
                (f for one in each.judged if one.question.id in ids for f in one.findings), metric
            )
            for each in measured.values()
        ]
        cells = [f"{part / whole:.3f} ({part}/{whole})" if whole else "-" for part, whole in shares]
        rates = [part / whole for part, whole in shares if whole]
        apart = max(rates) - min(rates) if rates else 0.0
        mark = " !" if apart > APART else ""
        lines.append(f"{metric:26}" + "".join(f"{c:>24}" for c in cells) + f"{apart:8.3f}{mark}")
    return "\n".join(lines)


def languages(measured: Measured, language: Language) -> str:
    """For questions in `language`: how much of what is cited was said in the other one, and
    whether both are heard where both have something to say."""
    answers = [
        one
        for one in measured.judged
        if one.question.language is language and not one.answer.abstained
    ]
    cited = [
        measured.people[citation.source_id].language
        for one in answers
        for citation in one.answer.citations
        if citation.source_id in measured.people
    ]
    views = [
        person.language
        for one in answers
        for topic in one.answer.topics[:1]
        for person in speakers(measured.people.values(), topic, one.answer.learner.goal)
    ]
    both = [both_heard(one.answer, measured.people) for one in answers]
    heard = [each for each in both if each is not None]
    return (
        f"{language}: {_other(cited, language)} of the citations were said in the other language, "
        f"as were {_other(views, language)} of the views that could be cited; "
        f"both are heard in {sum(heard)} of {len(heard)} answers on topics where both speak"
    )


def speakers(
    people: Iterable[Perspective], topic: Topic, goal: Goal | None
) -> tuple[Perspective, ...]:
    """Those with a position on `topic` for `goal`; everyone on it where nobody speaks to it."""
    on_topic = [
        (person, position.goals)
        for person in people
        for position in person.positions
        if position.topic is topic
    ]
    for_goal = tuple({p.id: p for p, goals in on_topic if goal in goals}.values())
    return for_goal or tuple({p.id: p for p, _ in on_topic}.values())


def both_heard(answer: Answer, people: Mapping[str, Perspective]) -> bool | None:
    """Whether people of both languages are cited on the main topic; None where only one speaks."""
    if not answer.topics:
        return None
    topic = answer.topics[0]
    can = {person.language for person in speakers(people.values(), topic, answer.learner.goal)}
    if len(can) == 1:
        return None
    voices = [
        voice
        for group in answer.positions
        if group.topic is topic
        for voice in group.voices
        if voice.citation is not None
    ]
    return {people[voice.source_id].language for voice in voices} == set(Language)


def _other(found: Sequence[Language], language: Language) -> str:
    return f"{sum(each is not language for each in found) / max(1, len(found)):.2f}"


async def measure_all(half: Half, root: Path) -> dict[Size, Measured]:
    """All corpora, one after the other."""
    return {size: await measure(size, half, root) for size in Size}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Whether more sources make answers worse.")
    parser.add_argument("--half", type=Half, choices=list(Half), default=Half.TEST)
    parser.add_argument("--data", type=Path, metavar="DIRECTORY", help="keep the corpora here")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        measured = asyncio.run(measure_all(arguments.half, arguments.data or Path(fresh)))
    asked = {size: {one.question.id for one in each.judged} for size, each in measured.items()}
    ids = frozenset(asked[Size.SMALL])
    print(f"{arguments.half} half: {len(ids)} questions that every corpus can be asked\n")
    print(table(measured, ids))
    later = {size: each for size, each in measured.items() if size is not Size.SMALL}
    since = frozenset(asked[Size.FULL]) - ids
    print(f"\n{len(since)} questions on what only the larger ones hold\n\n{table(later, since)}")
    for size, each in measured.items():
        print(f"\n{size}")
        for language in Language:
            print(f"  {languages(each, language)}")


if __name__ == "__main__":
    main()
