"""Asking the configured language model how a document is to be labelled."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from api.chat_model import open_language_model
from api.settings import Settings
from ingest.labelling import Labeller
from ingest.labelling_asked import AskingLabeller, ReadLabels
from ingest.labelling_learned import open_labeller
from tutor.model.language_model import LanguageModel
from tutor.model.types import ChatMessage, Role
from tutor.model.usage import UsageMeter

_SHARE = 0.6  # of the context, for the document
_SECONDS = 60.0


class ModelLabelAsker:
    """Puts documents before `model`, in the event loop of `runner`, one after the other."""

    def __init__(self, model: LanguageModel, runner: asyncio.Runner) -> None:
        self._model = model
        self._runner = runner

    def ask(self, instructions: str, document: str) -> ReadLabels | None:
        """See `ingest.labelling_asked.LabelAsker`; of a long document the beginning is read."""
        messages = [
            ChatMessage(Role.SYSTEM, instructions),
            ChatMessage(Role.USER, _enclosed(self._within_budget(document))),
        ]
        asked = self._model.structured(messages, ReadLabels, UsageMeter(_SECONDS))
        return self._runner.run(asked)

    def _within_budget(self, document: str) -> str:
        budget = int(self._model.context_tokens * _SHARE)
        while (tokens := self._model.count_tokens(document)) > budget:
            document = document[: int(len(document) * 0.95 * budget / tokens)]
        return document


def _enclosed(document: str) -> str:
    """`document` between two lines that nobody who wrote it can have known."""
    code = f"===== {secrets.token_hex(8)} ====="
    return "\n".join([code, document, code])


@contextmanager
def open_labels(settings: Settings) -> Iterator[Labeller]:
    """What labels new documents: the language model that `settings` name, else what was learned.

    Raises UsageError for settings that cannot work.
    """
    model = open_language_model(settings)
    if model is None:
        yield open_labeller()
        return
    with asyncio.Runner() as runner:
        try:
            yield AskingLabeller(ModelLabelAsker(model, runner), open_labeller())
        finally:
            runner.run(model.close())
