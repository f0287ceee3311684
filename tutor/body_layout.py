"""Where a model's sentence stands on the page when some of its neighbours were left out."""

from __future__ import annotations

from dataclasses import replace

from corpus.types import Language
from tutor.free_sentences import item_mark
from tutor.streaming.stream_cutting import Piece


class BodyLayout:
    """Gives each kept piece what stands before it; a piece left out hands its place on."""

    def __init__(self, language: Language) -> None:
        self._gap = "" if language is Language.CHINESE else " "
        self._lead: str | None = None  # of the line that waits for its first kept piece
        self._last_lead: str | None = None  # of the line printed last; None before the first

    def meet(self, piece: Piece) -> Piece:
        """`piece`, opening the line that a piece left out should have opened."""
        if piece.starts_block:
            self._lead = item_mark(piece)
        if self._lead is None:
            return piece
        return replace(piece, lead=self._lead, starts_block=True)

    def keep(self, piece: Piece) -> str:
        """What stands before `piece`, which has been met and is printed now."""
        if not piece.starts_block and self._last_lead is not None:
            return self._gap
        follows_like = bool(piece.lead.strip()) and bool((self._last_lead or "").strip())
        self._last_lead, self._lead = piece.lead, None
        return "\n" if follows_like else "\n\n"
