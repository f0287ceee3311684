"""The tables of the catalogue, and the few facts it keeps about itself."""

from __future__ import annotations

import secrets
import sqlite3

from pydantic import TypeAdapter

from corpus.catalogue_types import EmbedderStamp
from corpus.database import Database
from corpus.store_errors import newer_schema

VERSION = "1"

# `editions` is what each document said; `sources` and `stated_positions` are derived from it, as
# are `texts.current` and `passages.searchable`. `pending` names the passages whose place in the
# vector index may be out of date. The lexicons hold no copy of the text: their rows are the
# searchable rows of `passages`, and deleting one needs the very columns it was made from.
_TABLES = """
CREATE TABLE meta (
    key TEXT PRIMARY KEY, value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE documents (
    uri TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, origin TEXT NOT NULL, ingested_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE editions (
    identity TEXT NOT NULL,
    document_uri TEXT NOT NULL REFERENCES documents (uri) ON DELETE CASCADE,
    kind TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (identity, document_uri)
);
CREATE INDEX editions_of_document ON editions (document_uri);
CREATE TABLE texts (
    identity TEXT NOT NULL,
    document_uri TEXT NOT NULL REFERENCES documents (uri) ON DELETE CASCADE,
    language TEXT NOT NULL, verbatim INTEGER NOT NULL, body TEXT NOT NULL,
    current INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (identity, document_uri, language, verbatim)
);
CREATE INDEX texts_of_document ON texts (document_uri);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, identity TEXT NOT NULL,
    document_uri TEXT NOT NULL REFERENCES documents (uri) ON DELETE CASCADE,
    kind TEXT NOT NULL, language TEXT NOT NULL, verbatim INTEGER NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    text TEXT NOT NULL, headings TEXT NOT NULL, about TEXT NOT NULL, text_hash TEXT NOT NULL,
    searchable INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX passages_by_id ON passages (id);
CREATE UNIQUE INDEX searchable_passages ON passages (kind, language, id) WHERE searchable;
CREATE INDEX passages_of_document ON passages (document_uri);
CREATE INDEX passages_of_source ON passages (identity);
CREATE INDEX passages_by_text ON passages (text_hash);
CREATE TABLE sources (
    id TEXT PRIMARY KEY, identity TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    url TEXT NOT NULL, data TEXT NOT NULL
);
CREATE INDEX sources_by_url ON sources (url);
CREATE TABLE stated_positions (
    topic TEXT NOT NULL, source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (topic, source_id, ordinal)
) WITHOUT ROWID;
CREATE INDEX positions_of_source ON stated_positions (source_id);
CREATE TABLE vectors (
    text_hash TEXT NOT NULL, embedder TEXT NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (text_hash, embedder)
);
CREATE TABLE lexicon_sizes (
    kind TEXT PRIMARY KEY, passages INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE pending (
    kind TEXT NOT NULL, language TEXT NOT NULL, passage_id TEXT NOT NULL,
    PRIMARY KEY (kind, language, passage_id)
) WITHOUT ROWID;
"""

# The ascii tokenizer takes every character beyond ASCII as part of a word, so that the terms,
# which are joined by blanks, come back as they went in.
_LEXICON = """
CREATE VIRTUAL TABLE lexicon_{kind} USING fts5 (
    passage, about, content = '', tokenize = "ascii tokenchars '+#'"
);
CREATE VIRTUAL TABLE vocabulary_{kind} USING fts5vocab (lexicon_{kind}, 'row');
INSERT INTO lexicon_sizes VALUES ('{kind}', 0);
"""

_EMBEDDER = "embedder"
_GENERATION = "generation"
_OWNER = "owner"
_SCHEMA = "schema"


def prepare(database: Database, kinds: tuple[str, ...]) -> None:
    """Makes the tables where there are none. Raises StoreError for another version's tables."""
    with database.reading() as connection:
        found = _schema_version(connection)
    if found is None:
        with database.writing() as connection:
            found = _schema_version(connection)
            if found is None:
                _create(connection, kinds)
                return
    if found != VERSION:
        raise newer_schema(database.path)


def _create(connection: sqlite3.Connection, kinds: tuple[str, ...]) -> None:
    script = _TABLES + "".join(_LEXICON.format(kind=kind) for kind in kinds)
    for statement in filter(str.strip, script.split(";")):
        connection.execute(statement)
    set_meta(connection, _SCHEMA, VERSION)
    set_meta(connection, _GENERATION, "0")
    set_meta(connection, _OWNER, secrets.token_hex(8))


def _schema_version(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
    return get_meta(connection, _SCHEMA) if row else None


def get_meta(connection: sqlite3.Connection, key: str) -> str | None:
    """The value kept under `key`, or None."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Keeps `value` under `key`."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def generation(connection: sqlite3.Connection) -> int:
    """How many changes the catalogue has seen."""
    return int(get_meta(connection, _GENERATION) or 0)


def bump_generation(connection: sqlite3.Connection) -> None:
    """Counts one change."""
    set_meta(connection, _GENERATION, str(generation(connection) + 1))


def get_owner(connection: sqlite3.Connection) -> str:
    """A name that no other catalogue has."""
    return get_meta(connection, _OWNER) or ""


def get_embedder(connection: sqlite3.Connection) -> EmbedderStamp | None:
    """The embedder that made the vectors, or None while there are none."""
    value = get_meta(connection, _EMBEDDER)
    if value is None or connection.execute("SELECT 1 FROM vectors LIMIT 1").fetchone() is None:
        return None
    return TypeAdapter(EmbedderStamp).validate_json(value)


def set_embedder(connection: sqlite3.Connection, stamp: EmbedderStamp) -> None:
    """Records the embedder that made the vectors."""
    set_meta(connection, _EMBEDDER, TypeAdapter(EmbedderStamp).dump_json(stamp).decode())
