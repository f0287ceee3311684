"""Searching one state of the vector index in all languages at once."""

from __future__ import annotations

from corpus.hits import Hit
from corpus.language_balance import LanguageBalance
from corpus.shelves import Shelf
from corpus.types import Kind
from corpus.vectors import VectorReader, Vectors


class BalancedReader:
    """Searches `reader` in all languages at once, made comparable by `balance`."""

    def __init__(self, reader: VectorReader, balance: LanguageBalance) -> None:
        self._reader = reader
        self._balance = balance

    def query(self, kind: Kind, vector: Vectors, limit: int) -> list[Hit]:
        """The `limit` best passages of `kind`, best first; see `Index.dense` for the score."""
        hits = [
            Hit(hit.passage_id, hit.score + bonus)
            for language, bonus in self._balance.bonuses(kind, vector).items()
            for hit in self._reader.query(Shelf(kind, language), vector, limit)
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))[:limit]

    def close(self) -> None:
        """Gives back memory and files."""
        self._reader.close()
