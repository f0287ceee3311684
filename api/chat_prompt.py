"""The prompt of the chat on a terminal: history, completion, pasting, keys."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from api.chat_commands import is_command
from api.chat_completion import suggestions
from api.chat_reader import Speaks

FILE: Final = "chat-history"
_PROMPT: Final = "› "


class TerminalReader:
    """Reads messages that a person types; see `api.chat_reader.Reader`.

    Pasted text may have several lines. What was typed is kept in `directory`, readable by its
    owner only.
    """

    interactive = True

    def __init__(self, directory: Path, speaks: Speaks) -> None:
        self._file = directory / FILE
        self._speaks = speaks
        self._session = self._new_session()

    def read(self) -> str | None:
        """See `Reader`; Ctrl-C gives up the line, Ctrl-D ends."""
        try:
            return self._session.prompt(_PROMPT)
        except KeyboardInterrupt:
            return ""
        except EOFError:
            return None

    def reply(self, question: str) -> str:
        """See `Reader`; a reply is kept in no history."""
        asking: PromptSession[str] = PromptSession()
        try:
            return asking.prompt(f"{question} ")
        except (KeyboardInterrupt, EOFError):
            return ""

    def forget(self) -> None:
        """Erases what was typed, here and in the file."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
        self._session = self._new_session()

    def _new_session(self) -> PromptSession[str]:
        return PromptSession(
            history=_History(self._file),
            completer=_Commands(self._speaks),
            complete_while_typing=Condition(lambda: is_command(self._session.default_buffer.text)),
            key_bindings=_keys(),
            # Only while a command is typed does the menu take room below the line.
            reserve_space_for_menu=6,
        )


class _History(FileHistory):
    """A history that only its owner can read, and that a full disk does not turn into a failure."""

    def store_string(self, string: str) -> None:
        with suppress(OSError):
            os.close(os.open(self.filename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
            super().store_string(string)

    def load_history_strings(self) -> Iterable[str]:
        with suppress(OSError):
            return list(super().load_history_strings())
        return []


class _Commands(Completer):
    """The suggestions of `api.chat_completion` in the form of the library."""

    def __init__(self, speaks: Speaks) -> None:
        self._speaks = speaks

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002 - part of the interface
    ) -> Iterable[Completion]:
        for each in suggestions(document.text_before_cursor, self._speaks()):
            yield Completion(each.word, -each.replaces, display_meta=each.meaning)


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("escape", "enter")
    def new_line(event: KeyPressEvent) -> None:
        event.current_buffer.newline()

    return keys
