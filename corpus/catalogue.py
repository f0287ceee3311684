"""The catalogue: the record, in one SQLite file, of everything that must not be lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from corpus import lexical
from corpus.catalogue_types import Document, EmbedderStamp, Origin, Statistics
from corpus.codec import decode_position, decode_source
from corpus.database import Database
from corpus.hits import LexicalResult
from corpus.schema import generation, get_embedder, get_owner, prepare
from corpus.types import Kind, Language, Passage, Position, Source, Text, Topic

_PASSAGE_COLUMNS = (
    'passages.id, sources.id, passages.kind, passages.language, passages.verbatim, "start", "end",'
    " passages.text, passages.headings"
)


class Catalogue:
    """Reads the catalogue in the directory `data`, made if it does not exist; thread-safe.

    Every method raises StoreError when the file cannot be read.
    """

    def __init__(self, data: Path) -> None:
        self.database = Database(data / "catalogue.sqlite3")
        prepare(self.database, tuple(Kind))

    def close(self) -> None:
        """Closes the connections to the file."""
        self.database.close()

    def lexical(self, text: str, kind: Kind, limit: int) -> LexicalResult:
        """The `limit` passages of `kind` that best match the words of `text`."""
        with self.database.reading() as connection:
            return lexical.search(connection, kind, text, limit)

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages in the order of `ids`; ids that do not exist are left out."""
        query = (
            f"SELECT {_PASSAGE_COLUMNS} FROM json_each(?) AS wanted "  # noqa: S608
            "JOIN passages ON passages.id = wanted.value "
            "JOIN sources ON sources.identity = passages.identity ORDER BY searchable"
        )
        with self.database.reading() as connection:
            rows = connection.execute(query, (json.dumps(list(ids)),)).fetchall()
        # Sorted so that of copies in several documents the searchable one comes last and stays.
        found = {row[0]: _passage(row) for row in rows}
        return [found[passage_id] for passage_id in ids if passage_id in found]

    def passage_ids(self, document_uri: str) -> set[str]:
        """The ids of the passages that a document gave."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM passages WHERE document_uri = ?", (document_uri,)
            ).fetchall()
        return {row[0] for row in rows}

    def source(self, source_id: str) -> Source | None:
        """The source with this id, or None."""
        return next(iter(self.sources([source_id])), None)

    def source_of_url(self, url: str) -> Source | None:
        """The source with this canonical url, or None; a perspective before a course."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT id FROM sources WHERE url = ? ORDER BY kind DESC, id", (url,)
            ).fetchone()
        return None if row is None else self.source(row[0])

    def sources(self, ids: Iterable[str] | None = None, kind: Kind | None = None) -> list[Source]:
        """All sources of `kind` (or of both) by id, or those of `ids` in that order.

        Ids that do not exist are left out.
        """
        wanted = None if ids is None else list(dict.fromkeys(ids))
        named = (
            "sources.id IN (SELECT value FROM json_each(:ids))" if wanted is not None else "TRUE"
        )
        query = (
            "SELECT sources.id, sources.kind, sources.data, language, verbatim, body "  # noqa: S608
            "FROM sources LEFT JOIN texts ON texts.identity = sources.identity AND current "
            f"WHERE {named} AND sources.kind = ifnull(:kind, sources.kind) "
            "ORDER BY sources.id, verbatim DESC, language DESC"
        )
        parameters = {"ids": json.dumps(wanted), "kind": kind}
        with self.database.reading() as connection:
            rows = connection.execute(query, parameters).fetchall()
        found = _sources(rows)
        return list(found.values()) if wanted is None else [found[i] for i in wanted if i in found]

    def names_in(self, text: str) -> list[tuple[str, str]]:
        """(source id, name) of every author whose name or alias occurs in case-folded `text`."""
        with self.database.reading() as connection:
            return connection.execute(
                "SELECT sources.id, name.value FROM sources, json_each(json_insert("
                "json_extract(data, '$.author_aliases'), '$[#]', json_extract(data, '$.author')"
                ")) AS name WHERE sources.kind = ? AND name.value <> '' "
                "AND instr(?, lower(name.value)) > 0 ORDER BY sources.id",
                (Kind.PERSPECTIVE, text),
            ).fetchall()

    def who_names(self, course: str) -> list[str]:
        """The ids of the perspectives among whose resources the course with this id is."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT sources.id FROM sources, json_each(data, '$.resources') AS named "
                "WHERE sources.kind = ? AND named.value ->> 'course' = ? ORDER BY sources.id",
                (Kind.PERSPECTIVE, course),
            ).fetchall()
        return [row[0] for row in rows]

    def positions(self, topic: Topic) -> list[tuple[str, Position]]:
        """(source id, position) of every labelled position on `topic`, by source id."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT source_id, data FROM stated_positions WHERE topic = ? "
                "ORDER BY source_id, ordinal",
                (topic,),
            ).fetchall()
        return [(source_id, decode_position(data)) for source_id, data in rows]

    def text(self, source_id: str, language: Language, verbatim: bool) -> str | None:
        """The stored text of a source, or None where there is none."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT body FROM texts JOIN sources USING (identity) "
                "WHERE current AND sources.id = ? AND language = ? AND verbatim = ?",
                (source_id, language, verbatim),
            ).fetchone()
        return None if row is None else str(row[0])

    def documents(self, source_id: str | None = None) -> list[Document]:
        """Every document that was read, or those that a source is known from, by uri."""
        given = (
            "uri IN (SELECT document_uri FROM editions JOIN sources USING (identity) "
            "WHERE sources.id = :id)"
        )
        query = f"SELECT * FROM documents WHERE {given if source_id else 'TRUE'} ORDER BY uri"  # noqa: S608
        with self.database.reading() as connection:
            rows = connection.execute(query, {"id": source_id}).fetchall()
        return [_document(row) for row in rows]

    def document(self, uri: str) -> Document | None:
        """The document with this uri, or None."""
        with self.database.reading() as connection:
            row = connection.execute("SELECT * FROM documents WHERE uri = ?", (uri,)).fetchone()
        return None if row is None else _document(row)

    def owner(self) -> str:
        """A name that no other catalogue has."""
        with self.database.reading() as connection:
            return get_owner(connection)

    def generation(self) -> int:
        """A number that grows by one with each change."""
        with self.database.reading() as connection:
            return generation(connection)

    def embedder(self) -> EmbedderStamp | None:
        """The embedder whose vectors are searched, or None while nothing is known."""
        with self.database.reading() as connection:
            return get_embedder(connection)

    def statistics(self) -> Statistics:
        """How much is known."""
        with self.database.reading() as connection:
            return Statistics(
                documents=_count(connection, "documents"),
                sources={kind: _count(connection, "sources WHERE kind = ?", kind) for kind in Kind},
                passages={
                    kind: _count(connection, "passages WHERE searchable AND kind = ?", kind)
                    for kind in Kind
                },
                shadowed=_count(connection, "passages WHERE NOT searchable"),
                pending=_count(connection, "pending"),
                generation=generation(connection),
                embedder=get_embedder(connection),
                bytes_on_disk=_size(self.database.path.parent),
            )


def _sources(rows: Iterable[Sequence[object]]) -> dict[str, Source]:
    texts: dict[str, list[Text]] = {}
    bare: dict[str, Source] = {}
    for source_id, kind, data, language, verbatim, body in rows:
        name = str(source_id)
        if name not in bare:
            bare[name] = decode_source(Kind(str(kind)), str(data))
            texts[name] = []
        if body is not None:
            texts[name].append(Text(Language(str(language)), bool(verbatim), str(body)))
    return {name: replace(source, texts=tuple(texts[name])) for name, source in bare.items()}


def _passage(row: Sequence[object]) -> Passage:
    passage_id, source_id, kind, language, verbatim, start, end, text, headings = row
    return Passage(
        id=str(passage_id),
        source_id=str(source_id),
        kind=Kind(str(kind)),
        language=Language(str(language)),
        verbatim=bool(verbatim),
        start=int(str(start)),
        end=int(str(end)),
        text=str(text),
        headings=tuple(json.loads(str(headings))),
    )


def _document(row: Sequence[str]) -> Document:
    uri, fingerprint, origin, ingested_at = row
    return Document(uri, fingerprint, Origin(origin), ingested_at)


def _count(connection: sqlite3.Connection, what: str, *parameters: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {what}", parameters).fetchone()  # noqa: S608
    return int(row[0])


def _size(directory: Path) -> int:
    total = 0
    for path in directory.rglob("*"):
        # Files may vanish meanwhile: another process may be publishing.
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total
