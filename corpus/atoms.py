"""Stretches of text that are never cut: formulas, code, links and titles."""

from __future__ import annotations

import re
from bisect import bisect_right

URL = re.compile(r"https?://[!#-&*-;=?-Z_a-z~\[\]]*[#%&+/-9=@-Z_a-z~-]")

FORMULA = (
    r"\$\$.{1,2000}?\$\$"
    r"|\\\[.{1,2000}?\\\]"
    r"|\\\(.{1,2000}?\\\)"
    r"|\$(?![\s$])[^$\n]{1,300}?(?<!\s)\$(?!\d)"
    r"|\$[^$\n]{0,300}?[\\^_=][^$\n]{0,300}?\$"
)
_LINK = r"\[[^\[\]\n]{1,200}\]\([^()\s]{1,2000}\)"
_CODE = r"```.*?(?:```|\Z)|`[^`\n]+`"
_ATOM = re.compile(f"{_CODE}|{FORMULA}|{_LINK}|{URL.pattern}", re.DOTALL)
_ATOM_OR_ASIDE = re.compile(
    rf"{_CODE}|{FORMULA}|{_LINK}|{URL.pattern}|《[^《》\n]{{1,80}}》|（[^（）\n]{{1,80}}）|\([^()\n]{{1,80}}\)",
    re.DOTALL,
)

Span = tuple[int, int]


def atoms(text: str, *, asides: bool = False) -> list[Span]:
    """The spans of formulas, code and links in `text`, ordered and disjoint.

    With `asides`, also book titles (《…》) and short parentheses, inside which no sentence ends.
    """
    pattern = _ATOM_OR_ASIDE if asides else _ATOM
    return [match.span() for match in pattern.finditer(text)]


def enclosing(spans: list[Span], position: int) -> Span | None:
    """The one of the ordered `spans` that a cut at `position` would fall within, if any."""
    index = bisect_right(spans, position, key=lambda span: span[0]) - 1
    if index >= 0 and spans[index][0] < position < spans[index][1]:
        return spans[index]
    return None
