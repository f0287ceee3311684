"""What a support model is: it reads evidence and a claim and says how well they go together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class SupportModel(Protocol):
    """Judges whether evidence bears out a claim. May be called from several threads."""

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """How likely the evidence (first) supports the claim (second), each in [0, 1].

        Raises EmbedderError where the model cannot be loaded.
        """
        ...
