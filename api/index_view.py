"""The state of the index as a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from api.blocks import Block, Line, Lines, Table
from corpus.catalogue_types import Statistics
from corpus.types import Bilingual, Kind, Language

_MEGABYTE = 1_000_000


def status_page(data: Path, statistics: Statistics, language: Language) -> Iterator[Block]:
    """How much is known, where it lies, and which embedder made the vectors."""
    stamp = statistics.embedder
    unknown = Bilingual(zh="（还没有）", en="(none yet)").text(language)
    embedder = f"{stamp.name}, {stamp.dimension}, {stamp.fingerprint}" if stamp else unknown
    rows = (
        (Bilingual(zh="数据目录", en="data directory"), str(data)),
        (Bilingual(zh="文档", en="documents"), str(statistics.documents)),
        (
            Bilingual(zh="看法 / 段落", en="perspectives / passages"),
            _count(statistics, Kind.PERSPECTIVE),
        ),
        (Bilingual(zh="课程 / 段落", en="courses / passages"), _count(statistics, Kind.COURSE)),
        (
            Bilingual(zh="由原文取代的段落", en="passages replaced by originals"),
            str(statistics.shadowed),
        ),
        (
            Bilingual(zh="待写入向量索引", en="waiting for the vector index"),
            str(statistics.pending),
        ),
        (Bilingual(zh="版本号", en="generation"), str(statistics.generation)),
        (Bilingual(zh="向量模型", en="embedder"), embedder),
        (Bilingual(zh="占用空间", en="on disk"), f"{statistics.bytes_on_disk / _MEGABYTE:.1f} MB"),
    )
    yield Table((), tuple((name.text(language), value) for name, value in rows))


def rebuilt_line(statistics: Statistics, language: Language) -> Block:
    """That the index was built anew, and how large it is."""
    passages = sum(statistics.passages.values())
    done = Bilingual(
        zh=f"索引已重建：{passages} 个段落。", en=f"The index was rebuilt: {passages} passages."
    )
    return Lines((Line(done.text(language)),))


def _count(statistics: Statistics, kind: Kind) -> str:
    return f"{statistics.sources.get(kind, 0)} / {statistics.passages.get(kind, 0)}"
