"""The errors of the project: each says in Chinese and in English what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Bilingual, Language


class XianhouError(Exception):
    """A failure that a person can act on; `message` says how, in both languages."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self.message = message

    def text(self, language: Language) -> str:
        """The message in `language`."""
        return self.message.text(language)


class UsageError(XianhouError):
    """The caller asked for something that cannot be asked (exit code 2)."""


class SourceFileError(XianhouError):
    """A bundled or hand-written source file is not valid; names file, field and remedy.

    `name` is the file; `faults` are the single complaints, without a full stop.
    """

    def __init__(self, name: str, faults: Sequence[Bilingual]) -> None:
        chinese = "；".join(fault.zh for fault in faults)
        english = "; ".join(fault.en for fault in faults)
        super().__init__(Bilingual(f"{name}：{chinese}。", f"{name}: {english}."))
        self.name = name
        self.faults = tuple(faults)


class DocumentError(XianhouError):
    """A document cannot be read; it is skipped and listed with this reason."""


class EmbedderError(XianhouError):
    """The embedding model cannot be loaded or does not answer."""


class EmbedderMismatchError(XianhouError):
    """The index was built with another embedder than the one configured."""


class StoreError(XianhouError):
    """The catalogue or the vector store cannot be opened, read or written."""


class StoreBusyError(StoreError):
    """Another process is writing to the same data directory."""


class LanguageModelError(XianhouError):
    """The language model is misconfigured, refuses, cannot be reached or stops answering."""


class LanguageModelSetupError(LanguageModelError):
    """The key, the name or the account of the language model is wrong; asking again is no help."""


class PromptTooLongError(LanguageModelError):
    """The request does not fit into the context of the language model; a shorter one may."""


class ConversationError(XianhouError):
    """A conversation cannot be found, read or written."""


class ConversationBusyError(ConversationError):
    """The conversation is being answered already; the second turn is refused, not lost."""
