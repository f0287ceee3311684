"""What the learner says, heard with what they said before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tutor.conversation import Conversation
from tutor.model_understanding import ReadMessage, joined
from tutor.question import is_readable, readable_question
from tutor.turns.continuing import Act, Resolved, resolve
from tutor.turns.profile import carry_over
from tutor.turns.study_talk import study_talk
from tutor.understanding import Understanding, Wishes, understand

_LONGEST_GREETING = 24  # characters
_NAMES_LANGUAGE = re.compile(r"[中英汉]文|[英汉国]语|普通话|english|chinese", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as understood by rules.

    `said` are the learner's own words; `understanding.question` the question made self-contained.
    `changed` names the fields of the profile that are other than before. The rules are `certain`
    where nothing was left open that a language model could tell. `withdrawn` names the fields
    that the learner took back.
    """

    said: str
    act: Act
    understanding: Understanding
    changed: tuple[str, ...]
    certain: bool
    withdrawn: frozenset[str] = frozenset()


def listen(said: str, wishes: Wishes | None, conversation: Conversation) -> Heard:
    """Read `said` with rules alone: no model, no input or output."""
    wishes = wishes or Wishes()
    of_study = conversation.progress is not None and study_talk(said) is not None
    resolved = _by_itself(said) if of_study else _resolved(said, conversation)
    if wishes.language is None and resolved.language is not None:
        wishes = replace(wishes, language=resolved.language)
    understanding = understand(resolved.asked, wishes)
    understanding, changed = _continued(understanding, conversation, resolved.withdrawn)
    understanding = replace(understanding, continues=resolved.continues)
    certain = resolved.certain and bool(understanding.topics)
    sure = certain or of_study or resolved.act is Act.SMALL_TALK
    return Heard(said, resolved.act, understanding, changed, sure, resolved.withdrawn)


def _resolved(said: str, conversation: Conversation) -> Resolved:
    """What a turn wants. A first one is no follow-up: the words for turns, which take a third of
    a second to get ready, are needed only if it may be a greeting or wish for a language."""
    first = not conversation.turns and conversation.learner is None
    if first and len(said) > _LONGEST_GREETING and not _NAMES_LANGUAGE.search(said):
        return _by_itself(said)
    return resolve(said, conversation)


def _by_itself(said: str) -> Resolved:
    return Resolved(said, certain=True, language=None, act=Act.QUESTION)


def reheard(
    heard: Heard, read: ReadMessage, wishes: Wishes | None, conversation: Conversation
) -> Heard:
    """`heard` with what a language model read in it.

    In a conversation the model's wording of the question replaces that of the rules.
    """
    understanding = heard.understanding
    if conversation.turns and is_readable(read.standalone_question):
        wishes = replace(wishes or Wishes(), language=understanding.language)
        understanding = understand(readable_question(read.standalone_question or ""), wishes)
    understanding = joined(understanding, read, heard.said)
    understanding, changed = _continued(understanding, conversation, heard.withdrawn)
    return replace(heard, understanding=understanding, changed=changed)


def _continued(
    understanding: Understanding,
    conversation: Conversation,
    withdrawn: frozenset[str] = frozenset(),
) -> tuple[Understanding, tuple[str, ...]]:
    """`understanding` with what is known of the learner from before, and what has changed."""
    before = conversation.learner
    merged = carry_over(before, understanding.learner, withdrawn)
    learner = merged.learner
    if "goal" in merged.changed and before and before.goal and learner.goal:
        learner = replace(learner, goal_before=before.goal)
    return replace(understanding, learner=learner), merged.changed
