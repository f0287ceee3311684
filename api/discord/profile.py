"""What a person in Discord sees and changes of what is kept about them."""

from __future__ import annotations

from api.chat_fields import FIELDS, GOAL
from api.chat_profile import changed, described
from api.discord import words
from api.discord.answering import NAMESPACE
from api.discord.components import KeptAnswer, clear_goal_rows
from api.discord.interactions import Origin
from api.discord.markdown import escaped
from api.discord.messages import Payload, replaced, whispered
from api.turns import Place
from corpus.types import Goal, Language
from tutor.learner import Learner
from tutor.memory.errors import ConversationNotFoundError
from tutor.memory.records import FeedbackKind, Role
from tutor.memory.store import ConversationStore
from tutor.phrases import goal_name


async def set_goal(store: ConversationStore, origin: Origin, goal: Goal) -> Payload:
    """Makes `goal` the one that this person's answers are for."""
    owner = await store.learner_for(NAMESPACE, origin.user_id)
    await store.change_learner(
        owner, lambda learner: changed(learner or Learner(origin.language), GOAL, goal)
    )
    name = goal_name(goal).text(origin.language)
    return whispered(words.GOAL_SET.text(origin.language).format(goal=name))


async def show_profile(store: ConversationStore, origin: Origin) -> Payload:
    """What is known of this person."""
    language = origin.language
    learner = await _learner(store, await _owner(store, origin))
    known = described(learner, FIELDS, language) if learner else []
    if learner is None or not known:
        return whispered(words.NOTHING_KNOWN.text(language))
    semicolon = "；" if language is Language.CHINESE else "; "
    text = words.KNOWN.text(language).format(known=semicolon.join(map(escaped, known)))
    return whispered(text, clear_goal_rows(language) if learner.goal else ())


async def clear_goal(store: ConversationStore, origin: Origin) -> Payload:
    """Forgets the goal, and nothing else."""
    owner = await _owner(store, origin)
    if owner is not None:
        await store.change_learner(
            owner, lambda learner: changed(learner or Learner(origin.language), GOAL, None)
        )
    return replaced(words.GOAL_CLEARED.text(origin.language))


async def forget(store: ConversationStore, origin: Origin) -> Payload:
    """Erases everything about this person."""
    owner = await _owner(store, origin)
    if owner is not None:
        await store.forget(owner)
    return replaced(words.FORGOTTEN.text(origin.language))


async def remark(
    store: ConversationStore, origin: Origin, kept: KeptAnswer, kind: FeedbackKind
) -> Payload:
    """Adds what this person says about an answer to them, once.

    Raises ConversationNotFoundError for anybody else's answer.
    """
    owner = await _owner_of(store, origin)
    given = (await store.export(owner, kept.conversation_id)).feedback
    if not any(each.message_id == kept.message_id and each.kind is kind for each in given):
        await store.add_feedback(owner, kept.conversation_id, kept.message_id, kind)
    return whispered(words.THANKS.text(origin.language))


async def question_of(
    store: ConversationStore, origin: Origin, kept: KeptAnswer
) -> tuple[str, Place]:
    """The question that an answer to this person was given to, and where.

    Raises ConversationNotFoundError for anybody else's answer.
    """
    owner = await _owner_of(store, origin)
    messages = await store.messages(owner, kept.conversation_id)
    turns = [each.turn for each in messages if each.id == kept.message_id]
    for each in messages:
        if each.role is Role.LEARNER and each.turn in turns:
            return each.text, Place(owner, kept.conversation_id)
    raise ConversationNotFoundError(words.NOT_YOURS)


async def _owner_of(store: ConversationStore, origin: Origin) -> str:
    owner = await _owner(store, origin)
    if owner is None:
        raise ConversationNotFoundError(words.NOT_YOURS)
    return owner


async def _owner(store: ConversationStore, origin: Origin) -> str | None:
    return await store.learner_named(NAMESPACE, origin.user_id)


async def _learner(store: ConversationStore, owner: str | None) -> Learner | None:
    return await store.learner(owner) if owner is not None else None
