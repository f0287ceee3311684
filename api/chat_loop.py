"""The chat itself: line after line, until there is none."""

from __future__ import annotations

import os
import traceback

from api.blocks import Line, Lines, Tone
from api.chat_actions import ChatActions
from api.chat_commands import Command, is_command, read_command
from api.chat_reader import Reader
from api.chat_session import ChatSession
from api.failures import unexpected
from api.pages import print_page
from api.terminal import note, write
from corpus.errors import XianhouError
from corpus.types import Bilingual

_STOPPED = Bilingual(zh="停下了，这个问题没有保存。", en="Stopped; this question was not kept.")


def converse(session: ChatSession, reader: Reader, actions: ChatActions) -> None:
    """Reads and answers until the reader ends or somebody quits.

    No failure ends the chat: it is said in one line, and the next message is read. At a terminal
    Ctrl-C only stops what is being done; elsewhere it raises KeyboardInterrupt.
    """
    while (line := reader.read()) is not None:
        if not line.strip():
            continue
        try:
            if _done(line, actions):
                return
        except KeyboardInterrupt:
            if not reader.interactive:
                raise
            write("")
            _tell(_STOPPED, session, reader)
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad turn must not end the chat
            _tell_of(error, session, reader)


def _done(line: str, actions: ChatActions) -> bool:
    """Does what `line` asks for; True when it asks to leave."""
    if not is_command(line):
        actions.ask(line)
        write("")
        return False
    command, words = read_command(line)
    if command is Command.QUIT:
        return True
    actions.do(command, words)
    write("")
    return False


def _tell_of(error: Exception, session: ChatSession, reader: Reader) -> None:
    if isinstance(error, XianhouError):
        _tell(error.message, session, reader)
        return
    _tell(unexpected(error), session, reader)
    if os.environ.get("TUTOR_DEBUG") == "1":
        traceback.print_exception(error)


def _tell(text: Bilingual, session: ChatSession, reader: Reader) -> None:
    """A word that is no part of any result: on the screen, or beside the pipe."""
    said = text.text(session.language)
    if reader.interactive:
        print_page([Lines((Line(said, Tone.WARNING),))])
        write("")
    else:
        note(said)
