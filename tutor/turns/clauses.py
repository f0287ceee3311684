"""A text cut into its clauses, with their punctuation."""

from __future__ import annotations

import re

_END = r"，。；！？,;!?\n"
_CLAUSE = re.compile(rf"[^{_END}.]+(?:\.(?!\s|$)[^{_END}.]*)*(?:[{_END}]|\.(?=\s|$))*|[{_END}.]+")


def clauses(text: str) -> list[str]:
    """The clauses of `text`; joined they are `text` again. A stop inside "fast.ai" ends none."""
    return _CLAUSE.findall(text)
