"""Showing and changing a learner's profile, one field at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Final

from api.chat_fields import FIELDS, GOAL, Field, Value
from corpus.errors import UsageError
from corpus.types import Bilingual, Language
from tutor.learner import Background, Known, Learner

_CLEAR: Final = ("clear", "清除", "忘掉")
_BACKGROUND: Final = frozenset(field.name for field in fields(Background))


def described(learner: Learner, known: Iterable[Field], language: Language) -> list[str]:
    """One text for each of the fields that has a value: "时间：8 周"."""
    colon = "：" if language is Language.CHINESE else ": "
    return [
        field.label.text(language) + colon + field.show(value).text(language)
        for field in known
        if (value := value_of(learner, field)) is not None
    ]


def value_of(learner: Learner, field: Field) -> Value | None:
    """What is known; None for nothing."""
    holder: object = learner.background if field.attribute in _BACKGROUND else learner
    value: Value | None = getattr(holder, field.attribute)
    return value


def changed(learner: Learner, field: Field, value: Value | None) -> Learner:
    """`learner` with `value`, which the learner has stated; None forgets the field."""
    if field.attribute in _BACKGROUND:
        known = {name: getattr(learner.background, name) for name in _BACKGROUND}
        return replace(learner, background=Background(**{**known, field.attribute: value}))
    if field is GOAL:
        known_how = Known.UNKNOWN if value is None else Known.STATED
        learner = replace(learner, goal_known=known_how, goal_words="", goal_before=None)
    stated: Mapping[str, object] = {field.attribute: value}
    return replace(learner, **stated)  # type: ignore[arg-type]


def edited(learner: Learner, words: str) -> Learner:
    """`learner` after "weeks 8" or "clear weeks"; raises UsageError."""
    first, *rest = words.split(None, 1)
    if first.casefold() in _CLEAR:
        return changed(learner, field_named(" ".join(rest)), None)
    field = field_named(first)
    if not rest:
        raise _value_missing(field)
    return changed(learner, field, parsed(field, rest[0]))


def field_named(word: str) -> Field:
    """The field that somebody types `word` for; raises UsageError with those there are."""
    for field in FIELDS:
        if word.casefold() in field.names:
            return field
    names = ", ".join(field.name for field in FIELDS)
    raise UsageError(
        Bilingual(
            zh=f"没有「{word}」这一项。可以改的：{names}，例如 /profile weeks 8。",
            en=f"There is no field “{word}”. There are: {names}; for example /profile weeks 8.",
        )
    )


def parsed(field: Field, text: str) -> Value:
    """The value that `text` names for `field`; raises UsageError."""
    value = field.parse(text.strip())
    if value is not None:
        return value
    raise UsageError(
        Bilingual(
            zh=f"「{text}」不能作为{field.label.zh}。可以写：{field.example.zh}。",
            en=f"“{text}” does not name a {field.label.en.casefold()}. "
            f"You can write: {field.example.en}.",
        )
    )


def _value_missing(field: Field) -> UsageError:
    example = f"/profile {field.name} {field.example.en.split(', ', maxsplit=1)[0]}"
    return UsageError(
        Bilingual(
            zh=f"还要写上改成什么，例如 {example}。",
            en=f"Say what it should be, as in {example}.",
        )
    )
