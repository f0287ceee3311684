"""Search by words: BM25 over character bigrams and words, in the catalogue's own database.

BM25 is that of SQLite FTS5 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25
and Beyond", 2009).
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from corpus.hits import Hit, LexicalResult
from corpus.terms import held_neighbours, terms
from corpus.types import Kind

# A term in more than this share of the passages costs time and tells little, but in a small
# index a common term may still tell passages apart, and costs nothing.
_COMMON_SHARE = 0.03
_COMMON_AT_LEAST = 1000
_MOST_LOOKED_UP = 256
_MOST_ASKED = 64
# Words about the source (title, author) say less of a passage than its own.
_PASSAGE_WEIGHT = 1.0
_ABOUT_WEIGHT = 0.5


def add_entry(
    connection: sqlite3.Connection, kind: Kind, number: int, text: str, about: str
) -> None:
    """Makes the passage in row `number` findable by the words of `text` and `about`."""
    connection.execute(
        f"INSERT INTO lexicon_{kind} (rowid, passage, about) VALUES (?, ?, ?)",  # noqa: S608
        (number, _joined(text), _joined(about)),
    )
    _count(connection, kind, 1)


def remove_entry(
    connection: sqlite3.Connection, kind: Kind, number: int, text: str, about: str
) -> None:
    """Undoes `add_entry`; `text` and `about` must be those it was called with."""
    connection.execute(
        f"INSERT INTO lexicon_{kind} (lexicon_{kind}, rowid, passage, about) "  # noqa: S608
        "VALUES ('delete', ?, ?, ?)",
        (number, _joined(text), _joined(about)),
    )
    _count(connection, kind, -1)


def clear(connection: sqlite3.Connection, kind: Kind) -> None:
    """Takes every passage of `kind` out."""
    connection.execute(
        f"INSERT INTO lexicon_{kind} (lexicon_{kind}) VALUES ('delete-all')"  # noqa: S608
    )
    connection.execute("UPDATE lexicon_sizes SET passages = 0 WHERE kind = ?", (kind,))


def search(connection: sqlite3.Connection, kind: Kind, text: str, limit: int) -> LexicalResult:
    """The `limit` passages of `kind` that best match the words of `text`, best first."""
    wanted = terms(text)[:_MOST_LOOKED_UP]
    total = _size(connection, kind)
    if not wanted or not total or limit < 1:
        return LexicalResult((), 0.0)
    frequency = _document_frequencies(connection, kind, dict.fromkeys(wanted))
    asked = telling_terms(frequency, total)
    hits = _best(connection, kind, asked, limit) if asked else ()
    return LexicalResult(tuple(hits), coverage(wanted, frequency, total))


def telling_terms(frequency: Mapping[str, int], total: int) -> list[str]:
    """The terms worth asking for, out of those that occur, rarest first: not the too common ones.

    At least one is kept. `frequency` is how many of `total` passages hold each term.
    """
    common = max(_COMMON_SHARE * total, _COMMON_AT_LEAST)
    rarest = sorted(frequency, key=lambda term: frequency[term])[:_MOST_ASKED]
    return [term for term in rarest if frequency[term] <= common] or rarest[:1]


def coverage(wanted: Sequence[str], frequency: Mapping[str, int], total: int) -> float:
    """The share, by inverse document frequency, of the terms in `wanted` that occur at all.

    `wanted` are the terms of a question in their order. A pair of characters that does not occur
    is no unknown word if its neighbours occur: it lies across two words. So it counts by the
    half for each of its characters that a known pair holds too.
    """
    known = unknown = 0.0
    for place, term in enumerate(wanted):
        count = frequency.get(term, 0)
        weight = math.log1p((total - count + 0.5) / (count + 0.5))
        if count:
            known += weight
        else:
            unknown += weight * (1.0 - 0.5 * held_neighbours(wanted, frequency, place))
    return known / (known + unknown) if known else 0.0


def _joined(text: str) -> str:
    return " ".join(terms(text))


def _count(connection: sqlite3.Connection, kind: Kind, more: int) -> None:
    connection.execute(
        "UPDATE lexicon_sizes SET passages = passages + ? WHERE kind = ?", (more, kind)
    )


def _size(connection: sqlite3.Connection, kind: Kind) -> int:
    row = connection.execute(
        "SELECT passages FROM lexicon_sizes WHERE kind = ?", (kind,)
    ).fetchone()
    return int(row[0])


def _document_frequencies(
    connection: sqlite3.Connection, kind: Kind, wanted: Iterable[str]
) -> dict[str, int]:
    found = {}
    for term in wanted:
        row = connection.execute(
            f"SELECT doc FROM vocabulary_{kind} WHERE term = ?",  # noqa: S608
            (term,),
        ).fetchone()
        if row is not None:
            found[term] = int(row[0])
    return found


def _best(
    connection: sqlite3.Connection, kind: Kind, asked: Sequence[str], limit: int
) -> list[Hit]:
    # Quoted, a term is a plain string to FTS5: nothing a user types is read as query syntax.
    match = " OR ".join(f'"{term}"' for term in asked)
    lexicon = f"lexicon_{kind}"
    rows = connection.execute(
        f"SELECT passages.id, found.score FROM ("  # noqa: S608
        f" SELECT rowid, bm25({lexicon}, {_PASSAGE_WEIGHT}, {_ABOUT_WEIGHT}) AS score"
        f" FROM {lexicon} WHERE {lexicon} MATCH ? ORDER BY score LIMIT ?"
        ") AS found JOIN passages ON passages.number = found.rowid ORDER BY found.score, id",
        (match, limit),
    )
    return [Hit(str(passage_id), -float(score)) for passage_id, score in rows]
