"""The domain's dataclasses to JSON values and back, readable across versions of the program.

A field that is added to a stored dataclass needs a default: rows from before lack it.
"""

from __future__ import annotations

import logging
from collections.abc import Hashable, Iterable, Sequence
from copy import deepcopy
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from tutor.memory.storable import storable_value

T = TypeVar("T")

_log = logging.getLogger(__name__)


def encode(value: object) -> Any:
    """A dataclass as a JSON value."""
    adapter = _adapter(cast("Hashable", type(value)))
    return storable_value(adapter.dump_python(value, mode="json", warnings="error"))


def decode(kind: type[T], stored: Any) -> T:
    """The `kind` that `encode` made `stored` of, by this version or another.

    Fields that this version does not know are ignored, and so are the smallest parts around a
    value that it does not know. Raises ValueError when too little is left.
    """
    adapter = _adapter(cast("Hashable", kind))
    data = deepcopy(stored)
    while True:
        try:
            found: T = adapter.validate_python(data)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            place = first["loc"][:-1] if first["type"] == "missing" else first["loc"]
            if not place:
                raise
            _log.info("left out of a stored %s: %s (%s)", kind.__name__, place, first["msg"])
            _remove(data, place)
        else:
            return found


def decode_each(kind: type[T], stored: Iterable[Any]) -> tuple[T, ...]:
    """Those of `stored` that can be read."""
    return tuple(each for each in (readable(kind, value) for value in stored) if each is not None)


def readable(kind: type[T], stored: Any) -> T | None:
    """What `decode` gives, or None where it cannot read `stored`."""
    try:
        return decode(kind, stored)
    except ValueError:
        return None


def _remove(data: Any, place: Sequence[int | str]) -> None:
    *path, last = place
    for step in path:
        data = data[step]
    del data[last]


# Built at first use: an adapter takes milliseconds, and importing must stay free of work.
@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
