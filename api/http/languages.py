"""The language in which a caller over HTTP is spoken to."""

from __future__ import annotations

from fastapi import Request

from corpus.types import Language


def request_language(request: Request) -> Language:
    """Chinese or English, whichever `Accept-Language` prefers; English where it names neither."""
    return accepted_language(request.headers.get("accept-language", ""))


def accepted_language(header: str) -> Language:
    """The first of our languages in the order of `header` ("zh-CN,zh;q=0.9,en;q=0.8")."""
    wanted = sorted(map(_entry, header.split(",")), key=lambda entry: -entry[1])
    for tag, quality in wanted:
        if quality <= 0:
            continue
        if tag.startswith("zh"):
            return Language.CHINESE
        if tag.startswith("en"):
            return Language.ENGLISH
    return Language.ENGLISH


def _entry(entry: str) -> tuple[str, float]:
    tag, _, parameters = entry.partition(";")
    try:
        quality = float(parameters.strip().removeprefix("q=")) if parameters else 1.0
    except ValueError:
        quality = 0.0
    return tag.strip().casefold(), quality
