"""Keeps what is derived from the editions of a source up to date: the source as it is shown, its
current texts, and which of its passages can be found."""

from __future__ import annotations

import sqlite3

from corpus import lexical
from corpus.catalogue_types import Origin
from corpus.codec import decode_source, encode_position, encode_source, kind_of
from corpus.errors import DocumentError
from corpus.merging import (
    Edition,
    EditionText,
    current_texts,
    merged,
    searchable_texts,
)
from corpus.types import Bilingual, Kind, Language, Perspective, Source


def refresh_source(connection: sqlite3.Connection, name: str) -> None:
    """Derives everything about the source with the identity `name` anew from its editions.

    Raises DocumentError when its id already belongs to another source.
    """
    editions = _editions(connection, name)
    connection.execute("DELETE FROM sources WHERE identity = ?", (name,))
    if editions:
        _store(connection, name, merged(editions))
        _refresh_texts(connection, name)


def _editions(connection: sqlite3.Connection, name: str) -> list[Edition]:
    rows = connection.execute(
        "SELECT document_uri, origin, kind, data FROM editions "
        "JOIN documents ON documents.uri = editions.document_uri WHERE identity = ?",
        (name,),
    )
    return [
        Edition(uri, Origin(origin), decode_source(Kind(kind), data))
        for uri, origin, kind, data in rows
    ]


def _store(connection: sqlite3.Connection, name: str, source: Source) -> None:
    taken = connection.execute("SELECT url FROM sources WHERE id = ?", (source.id,)).fetchone()
    if taken is not None:
        raise DocumentError(
            Bilingual(
                zh=f"编号 {source.id} 已属于 {taken[0]}，不能再用于 {source.url}。请换一个编号。",
                en=f"The id {source.id} already belongs to {taken[0]} and cannot name "
                f"{source.url} too. Choose another id.",
            )
        )
    connection.execute(
        "INSERT INTO sources VALUES (?, ?, ?, ?, ?)",
        (source.id, name, kind_of(source), source.url, encode_source(source)),
    )
    positions = source.positions if isinstance(source, Perspective) else ()
    connection.executemany(
        "INSERT INTO stated_positions VALUES (?, ?, ?, ?)",
        [
            (position.topic, source.id, ordinal, encode_position(position))
            for ordinal, position in enumerate(positions)
        ],
    )


def _refresh_texts(connection: sqlite3.Connection, name: str) -> None:
    texts = _texts(connection, name)
    current, searchable = current_texts(texts), searchable_texts(texts)
    connection.executemany(
        "UPDATE texts SET current = ? "
        "WHERE identity = ? AND document_uri = ? AND language = ? AND verbatim = ?",
        [(text.place in current, name, *text.place) for text in texts],
    )
    rows = connection.execute(
        "SELECT number, id, kind, text, about, searchable, document_uri, language, verbatim "
        "FROM passages WHERE identity = ? ORDER BY searchable DESC, number",
        (name,),
    ).fetchall()
    for number, passage_id, kind, text, about, was, uri, language, verbatim in rows:
        should = (uri, Language(language), bool(verbatim)) in searchable
        if should == bool(was):
            continue
        change = lexical.add_entry if should else lexical.remove_entry
        change(connection, Kind(kind), number, text, about)
        connection.execute("UPDATE passages SET searchable = ? WHERE number = ?", (should, number))
        connection.execute(
            "INSERT OR IGNORE INTO pending VALUES (?, ?, ?)", (kind, language, passage_id)
        )


def _texts(connection: sqlite3.Connection, name: str) -> list[EditionText]:
    rows = connection.execute(
        "SELECT texts.document_uri, origin, texts.language, texts.verbatim, length(body), "
        "count(passages.number) FROM texts JOIN documents ON documents.uri = texts.document_uri "
        "LEFT JOIN passages USING (identity, document_uri, language, verbatim) "
        "WHERE texts.identity = ? GROUP BY texts.rowid",
        (name,),
    )
    return [
        EditionText(uri, Origin(origin), Language(language), bool(verbatim), length, passages)
        for uri, origin, language, verbatim, length, passages in rows
    ]
