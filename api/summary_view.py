"""What an ingest did, as a page."""

from __future__ import annotations

from collections.abc import Iterator

from api.blocks import Block, Heading, Line, Lines, Table, Tone
from api.guess_marks import legend, short_positions
from corpus.types import Bilingual, Language
from ingest.raw import Skipped
from ingest.summary import Planned, Summary
from tutor.phrases import author_name

_COLUMNS = (
    Bilingual(zh="作者", en="author"),
    Bilingual(zh="标题", en="title"),
    Bilingual(zh="字数", en="characters"),
    Bilingual(zh="段落", en="passages"),
    Bilingual(zh="看法", en="positions"),
    Bilingual(zh="链接", en="link"),
)


def summary_page(summary: Summary, language: Language, *, dry_run: bool) -> Iterator[Block]:
    """Counts first, then what could not be read and what was left out, with the reasons."""
    if dry_run:
        yield Lines((Line(_nothing_stored().text(language), Tone.STRONG),))
    if summary.planned:
        header = tuple(column.text(language) for column in _COLUMNS)
        yield Table(header, tuple(_planned(plan, language) for plan in summary.planned))
        guesses = (each.guessed for plan in summary.planned for each in plan.positions)
        yield from legend(guesses, language)
    yield Lines(tuple(Line(line.text(language)) for line in _counts(summary, dry_run=dry_run)))
    if summary.failures:
        yield Heading(Bilingual(zh="没能读入", en="Could not be read").text(language))
        yield _reasons(summary.failures, language)
    if summary.skipped:
        yield Heading(Bilingual(zh="跳过", en="Left out").text(language))
        yield _reasons(summary.skipped, language)
    if summary.notes:
        yield Lines(tuple(Line(note.text(language), Tone.WARNING) for note in summary.notes))
    if summary.interrupted:
        yield Lines((Line(_stopped().text(language), Tone.WARNING),))


def _nothing_stored() -> Bilingual:
    return Bilingual(
        zh="试运行：下面是会读入的内容，什么也没有保存。",
        en="Dry run: this would be read in. Nothing was stored.",
    )


def _stopped() -> Bilingual:
    return Bilingual(
        zh="已中断。读完的部分已经保存，再次运行会接着读。",
        en="Stopped. What was finished is stored; run it again to go on.",
    )


def _counts(summary: Summary, *, dry_run: bool) -> Iterator[Bilingual]:
    yield Bilingual(
        zh=f"文档：读入 {summary.read}，未变 {summary.unchanged}，无内容 {summary.empty}，"
        f"移除 {summary.removed}，失败 {len(summary.failures)}。",
        en=f"Documents: {summary.read} read, {summary.unchanged} unchanged, "
        f"{summary.empty} without content, {summary.removed} removed, "
        f"{len(summary.failures)} failed.",
    )
    yield Bilingual(
        zh=f"看法 {summary.perspectives} 篇，课程 {summary.courses} 门；段落：新增 "
        f"{summary.passages_new}，保留 {summary.passages_kept}，移除 {summary.passages_removed}。",
        en=f"{summary.perspectives} perspectives, {summary.courses} courses; passages: "
        f"{summary.passages_new} new, {summary.passages_kept} kept, "
        f"{summary.passages_removed} removed.",
    )
    if summary.embedded and not dry_run:
        rate = f"{summary.passages_per_second:.0f}"
        yield Bilingual(
            zh=f"{summary.embedded} 个段落用了 {summary.seconds:.1f} 秒，每秒 {rate} 个。",
            en=f"{summary.embedded} passages in {summary.seconds:.1f} s, {rate} a second.",
        )


def _reasons(skipped: tuple[Skipped, ...], language: Language) -> Lines:
    colon = "：" if language is Language.CHINESE else ": "
    lines = (f"- {each.what.rstrip(':： ')}{colon}{each.reason.text(language)}" for each in skipped)
    return Lines(tuple(map(Line, lines)))


def _planned(plan: Planned, language: Language) -> tuple[str, ...]:
    return (
        author_name(plan.author, language),
        plan.title.text(language),
        str(plan.length),
        str(plan.passages),
        short_positions(plan.positions),
        plan.url,
    )
