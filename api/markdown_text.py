"""Texts of others within Markdown, where none of their characters may become mark-up."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$]|&(?=\w+;))")
# At the beginning of a line these make a list, a rule or a heading of the line above.
_AT_THE_BEGINNING = re.compile(r"^(\d*)([-+=.)])")
_NOT_IN_A_LINK = str.maketrans(
    {"<": "%3C", ">": "%3E", " ": "%20", "\n": "%0A", "\r": "%0D", "\\": "%5C"}
)


def escaped(text: str) -> str:
    """`text` on one line, to be read as it is."""
    marked = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _AT_THE_BEGINNING.sub(r"\1\\\2", marked)


def link(words: str, url: str) -> str:
    """`words` leading to `url`; the words alone where it is no web address."""
    if not url.startswith(("https://", "http://")):
        return escaped(words)
    return f"[{escaped(words)}](<{url.translate(_NOT_IN_A_LINK)}>)"
