"""Turns in which the learner says something of themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.types import Goal
from tutor.learner import Known, Learner
from tutor.turns.conversation_thread import base, with_direction
from tutor.turns.elliptical import EDGE, fragment, goes_on
from tutor.turns.retractions import goal_in_bare_words, still_holds, withdrawn_in
from tutor.turns.said import Act, Reading, Said
from tutor.turns.self_contained import followed_by
from tutor.turns.turn_words import turn_words
from tutor.understanding import understand

_SAYS_OF_ONESELF = re.compile(r"我|i'm |im |i |my |it's |this is ", re.IGNORECASE)
_SHORT = 40  # characters


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement of the learner tells: `holds` is what of it is not turned down.

    `goal` is named by a bare word only, `learner` is what the rest tells, and `withdrawn` names
    the fields that it takes back.
    """

    holds: str
    learner: Learner
    goal: Goal | None
    withdrawn: frozenset[str]

    @property
    def tells(self) -> bool:
        """Whether anything is told that the tutor reckons with."""
        told = self.learner != Learner(self.learner.language)
        return told or self.goal is not None or bool(self.withdrawn)

    def left_of(self, before: Learner | None) -> Learner | None:
        """`before` with the goal that the questions of the turn are to be asked for.

        A goal that the statement tells in full is left to its words.
        """
        if before is None:
            return None
        if self.goal:
            return replace(before, goal=self.goal, goal_known=Known.READ)
        if self.learner.goal or "goal" in self.withdrawn:
            return replace(before, goal=None, goal_known=Known.UNKNOWN)
        return before


def statement(text: str, before: Learner | None) -> Statement:
    """Read the statement `text` of a learner of whom `before` was known."""
    holds = still_holds(text)
    told = understand(holds).learner
    goal = None if told.goal else goal_in_bare_words(holds)
    return Statement(holds, told, goal, withdrawn_in(text, before))


def profile_change(said: Said) -> Reading | None:
    """Statements such as "每周只有 5 小时" or "actually I want to do research"."""
    if _asks(said.text) or _goes_on_barely(said):
        return None
    told = statement(said.rest, said.conversation.learner)
    turned_down = told.holds.strip(EDGE) != said.rest.strip(EDGE)
    if not (told.tells or turned_down or _introduces(said.rest)):
        return None
    learner = said.conversation.learner
    talk = replace(said.conversation, learner=told.left_of(learner))
    thread = replace(said, conversation=talk).from_answer
    if told.learner.direction:
        thread = with_direction(thread, told.learner.direction)
    asked = base(thread)
    tells_more = told.learner != Learner(told.learner.language)
    if told.holds.strip(EDGE) and (tells_more or not told.goal):
        asked = followed_by(asked, told.holds)
    return Reading(asked, Act.PROFILE_CHANGE, withdrawn=told.withdrawn)


def _asks(text: str) -> bool:
    """Whether `text` asks; the 什么 of "没有什么目标" does not."""
    words = turn_words()
    for withdrawal in words.withdrawn.values():
        text = withdrawal.sub(" ", text)
    return bool(words.asks.search(text))


def _introduces(text: str) -> bool:
    return bool(turn_words().introduction.match(text)) and len(text) <= _SHORT


def _goes_on_barely(said: Said) -> bool:
    """Whether "and for a job" goes on with the question, though it looks like a statement."""
    if turn_words().supposing.match(said.rest):
        return fragment(said.rest) is not None
    statement = _SAYS_OF_ONESELF.match(said.rest)
    return not statement and goes_on(said.text) and fragment(said.rest) is not None
