"""What can be completed at the prompt: commands, and the words that belong behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from api.chat_commands import COMMANDS, Command, is_command, read_command
from api.chat_fields import FIELDS, GOAL, Field
from api.chat_profile import field_named
from corpus.errors import UsageError
from corpus.types import Goal, Language
from tutor.phrases import goal_name

_GOAL_OFF = "off"
_PROFILE_CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that could stand in place of the last `replaces` characters, and what it means."""

    word: str
    replaces: int
    meaning: str = ""


def suggestions(before_cursor: str, language: Language) -> Iterator[Suggestion]:
    """What could be typed on; nothing for a question."""
    if not is_command(before_cursor):
        return
    line = before_cursor.lstrip()
    typed = line[line.rfind(" ") + 1 :]
    if typed == line:
        yield from _commands(line, language)
        return
    try:
        command, words = read_command(line[: len(line) - len(typed)])
    except UsageError:
        return
    for word, meaning in _words_of(command, words.split(), language):
        if word.casefold().startswith(typed.casefold()):
            yield Suggestion(word, len(typed), meaning)


def _commands(typed: str, language: Language) -> Iterator[Suggestion]:
    for each in COMMANDS:
        names = (each.command.value, each.chinese)
        # In the reader's script where nothing has been typed, else whatever fits.
        order = names if language is Language.ENGLISH else reversed(names)
        fitting = [name for name in order if name.startswith(typed[1:].casefold())]
        if fitting:
            yield Suggestion(f"/{fitting[0]}", len(typed), each.help.text(language))


def _words_of(command: Command, words: list[str], language: Language) -> Iterable[tuple[str, str]]:
    if command is Command.GOAL and not words:
        return [*_values(GOAL, language), (_GOAL_OFF, "")]
    if command is Command.PROFILE:
        return _profile_words(words, language)
    return ()


def _profile_words(words: list[str], language: Language) -> Iterable[tuple[str, str]]:
    known = [(field.name, field.label.text(language)) for field in FIELDS]
    if not words:
        return [*known, (_PROFILE_CLEAR, "")]
    if words == [_PROFILE_CLEAR]:
        return known
    try:
        return _values(field_named(words[0]), language) if len(words) == 1 else ()
    except UsageError:
        return ()


def _values(field: Field, language: Language) -> list[tuple[str, str]]:
    if field is GOAL:
        return [(goal.value, goal_name(goal).text(language)) for goal in Goal]
    return [(value, "") for value in field.example.en.split(", ")]
