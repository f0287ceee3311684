"""Keeping back what a model thinks aloud before it answers."""

from __future__ import annotations

from typing import Final

_OPENS: Final = "<think>"
_CLOSES: Final = "</think>"


class ThoughtFilter:
    """Drops `<think>…</think>` at the start of a reply that comes in pieces.

    Most servers send the thoughts of such models apart from the text; some send them in it.
    """

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False
        self._speaking = False
        self.said = False

    def feed(self, piece: str) -> str:
        """What of the reply can be shown now that `piece` has come."""
        if not self._speaking:
            self._held += piece
            piece = self._released()
        self.said = self.said or bool(piece.strip())
        return piece

    def end(self) -> str:
        """What was still held back when the reply ended; thoughts without an end stay back."""
        rest = "" if self._thinking else self._held.rpartition(_CLOSES)[2]
        self._held = ""
        self.said = self.said or bool(rest.strip())
        return rest

    def _released(self) -> str:
        """What of the text held back turns out to be the reply; "" while that is not known."""
        start = self._held.lstrip()
        if not start or (len(start) < len(_OPENS) and _OPENS.startswith(start)):
            return ""
        if start.startswith(_OPENS):
            self._thinking = _CLOSES not in start
            start = start.partition(_CLOSES)[2].lstrip()
            if not start:
                return ""
        self._held, self._speaking = "", True
        return start


def spoken(reply: str) -> str:
    """`reply` without the thoughts at its start."""
    thoughts = ThoughtFilter()
    return thoughts.feed(reply) + thoughts.end()
