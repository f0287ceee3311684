"""The block of fields that notes, blogs and reposts put above their text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_BLOCK = re.compile(
    r"\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<fields>.*?)\n(?P=fence)[ \t]*(?:\n|\Z)", re.S
)
_FIELD = re.compile(r"^(?P<key>[\w-]+)[^\S\n]*[:=：](?P<value>[^\n]*)", re.MULTILINE)


def split_front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """The fields above `text` (names in lower case, values as text) and the text below them.

    YAML is read as YAML where it is valid, and line by line where it is not, since such blocks are
    often written by hand or by careless converters; so is YAML with aliases or deep nesting.
    """
    match = _BLOCK.match(text)
    if match is None or not _FIELD.search(match["fields"]):
        return {}, text
    fields = match["fields"]
    data = _yaml(fields) if match["fence"] == "---" else None
    if data is None:
        data = {
            found["key"]: found["value"].strip().strip("\"'") for found in _FIELD.finditer(fields)
        }
    meta = {str(key).strip().lower(): _text(value) for key, value in data.items()}
    return meta, text[match.end() :]


def _yaml(fields: str) -> dict[Any, Any] | None:
    import yaml

    from corpus.yaml_bounds import check_bounds

    try:
        check_bounds(fields)
        data = yaml.load(fields, Loader=yaml.CBaseLoader)  # noqa: S506 - it only makes text
    except yaml.YAMLError:
        return None
    return data if isinstance(data, dict) else None


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_text(part) for part in value)
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("zh") or "")
    return str(value or "").strip()
