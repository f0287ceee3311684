"""Why an answer is as it is, as a page."""

from __future__ import annotations

from collections.abc import Iterator

from api.blocks import Block, Heading, Line, Lines, Table, Tone
from api.explain_json import explain_object
from corpus.types import Bilingual, Language
from tutor.events import Done

_TITLES = {
    "evidence": Bilingual(zh="是否在来源范围内", en="Do the sources cover this?"),
    "decisions": Bilingual(zh="各种看法的取舍", en="Views chosen and dropped"),
    "candidates": Bilingual(zh="检索到的段落", en="Passages found"),
    "dropped": Bilingual(zh="没有通过核对的句子", en="Sentences that failed the check"),
}
_COLUMNS = {
    "decisions": (
        Bilingual(zh="取舍", en="chosen"),
        Bilingual(zh="来源", en="source"),
        Bilingual(zh="话题", en="topic"),
        Bilingual(zh="立场", en="stance"),
        Bilingual(zh="权重", en="weight"),
        Bilingual(zh="理由", en="reason"),
    ),
    "candidates": (
        Bilingual(zh="分数", en="score"),
        Bilingual(zh="向量", en="dense"),
        Bilingual(zh="词语", en="lexical"),
        Bilingual(zh="来源", en="source"),
        Bilingual(zh="段落", en="passage"),
    ),
}
_BEGINNING = 40


def explain_page(done: Done) -> Iterator[Block]:
    """What was measured, found, chosen and dropped, in the language of the answer."""
    language = done.answer.language
    trace = explain_object(done.trace)
    yield Heading(_TITLES["evidence"].text(language))
    measured = ", ".join(f"{name} {value:.3f}" for name, value in trace["evidence"].items())
    yield Lines((Line(f"p = {trace['probability']:.3f}", Tone.STRONG), Line(measured)))
    if trace["decisions"]:
        yield Heading(_TITLES["decisions"].text(language))
        yield Table(_header("decisions", language), tuple(map(_decision, trace["decisions"])))
    if trace["candidates"]:
        yield Heading(_TITLES["candidates"].text(language))
        yield Table(_header("candidates", language), tuple(map(_candidate, trace["candidates"])))
    if trace["dropped"]:
        yield Heading(_TITLES["dropped"].text(language))
        lines = (f"- {each['text']} ({', '.join(each['problems'])})" for each in trace["dropped"])
        yield Lines(tuple(map(Line, lines)))


def _header(table: str, language: Language) -> tuple[str, ...]:
    return tuple(column.text(language) for column in _COLUMNS[table])


def _decision(decision: dict[str, object]) -> tuple[str, ...]:
    mark = "✓" if decision["chosen"] else "–"
    rest = ("source_id", "topic", "stance", "weight", "reason")
    return (mark, *(str(decision[name]) for name in rest))


def _candidate(candidate: dict[str, object]) -> tuple[str, ...]:
    beginning = " ".join(str(candidate["text"]).split())[:_BEGINNING]
    return (
        f"{candidate['score']:.4f}",
        _place(candidate["dense_rank"], candidate["dense_score"]),
        _place(candidate["lexical_rank"], candidate["lexical_score"]),
        str(candidate["source_id"]),
        beginning,
    )


def _place(rank: object, score: object) -> str:
    """A rank in a list with its score: "#1 0.912"; "–" where the list does not have it."""
    return "–" if rank is None else f"#{rank} {score:.3f}"
