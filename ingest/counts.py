"""Vote counters as pages print them."""

from __future__ import annotations

import re
from decimal import Decimal

_SCALES = {"万": 10_000, "萬": 10_000, "w": 10_000, "千": 1_000, "k": 1_000, "m": 1_000_000, "": 1}
COUNT = r"\d[\d,，]*(?:\.\d+)?\s*(?:[万萬千]|[kKwWmM](?![A-Za-z]))?\+?"
_PARTS = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*([万萬千kKwWmM]?)")


def count_of(text: str) -> int | None:
    """The first number in `text` as a whole: "1.3 万" is 13000, "13,981" is 13981; else None."""
    match = _PARTS.search(text)
    if match is None:
        return None
    number = Decimal(match[1].replace(",", "").replace("，", ""))
    return int(number * _SCALES[match[2].lower()])
