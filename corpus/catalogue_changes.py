"""Changing the catalogue: each function is called within one transaction of the writer."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus import lexical
from corpus.catalogue_types import ChunkedSource, Document
from corpus.codec import encode_source, kind_of
from corpus.effective_sources import refresh_source
from corpus.merging import identity
from corpus.passage_words import about_text, embedding_text, text_hash
from corpus.schema import bump_generation
from corpus.types import Kind, Passage

_COLUMNS = (
    'id, identity, kind, language, verbatim, "start", "end", text, headings, about, text_hash'
)


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as the catalogue stores it, in the order of its columns."""

    id: str
    identity: str
    kind: str
    language: str
    verbatim: int
    start: int
    end: int
    text: str
    headings: str
    about: str
    text_hash: str

    def unplaced(self) -> PassageRow:
        """The same wherever in its text the passage stands."""
        return replace(self, start=0, end=len(self.text))

    def values(self) -> tuple[str | int, ...]:
        """The columns in their order."""
        return tuple(getattr(self, name) for name in self.__slots__)


def passage_rows(sources: Iterable[ChunkedSource]) -> list[PassageRow]:
    """The rows for all passages of `sources`.

    Raises ValueError for a passage that is not cut from a text of its source, since a quotation
    must be what is stored, to the character; and for two passages with one id.
    """
    rows = [_row(chunked, passage) for chunked in sources for passage in chunked.passages]
    if len({row.id for row in rows}) < len(rows):
        raise ValueError("two passages of a document have the same id")
    return rows


def texts_to_embed(sources: Iterable[ChunkedSource]) -> dict[str, str]:
    """The text to embed for each passage of `sources`, by its hash."""
    texts = (
        embedding_text(passage.headings, passage.text)
        for chunked in sources
        for passage in chunked.passages
    )
    return {text_hash(text): text for text in texts}


def put_document(
    connection: sqlite3.Connection,
    document: Document,
    sources: Sequence[ChunkedSource],
    rows: Sequence[PassageRow],
) -> None:
    """Replaces whatever the document gave before; passages that stay the same are not touched.

    `rows` are the `passage_rows` of `sources`.
    """
    touched = _identities(connection, document.uri)
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?) ON CONFLICT (uri) DO UPDATE SET "
        "fingerprint = excluded.fingerprint, origin = excluded.origin, "
        "ingested_at = excluded.ingested_at",
        (document.uri, document.fingerprint, document.origin, document.ingested_at),
    )
    _replace_editions(connection, document.uri, sources)
    _replace_passages(connection, document.uri, rows)
    touched |= _identities(connection, document.uri)
    _settle(connection, touched)


def remove_document(connection: sqlite3.Connection, uri: str) -> None:
    """Forgets a document with everything that is known from it alone."""
    touched = _identities(connection, uri)
    _replace_passages(connection, uri, [])
    connection.execute("DELETE FROM documents WHERE uri = ?", (uri,))
    _settle(connection, touched)


def remove_source(connection: sqlite3.Connection, name: str) -> None:
    """Forgets the source with the identity `name` in every document; the documents stay known,
    so that reading them again unchanged does not bring it back."""
    _forget(connection, _stored(connection, "identity = :name", {"name": name}))
    connection.execute("DELETE FROM texts WHERE identity = ?", (name,))
    connection.execute("DELETE FROM editions WHERE identity = ?", (name,))
    _settle(connection, {name})


def _row(chunked: ChunkedSource, passage: Passage) -> PassageRow:
    source = chunked.source
    bodies = [
        text.body
        for text in source.texts
        if (text.language, text.verbatim) == (passage.language, passage.verbatim)
    ]
    belongs = (passage.source_id, passage.kind) == (source.id, kind_of(source))
    if not belongs or [body[passage.start : passage.end] for body in bodies] != [passage.text]:
        raise ValueError(f"passage {passage.id} is not cut from a text of source {source.id}")
    return PassageRow(
        id=passage.id,
        identity=identity(source),
        kind=passage.kind,
        language=passage.language,
        verbatim=int(passage.verbatim),
        start=passage.start,
        end=passage.end,
        text=passage.text,
        headings=json.dumps(passage.headings, ensure_ascii=False),
        about=about_text(source),
        text_hash=text_hash(embedding_text(passage.headings, passage.text)),
    )


def _identities(connection: sqlite3.Connection, uri: str) -> set[str]:
    rows = connection.execute("SELECT identity FROM editions WHERE document_uri = ?", (uri,))
    return {row[0] for row in rows}


def _replace_editions(
    connection: sqlite3.Connection, uri: str, sources: Sequence[ChunkedSource]
) -> None:
    connection.execute("DELETE FROM editions WHERE document_uri = ?", (uri,))
    connection.execute("DELETE FROM texts WHERE document_uri = ?", (uri,))
    connection.executemany(
        "INSERT INTO editions VALUES (?, ?, ?, ?)",
        [
            (identity(each.source), uri, kind_of(each.source), encode_source(each.source))
            for each in sources
        ],
    )
    connection.executemany(
        "INSERT INTO texts (identity, document_uri, language, verbatim, body) "
        "VALUES (?, ?, ?, ?, ?)",
        [
            (identity(each.source), uri, text.language, text.verbatim, text.body)
            for each in sources
            for text in each.source.texts
        ],
    )


def _replace_passages(connection: sqlite3.Connection, uri: str, rows: Sequence[PassageRow]) -> None:
    stored = _stored(connection, "document_uri = :uri", {"uri": uri})
    wanted = {row.unplaced(): row for row in rows}
    kept = {row.unplaced() for row, _, _ in stored} & wanted.keys()
    connection.executemany(
        f"INSERT INTO passages ({_COLUMNS}, document_uri) "  # noqa: S608
        f"VALUES ({', '.join('?' * 12)})",
        [(*row.values(), uri) for key, row in wanted.items() if key not in kept],
    )
    for old, number, _ in stored:
        if (new := wanted.get(old.unplaced())) is not None and new != old:
            connection.execute(
                'UPDATE passages SET "start" = ?, "end" = ? WHERE number = ?',
                (new.start, new.end, number),
            )
    # Only now, so that a text that stays under another heading or title keeps its vector.
    _forget(connection, [each for each in stored if each[0].unplaced() not in kept])


def _stored(
    connection: sqlite3.Connection, where: str, parameters: dict[str, str]
) -> list[tuple[PassageRow, int, bool]]:
    rows = connection.execute(
        f"SELECT {_COLUMNS}, number, searchable FROM passages WHERE {where}",  # noqa: S608
        parameters,
    )
    return [(PassageRow(*row[:-2]), row[-2], bool(row[-1])) for row in rows]


def _forget(connection: sqlite3.Connection, stored: Iterable[tuple[PassageRow, int, bool]]) -> None:
    for row, number, searchable in stored:
        if searchable:
            lexical.remove_entry(connection, Kind(row.kind), number, row.text, row.about)
            connection.execute(
                "INSERT OR IGNORE INTO pending VALUES (?, ?, ?)", (row.kind, row.language, row.id)
            )
        connection.execute("DELETE FROM passages WHERE number = ?", (number,))
        connection.execute(
            "DELETE FROM vectors WHERE text_hash = :hash "
            "AND NOT EXISTS (SELECT 1 FROM passages WHERE text_hash = :hash)",
            {"hash": row.text_hash},
        )


def _settle(connection: sqlite3.Connection, identities: Iterable[str]) -> None:
    for name in identities:
        refresh_source(connection, name)
    bump_generation(connection)
