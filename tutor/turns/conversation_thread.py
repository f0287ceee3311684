"""The thread of a conversation: the question that a turn goes on from, asked again in full."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.language import detect_language, simplified
from corpus.types import Direction, Goal, Language, Topic
from tutor.conversation import Conversation, Turn
from tutor.learner import Known
from tutor.turns.clauses import clauses
from tutor.turns.elliptical import EDGE, subject_in
from tutor.turns.turn_words import Subject, turn_words
from tutor.understanding import understand

_ABOUT = re.compile(r"^(?:关于|About )“(?P<base>.+)”[，:]")
_LONGEST = 120  # characters of an earlier question that are worth repeating
_SURE = (Known.STATED, Known.READ, Known.EARLIER)


@dataclass(frozen=True, slots=True)
class Thread:
    """What a turn goes on from: the question it continues, and what that question was about."""

    turn: Turn
    subject: Subject | None
    goal: Goal | None
    direction: Direction | None
    language: Language

    @property
    def topic(self) -> Topic | None:
        """What the last answer dealt with first."""
        return self.turn.topics[0] if self.turn.topics else None

    @property
    def purpose(self) -> str:
        """The goal as the beginning of a question, or ""."""
        return turn_words().purposes[self.goal].text(self.language) if self.goal else ""


def thread(conversation: Conversation, turn: Turn, language: Language) -> Thread:
    """The thread that goes on from `turn`, to be written in `language`."""
    before = () if turn.abstained else conversation.turns[::-1]
    turns = (turn, *sorted(before, key=lambda one: one.abstained))
    subject = next((found for one in turns if (found := subject_in(simplified(one.asked)))), None)
    learner = conversation.learner
    if learner is None or turn.abstained:
        return Thread(turn, subject, None, None, language)
    goal = learner.goal if learner.goal_known in _SURE else None
    return Thread(turn, subject, goal, learner.direction, language)


def with_goal(thread: Thread, goal: Goal | None) -> Thread:
    """The same thread for another goal, or for none."""
    return replace(thread, goal=goal)


def with_direction(thread: Thread, direction: Direction) -> Thread:
    """The same thread for another field."""
    return replace(thread, direction=direction)


def base(thread: Thread) -> str:
    """The question that the thread is about, with its subject and the learner's goal."""
    return with_context(thread, core(thread))


def topical(thread: Thread, topic: Topic) -> str:
    """The question that a topic stands for, in this thread."""
    known = turn_words().questions[topic]
    noun = known.noun.text(thread.language)
    return in_context(thread, known.ask.text(thread.language).format(noun=noun))


def in_context(thread: Thread, clause: str) -> str:
    """`clause` with the subject and the goal of the thread in front of it."""
    opening = _context(thread, thread.purpose)
    return after(opening, clause, thread.language) if opening else _capital(clause)


def core(thread: Thread) -> str:
    """What the question of the thread asks, without what it tells of the learner."""
    asked = simplified(thread.turn.asked)
    while wrapped := _ABOUT.match(asked):
        asked = wrapped["base"]
    words = turn_words()
    asks = [
        clause
        for clause in clauses(asked)
        if words.asks.search(clause) and not words.kinds["why"].covers(clause)
    ]
    kept = "".join(asks).strip() or asked
    if thread.topic and _is_stale(kept, thread):
        return topical(replace(thread, goal=None, subject=None), thread.topic)
    return kept if len(kept) <= _LONGEST else kept[:_LONGEST].rstrip(EDGE) + "…"


def _is_stale(question: str, thread: Thread) -> bool:
    """Whether a question cannot be asked again in its words: another time, goal or language."""
    told = understand(question).learner
    other = (
        told.weeks is not None,
        told.hours_per_week is not None,
        told.goal not in (None, thread.goal),
        told.direction not in (None, thread.direction),
    )
    foreign = detect_language(question) is not thread.language
    return any(other) or foreign or len(question) > _LONGEST


def with_context(thread: Thread, question: str, purpose: str | None = None) -> str:
    """`question` with the subject and the goal of the thread, where it does not name them.

    `purpose` is how the goal is put, if not in the tutor's own words.
    """
    named = thread.goal is None or understand(question).learner.goal is thread.goal
    purpose = "" if named else purpose or thread.purpose
    if thread.subject and thread.subject.words.search(question):
        thread = replace(thread, subject=None)
    opening = _context(thread, purpose)
    return after(opening, question, thread.language) if opening else question


def _context(thread: Thread, purpose: str) -> str:
    subject = thread.subject.name.text(thread.language) if thread.subject else ""
    if not subject or subject in purpose:
        return purpose
    if thread.language is Language.CHINESE:
        return f"{purpose}学{subject}"
    return f"to learn {subject} {purpose}".rstrip()


def after(opening: str, question: str, language: Language) -> str:
    """`question` after words that set the scene for it."""
    if language is Language.CHINESE:
        return f"{opening}，{question}"
    own = question[:2] in ("I ", "I'") or question[:2].isupper()
    return f"{_capital(opening)}, {question if own else question[:1].lower() + question[1:]}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
