"""Turns in which the learner says something of themselves."""

from __future__ import annotations

import re

from tutor.conversation_thread import base, with_direction, with_goal
from tutor.elliptical import EDGE, fragment, goes_on
from tutor.learner import Learner
from tutor.retractions import goal_in_bare_words, still_holds, withdrawn_in
from tutor.said import Act, Reading, Said
from tutor.self_contained import followed_by
from tutor.turn_words import turn_words
from tutor.understanding import understand

_SAYS_OF_ONESELF = re.compile(r"我|i'm |im |i |my |it's |this is ", re.IGNORECASE)
_SHORT = 40  # characters


def profile_change(said: Said) -> Reading | None:
    """Statements such as "每周只有 5 小时" or "actually I want to do research"."""
    if _asks(said.text) or _goes_on_barely(said):
        return None
    withdrawn = withdrawn_in(said.text, said.conversation.learner)
    holds = still_holds(said.rest)
    told = understand(holds).learner
    goal = None if told.goal else goal_in_bare_words(holds)
    tells = told != Learner(told.language)
    turned_down = holds.strip(EDGE) != said.rest.strip(EDGE)
    if not (withdrawn or goal or tells or turned_down or _introduces(said.rest)):
        return None
    thread = said.from_answer
    if told.direction:
        thread = with_direction(thread, told.direction)
    if goal:
        thread = with_goal(thread, goal)
    elif told.goal or "goal" in withdrawn:
        thread = with_goal(thread, None)
    asked = base(thread)
    if holds.strip(EDGE) and (tells or not goal):
        asked = followed_by(asked, holds)
    return Reading(asked, Act.PROFILE_CHANGE, withdrawn=withdrawn)


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
