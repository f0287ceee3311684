"""Cutting a long text into messages, at the places where it hurts least."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus.atoms import URL, Span, enclosing

# Discord's own limit counts code points (discord-api-docs issue 1315), its apps count UTF-16
# units. The latter are never fewer, so counting them keeps to both.
LIMIT: Final = 2000
_LEAST_FILLED: Final = 0.5
_LONG_WORD: Final = 20
_BROKEN_WORD: Final = re.compile(r"[A-Za-z0-9]{2}")
# Markers of one claim stay together, up to a number that fits into any message, and stay with the
# last character of the claim.
_WHOLE: Final = re.compile(
    rf"<?{URL.pattern}>?|\S? ?\[\d{{1,6}}\](?:\[\d{{1,6}}\]){{0,30}}|\\.|@\u200b\w{{1,10}}"
)
# The best places first: paragraphs, lines, sentences with their markers, words.
_PLACES: Final = (
    re.compile(r"\n\n+"),
    re.compile(r"\n(?!>)"),  # a quotation stays with the line that introduces it
    re.compile(r"\n"),
    re.compile(r"(?:[。！？；]|[.!?](?=[\s\[」』”’)]))[」』”’）)*_]* ?(?:\[\d{1,6}\])*[。.]?\s*"),
    re.compile(r"\s+|[，、：,]"),
)


def length(text: str) -> int:
    """The length of `text` in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int = LIMIT) -> list[str]:
    """`text` in parts of at most `limit`, none of them blank; only white space is left out.

    A citation marker, a link and an escaped character are cut only where one alone is longer.
    """
    parts: list[str] = []
    rest = text.strip()
    while length(rest) > limit:
        cut = _cut(rest, _reach(rest, limit))
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def shortened(text: str, limit: int) -> str:
    """`text` when it is within `limit`, else its beginning, in whole words if they are not
    long, with "…"."""
    if length(text) <= limit:
        return text
    reach = _reach(text, limit - 1)
    if _BROKEN_WORD.match(text, reach - 1):
        gap = text.rfind(" ", max(1, reach - _LONG_WORD), reach)
        reach = gap if gap > 0 else reach
    return text[:reach].rstrip() + "…"


def _reach(text: str, limit: int) -> int:
    """How many characters from the start of `text` are within `limit`, one at least."""
    if len(text) <= limit // 2:
        return len(text)
    units = 0
    for index, character in enumerate(text):
        units += 1 + (character > "\uffff")
        if units > limit:
            return max(1, index)
    return len(text)


def _cut(text: str, reach: int) -> int:
    """Where the first part ends, at most at `reach`."""
    whole = [match.span() for match in _WHOLE.finditer(text, 0, reach + 3 * LIMIT)]
    least = int(reach * _LEAST_FILLED)
    for place in _PLACES:
        cuts = [cut for cut in _cuts(place, text, reach, whole) if cut >= least]
        if cuts:
            return cuts[-1]
    atom = enclosing(whole, reach)
    return atom[0] if atom and atom[0] > 0 else reach


def _cuts(place: re.Pattern[str], text: str, reach: int, whole: list[Span]) -> Iterator[int]:
    for match in place.finditer(text, 0, reach + 2):  # a place may look one character ahead
        cut = match.end()
        # White space that reaches beyond the limit is left out in any case.
        within = len(text[:cut].rstrip()) <= reach
        if cut > 0 and within and not enclosing(whole, cut):
            yield min(cut, reach) if text[reach:cut].isspace() else cut
