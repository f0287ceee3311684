"""What a turn of a conversation wants, and its question made self-contained.

Rules only: pure functions, no input or output. Precision goes first: a turn that is not clearly a
follow-up is a question of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.language import detect_language, han_count, simplified
from corpus.types import Language, Topic
from tutor.conversation import Conversation, Turn
from tutor.turns.conversation_thread import base
from tutor.turns.elliptical import EDGE, after_lead, fragment
from tutor.turns.follow_up_readers import read_follow_up
from tutor.turns.said import Act, Reading, Said
from tutor.turns.study_talk import study_talk
from tutor.turns.turn_words import is_bare, turn_words

__all__ = ["Act", "Resolved", "resolve"]
_LANGUAGE = re.compile(r"[文语語话話]|english|chinese|mandarin|zhongwen|yingwen", re.IGNORECASE)
_POLITE = re.compile(
    r"^(?:请|麻烦你?|能不能|可以|能|please|pls|can you|could you|and|[\s,，:：])+", re.IGNORECASE
)
_RECENT = 30  # turns
_LONGEST = 300  # characters of a turn that may lean on what was said
_LONGEST_NAME = 4  # Han characters
_FEW_WORDS = 2
_FEW_WORDS_MIXED = 4


@dataclass(frozen=True, slots=True)
class Resolved:
    """A turn made self-contained.

    `asked` is the question for searching and for reading topics; it equals the learner's words when
    they stand by themselves. `certain` tells whether the rules are sure. `language` is the one the
    learner wished for, in this turn or before, or that of the talk where the turn is no more than
    a name; else None. `withdrawn` names the fields of the learner that the turn takes back, for
    `tutor.turns.profile.carry_over`. `continues` are the topics of the last answer, where the turn
    may go on with them without saying so.
    """

    asked: str
    certain: bool
    language: Language | None
    act: Act
    withdrawn: frozenset[str] = frozenset()
    continues: tuple[Topic, ...] = ()


def resolve(question: str, conversation: Conversation) -> Resolved:
    """Read `question` as the next turn of `conversation`."""
    wish, text = _wish(question)
    language = wish or _standing_wish(conversation)
    asked = text if wish and not is_bare(text) else question
    reading = _read(asked, text, language, conversation)
    return Resolved(
        reading.asked,
        reading.certain,
        language or _kept_language(text, conversation),
        reading.act,
        reading.withdrawn,
        reading.continues,
    )


def _read(asked: str, text: str, language: Language | None, conversation: Conversation) -> Reading:
    words = turn_words()
    turns = [turn for turn in conversation.turns[-_RECENT:] if not _is_aside(turn)]
    if words.kinds["small-talk"].covers(text):
        return Reading(asked, Act.SMALL_TALK)
    if not turns:
        return Reading(asked, Act.QUESTION)
    if words.instruction.search(text) or len(text) > _LONGEST:
        return Reading(asked, Act.NEW_TOPIC)
    if match := words.new_topic.match(text):
        rest = text[match.end() :]
        return Reading(asked if is_bare(rest) else rest, Act.NEW_TOPIC)
    said = _said(text, turns, conversation, language)
    if is_bare(text):
        return Reading(base(said.from_last), Act.REPEAT)
    return read_follow_up(said, asked)


def _said(
    text: str, turns: Sequence[Turn], conversation: Conversation, language: Language | None
) -> Said:
    *_, rest = after_lead(text)
    answered = next((turn for turn in reversed(turns) if not turn.abstained), None)
    spoken = language or _kept_language(text, conversation) or _spoken(text, turns[-1])
    return Said(text, rest, conversation, turns[-1], answered, spoken)


def _wish(question: str) -> tuple[Language | None, str]:
    """The language that `question` wishes for, and its text without the wish."""
    if not _LANGUAGE.search(question):
        return None, simplified(question).strip()
    text = simplified(question).strip()
    words = turn_words()
    whole = words.kinds["language"]
    if whole.covers(text):
        named = [code for code, names in words.language_names.items() if names.search(text)]
        return (named[0], "") if len(named) == 1 else (None, text)
    for code, inside in words.language_inside.items():
        if match := inside.search(text):
            rest = _POLITE.sub("", f"{text[: match.start()]} {text[match.end() :]}").strip()
            return code, "" if is_bare(whole.words.sub(" ", rest)) else rest
    return None, text


def _standing_wish(conversation: Conversation) -> Language | None:
    said = (turn.question for turn in reversed(conversation.turns))
    wishes = (_wish(question)[0] for question in said if _LANGUAGE.search(question))
    return next((wish for wish in wishes if wish), None)


def _is_aside(turn: Turn) -> bool:
    """Whether a turn is nothing that a later one goes on from.

    One that was not answered and says nothing of its own ("anything easier than that?") is none.
    """
    words = turn_words()
    if words.kinds["small-talk"].covers(turn.question) or words.instruction.search(turn.question):
        return True
    if study_talk(turn.question) is not None and not turn.topics:
        return True
    own = bool(words.asks.search(turn.question)) and not words.pointing.search(turn.question)
    return turn.abstained and turn.asked == turn.question and not own


def _kept_language(text: str, conversation: Conversation) -> Language | None:
    """English, where a bare Chinese name stands in a talk in English: it tells no language."""
    learner = conversation.learner
    if learner is None or learner.language is not Language.ENGLISH:
        return None
    name = text.strip(EDGE)
    words = turn_words()
    kinds = (*words.kinds.values(), *words.predicates.values())
    a_word = any(kind.covers(text) for kind in kinds) or fragment(text) or words.asks.search(name)
    is_name = han_count(name) == len(name) <= _LONGEST_NAME and not a_word
    return Language.ENGLISH if name and is_name else None


def _spoken(text: str, last: Turn) -> Language:
    """The language to answer in. A few words of English in a Chinese talk do not change it."""
    few = _FEW_WORDS_MIXED if han_count(text) else _FEW_WORDS
    if len(text.split()) <= few and detect_language(text) is Language.ENGLISH:
        return detect_language(last.asked)
    return detect_language(text)
