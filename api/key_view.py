"""The keys as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from api.access.records import ApiKey
from api.blocks import Block, Table
from corpus.types import Bilingual, Language

_COLUMNS = (
    Bilingual(zh="编号", en="id"),
    Bilingual(zh="名字", en="name"),
    Bilingual(zh="权限", en="scopes"),
    Bilingual(zh="建立（UTC）", en="created (UTC)"),
    Bilingual(zh="作废（UTC）", en="revoked (UTC)"),
)


def key_list(keys: Iterable[ApiKey], language: Language) -> Iterator[Block]:
    """One row a key."""
    header = tuple(column.text(language) for column in _COLUMNS)
    yield Table(header, tuple(_row(key) for key in keys))


def _row(key: ApiKey) -> tuple[str, ...]:
    scopes = ", ".join(sorted(key.scopes))
    return (key.id, key.name, scopes, _moment(key.created), _moment(key.revoked))


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
