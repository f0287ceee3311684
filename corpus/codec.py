"""Sources to JSON and back, for the catalogue."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache

from pydantic import TypeAdapter

from corpus.types import Course, Kind, Perspective, Position, Source


def kind_of(source: Source) -> Kind:
    """Whether `source` is a perspective or a course."""
    return Kind.PERSPECTIVE if isinstance(source, Perspective) else Kind.COURSE


def encode_source(source: Source) -> str:
    """`source` as JSON without its texts, which the catalogue keeps beside it."""
    bare = replace(source, texts=())
    if isinstance(bare, Perspective):
        return _perspective().dump_json(bare, warnings="error").decode()
    return _course().dump_json(bare, warnings="error").decode()


@lru_cache(maxsize=4096)
def decode_source(kind: Kind, data: str) -> Source:
    """The source that `encode_source` wrote; its `texts` are empty."""
    if kind is Kind.PERSPECTIVE:
        return _perspective().validate_json(data)
    return _course().validate_json(data)


def encode_position(position: Position) -> str:
    """`position` as JSON."""
    return _position().dump_json(position, warnings="error").decode()


@lru_cache(maxsize=4096)
def decode_position(data: str) -> Position:
    """The position that `encode_position` wrote."""
    return _position().validate_json(data)


# Built at first use: an adapter takes milliseconds, and importing must stay free of work.
@cache
def _perspective() -> TypeAdapter[Perspective]:
    return TypeAdapter(Perspective)


@cache
def _course() -> TypeAdapter[Course]:
    return TypeAdapter(Course)


@cache
def _position() -> TypeAdapter[Position]:
    return TypeAdapter(Position)
