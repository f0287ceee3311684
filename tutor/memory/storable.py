"""Text and plain values in the form that every database takes."""

from __future__ import annotations

import math
from typing import Any


def storable(text: str) -> str:
    """`text` without NUL and lone surrogates, which become U+FFFD; surrogate pairs are joined.

    PostgreSQL refuses the former, and UTF-8 cannot express the latter.
    """
    text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def storable_value(value: Any) -> Any:
    """The same for all texts in a JSON value; a number that JSON does not know becomes None."""
    match value:
        case str():
            return storable(value)
        case float() if not math.isfinite(value):
            return None
        case list():
            return [storable_value(item) for item in value]
        case dict():
            return {storable(key): storable_value(item) for key, item in value.items()}
    return value
