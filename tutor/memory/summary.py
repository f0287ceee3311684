"""What went before the last turns, cut from what was said: nothing rewritten, so nothing wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.sentences import split_sentences

_MARKERS = re.compile(r" ?\[\d{1,3}\]|\*\*")


def extractive_summary(turns: Iterable[tuple[str, str]], limit: int) -> str:
    """A line "asked → first sentence of the answer" for each turn, oldest first.

    `turns` are (asked, beginning of the answer), *newest* first. At most `limit` characters: the
    oldest lines fall away.
    """
    lines: list[str] = []
    left = limit
    for asked, answer in turns:
        line = f"{shortened(asked, limit // 10)} → {_first_sentence(answer, limit // 10)}"
        left -= len(line) + 1
        if left < 0:
            break
        lines.append(line)
    return "\n".join(reversed(lines))


def shortened(text: str, limit: int) -> str:
    """`text` on one line and at most `limit` characters long; "…" marks what was cut off."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _first_sentence(answer: str, limit: int) -> str:
    spans = split_sentences(answer)
    sentence = answer[slice(*spans[0])] if spans else ""
    return shortened(_MARKERS.sub("", sentence), limit)
