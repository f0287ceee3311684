"""Dates as people and pages write them, brought to ISO form."""

from __future__ import annotations

import datetime
import re

_YEAR = r"(?P<year>(?:19|20)\d{2})(?!\d)"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])(?!\d)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
_NAME = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_FORMS = tuple(
    re.compile(rf"(?<!\d){form}", re.IGNORECASE)
    for form in (
        rf"{_YEAR}\s*年\s*{_MONTH}\s*月\s*{_DAY}\s*[日号]",
        rf"{_YEAR}([-/.]){_MONTH}\2{_DAY}",
        rf"{_NAME}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{_NAME},?\s+{_YEAR}",
        rf"{_YEAR}\s*年\s*{_MONTH}\s*月",
        rf"{_YEAR}[-/.]{_MONTH}(?![-/.]\d)",
        rf"{_NAME},?\s+{_YEAR}",
    )
)
_BARE_YEAR = re.compile(rf"\s*{_YEAR}\s*年?\s*")
_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"


def iso_date(text: str) -> str | None:
    """The first date in `text` as "2018-11-23", "2018-11" or "2018"; None where there is none.

    A date without a year ("发布于 08-05") is no date, and so is one that no calendar holds.
    """
    for form in _FORMS:
        for match in form.finditer(text):
            if date := _iso(match.groupdict()):
                return date
    year = _BARE_YEAR.fullmatch(text)
    return year["year"] if year else None


def _iso(parts: dict[str, str | None]) -> str | None:
    year, day = int(parts["year"] or 0), parts.get("day")
    name = parts.get("name")
    month = _NAMES.split().index(name.lower()) + 1 if name else int(parts["month"] or 0)
    try:
        date = datetime.date(year, month, int(day or 1))
    except ValueError:
        return None
    return date.isoformat() if day else f"{date:%Y-%m}"
