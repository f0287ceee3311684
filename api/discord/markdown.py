"""Text as Discord shows it: what may act as Markdown, and what must stay as it is written."""

from __future__ import annotations

import re
from typing import Final

LONGEST_LINK: Final = 500
_SPECIAL: Final = re.compile(r"([\\`*_~|\[\]<>#])")
_EVERYBODY: Final = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
# <@1>, <@&1>, <#1>, </ask:1>, <:name:1>, <a:name:1>, <t:1>, <id:browse>
_COMMANDING: Final = re.compile(r"(?<!\\)<(?=[@#:/]|a:|t:|id:)")
_MASKED_LINK: Final = re.compile(r"(?<=\])(?=\()")
_NOT_IN_A_LINK: Final = re.compile(r"[\s<>]")
_ZERO_WIDTH_SPACE: Final = "\u200b"


def escaped(text: str) -> str:
    """`text` on one line in which nothing acts: names, titles and quotations."""
    return _silenced(_SPECIAL.sub(r"\\\1", " ".join(text.split())))


def defused(markdown: str) -> str:
    """An answer of ours, with its bold and its lists, that calls nobody and hides no address."""
    return _MASKED_LINK.sub(_ZERO_WIDTH_SPACE, _COMMANDING.sub(r"\\<", _silenced(markdown)))


def linked(url: str) -> str:
    """A link without a preview; "" for what is no address on the web."""
    if not url.startswith(("https://", "http://")) or len(url) > LONGEST_LINK:
        return ""
    return f"<{_NOT_IN_A_LINK.sub('', url)}>"


def _silenced(text: str) -> str:
    return _EVERYBODY.sub("@" + _ZERO_WIDTH_SPACE, text)
