"""Sources as pages: a list of them, and everything about one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from api.blocks import Block, Heading, Line, Lines, Table, Tone
from api.guess_marks import legend, short_positions
from corpus.catalogue_types import Document
from corpus.codec import kind_of
from corpus.types import Bilingual, Kind, Language, Perspective, Position, Source, Text
from tutor.phrases import author_name, goal_name, platform_name, stance_label, topic_name

_MARGIN = 2
_UNKNOWN = Bilingual(zh="未知", en="unknown")
_COLUMNS = (
    Bilingual(zh="编号", en="id"),
    Bilingual(zh="类别", en="kind"),
    Bilingual(zh="作者", en="author"),
    Bilingual(zh="平台", en="platform"),
    Bilingual(zh="日期", en="date"),
    Bilingual(zh="原文", en="own words"),
    Bilingual(zh="看法", en="positions"),
    Bilingual(zh="标题", en="title"),
)
_KINDS = {
    Kind.PERSPECTIVE: Bilingual(zh="看法", en="perspective"),
    Kind.COURSE: Bilingual(zh="课程", en="course"),
}


def source_list(sources: Iterable[Source], language: Language) -> Iterator[Block]:
    """One row a source."""
    header = tuple(column.text(language) for column in _COLUMNS)
    listed = list(sources)
    yield Table(header, tuple(_row(source, language) for source in listed))
    people = (source for source in listed if isinstance(source, Perspective))
    yield from legend((each.guessed for one in people for each in one.positions), language)


def source_page(
    source: Source, documents: Sequence[Document], language: Language
) -> Iterator[Block]:
    """Where a source comes from, what it holds, and its texts with the offset of each line."""
    yield Lines(
        (
            Line(source.title.text(language), Tone.STRONG),
            Line(" · ".join(_row(source, language)[:5])),
            Line(source.url, Tone.LINK),
            *(Line(document.uri, Tone.DIM) for document in documents),
        )
    )
    if isinstance(source, Perspective) and source.positions:
        yield Heading(Bilingual(zh="看法", en="Positions").text(language))
        lines = [line for position in source.positions for line in _position(position, language)]
        yield Lines(tuple(lines))
    for text in source.texts:
        yield Heading(_text_name(text).text(language))
        yield Lines(tuple(_numbered(text.body)))


def _row(source: Source, language: Language) -> tuple[str, ...]:
    kind = _KINDS[kind_of(source)].text(language)
    own_words = "✓" if any(text.verbatim for text in source.texts) else ""
    title = source.title.text(language)
    if isinstance(source, Perspective):
        return (
            source.id,
            kind,
            author_name(source.author, language),
            platform_name(source.platform).text(language),
            source.published or _UNKNOWN.text(language),
            own_words,
            short_positions(source.positions),
            title,
        )
    people = ", ".join(source.instructors) or source.provider
    return (source.id, kind, people, source.provider, "", own_words, "", title)


def _position(position: Position, language: Language) -> Iterator[Line]:
    goals = ", ".join(goal_name(goal).text(language) for goal in position.goals)
    guessed = Bilingual(zh="（程序猜测）", en=" (guessed)").text(language)
    label = f"{topic_name(position.topic).text(language)}: " + stance_label(
        position.topic, position.stance
    ).text(language)
    yield Line(f"- {label}{f' ({goals})' if goals else ''}{guessed if position.guessed else ''}")
    if position.says is not None:
        yield Line(position.says.text(language), Tone.DIM, _MARGIN)


def _text_name(text: Text) -> Bilingual:
    size = len(text.body)
    if text.verbatim:
        return Bilingual(
            zh=f"原文（{text.language}，0–{size}）",
            en=f"The author's own words ({text.language}, 0–{size})",
        )
    return Bilingual(
        zh=f"转述（{text.language}，0–{size}）", en=f"Restated ({text.language}, 0–{size})"
    )


def _numbered(body: str) -> Iterator[Line]:
    """The lines of a text, each behind the offset in code points at which it starts."""
    width = len(str(len(body)))
    offset = 0
    for line in body.split("\n"):
        if line.strip():
            yield Line(f"{offset:>{width}}  {line}")
        offset += len(line) + 1
