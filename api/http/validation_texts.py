"""What is wrong with a field of a request, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.validation_texts import fault_text
from corpus.types import Bilingual

_LONGEST_NAME: Final = 60


def field_of(fault: Mapping[str, Any]) -> str | None:
    """The name of the field that pydantic's `fault` is about; None for the body as a whole."""
    # A name that the caller made up may be anything; it is shown as a name, and no longer.
    parts = [_printable(part) for part in fault["loc"][1:] if isinstance(part, str | int)]
    return ".".join(parts) or None


def validation_text(fault: Mapping[str, Any]) -> Bilingual:
    """What is wrong and where, from one of pydantic's errors."""
    said = fault_text(fault)
    name = field_of(fault)
    where = (
        Bilingual(zh=f"字段 {name}：", en=f"{name}: ") if name else Bilingual(zh="请求：", en="")
    )
    return Bilingual(
        zh=f"{where.zh}{said.zh}。请改正后再发，接口说明见 /docs。",
        en=f"{where.en}{said.en}. Correct it; /docs describes what is expected.",
    )


def _printable(part: str | int) -> str:
    text = str(part).encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else "?" for c in text)[:_LONGEST_NAME]
