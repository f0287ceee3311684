"""Measure the check of free sentences on the labelled pairs and the labelled own sentences.

Run from the root of the project: `python tests/evaluation/measure_support.py [--json FILE]`.
Of the test half only totals are shown; the failures of the tune half follow with `--failures`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation_questions import Half
from support_pairs import OwnSentence, Pair, as_source, load_own_sentences, load_pairs

from api.settings import Settings
from api.wiring import open_embedder
from corpus.course_files import load_courses
from corpus.embedding import Embedder
from corpus.perspective_files import load_perspectives
from corpus.types import Course, Kind, Perspective, Source
from tutor.answer import Citation, Section, SentenceKind
from tutor.checking.check import Checker, Verdict
from tutor.checking.evidence_windows import EvidenceFinder, Window
from tutor.checking.remembering_embedder import RememberingEmbedder
from tutor.drafts import Draft


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence with its label and the verdict of the check."""

    text: str
    languages: str
    change: str
    half: Half
    good: bool
    passed: bool
    problems: tuple[str, ...]
    closeness: float | None
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the check knows besides the pair at hand."""

    courses: Sequence[Course]
    sources: Sequence[Source]
    people: frozenset[str]
    embedder: Embedder


def bundle(pairs: Sequence[Pair]) -> Bundle:
    """The bundled sources, the embedder, and the names of all authors in the pairs."""
    courses, perspectives = load_courses(), load_perspectives()
    people = {pair.evidence.author for pair in pairs if pair.evidence.kind == Kind.PERSPECTIVE}
    people |= {name for one in perspectives for name in (one.author, *one.author_aliases)}
    embedder = RememberingEmbedder(open_embedder(Settings()))
    return Bundle(courses, (*courses, *perspectives), frozenset(people - {""}), embedder)


def judge_pair(pair: Pair, known: Bundle) -> Judged:
    """Check a claim as the answer path does: the nearest words of its source are cited."""
    source = as_source(pair.evidence, known.sources)
    start = time.perf_counter()
    window = EvidenceFinder(known.embedder).best_window(source, pair.claim)
    citations = [_citation(source, window)] if window else []
    checker = Checker(
        citations,
        {source.id: source},
        known.courses,
        known.embedder,
        context=pair.evidence.text,
        known_people=known.people,
    )
    verdict = checker.check([_draft(pair.claim, SentenceKind.OPINION, (1,))])[0]
    spent = (time.perf_counter() - start) * 1000
    return _judged(pair.claim, pair.languages, pair, pair.supported, verdict, spent)


def judge_own(sentence: OwnSentence, known: Bundle) -> Judged:
    """Check a sentence without a source."""
    checker = Checker(
        [],
        {},
        known.courses,
        known.embedder,
        context=sentence.context,
        known_people=known.people,
    )
    start = time.perf_counter()
    verdict = checker.check([_draft(sentence.text, SentenceKind.INFERENCE, ())])[0]
    spent = (time.perf_counter() - start) * 1000
    return _judged(
        sentence.text, str(sentence.language), sentence, sentence.allowed, verdict, spent
    )


def shares(judged: Iterable[Judged], key: Callable[[Judged], str]) -> dict[str, tuple[int, int]]:
    """For each key, how many sentences got the verdict of their label, and how many there are."""
    right: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    for one in judged:
        name = f"{'good' if one.good else 'bad'} {key(one)}"
        right[name] += one.passed == one.good
        all_[name] += 1
    return {name: (right[name], all_[name]) for name in sorted(all_)}


def table(judged: Sequence[Judged]) -> str:
    """One row a language pair and a change, one column a half."""
    halves: dict[str, dict[Half, tuple[int, int]]] = defaultdict(dict)
    for half in Half:
        members = [one for one in judged if one.half is half]
        for key in (lambda _: "all", lambda o: o.languages, lambda o: o.change):
            for name, count in shares(members, key).items():
                halves[name][half] = count
    lines = [f"{'':26}" + "".join(f"{half:>18}" for half in Half)]
    for name, counts in halves.items():
        cells = (_cell(*counts.get(half, (0, 0))) for half in Half)
        lines.append(f"{name:26}" + "".join(f"{cell:>18}" for cell in cells))
    spent = sorted(one.milliseconds for one in judged)
    lines.append(f"milliseconds a sentence: median {spent[len(spent) // 2]:.0f}")
    return "\n".join(lines)


def _cell(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "-"


def _draft(claim: str, kind: SentenceKind, citations: tuple[int, ...]) -> Draft:
    marks = "".join(f"[{number}]" for number in citations)
    return Draft(f"{claim}{marks}", claim, citations, kind, Section.BODY)


def _citation(source: Source, window: Window) -> Citation:
    return Citation(
        number=1,
        source_id=source.id,
        kind=Kind.PERSPECTIVE if isinstance(source, Perspective) else Kind.COURSE,
        author="",
        platform="",
        title="",
        url=source.url,
        published=None,
        language=window.text.language,
        verbatim=window.text.verbatim,
        quote=window.words,
        start=window.span.start,
        end=window.span.end,
    )


def _judged(
    text: str,
    languages: str,
    labelled: Pair | OwnSentence,
    good: bool,
    verdict: Verdict,
    milliseconds: float,
) -> Judged:
    problems = tuple(problem.name for problem in verdict.problems)
    return Judged(
        text,
        languages,
        labelled.change,
        labelled.half,
        good,
        verdict.supported,
        problems,
        verdict.closeness,
        milliseconds,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the check of free sentences.")
    parser.add_argument("--json", type=Path, help="write every verdict on the tune half to a file")
    parser.add_argument("--failures", action="store_true", help="list the tune half's failures")
    options = parser.parse_args()
    pairs = load_pairs()
    known = bundle(pairs)
    cited = [judge_pair(pair, known) for pair in pairs]
    own = [judge_own(sentence, known) for sentence in load_own_sentences()]
    print(f"sentences with a source\n{table(cited)}\n\nwithout one\n{table(own)}")
    tune = [one for one in (*cited, *own) if one.half is Half.TUNE]
    if options.failures:
        for one in tune:
            if one.passed != one.good:
                print(one.good, one.languages, one.change, one.problems, one.text)
    if options.json:
        text = json.dumps([asdict(one) for one in tune], ensure_ascii=False, indent=1)
        options.json.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
