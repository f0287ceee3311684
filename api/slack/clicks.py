"""What the controls below an answer do. Whose answer it is decides the store, by who clicks."""

from __future__ import annotations

from typing import Final

from api.slack import texts
from api.slack.answering import answer
from api.slack.connection import Connection, sentence_about
from api.slack.incoming import Clicked
from api.slack.markdown import escaped
from corpus.types import Bilingual, Goal
from tutor.answer import Answer
from tutor.memory.errors import ConversationNotFoundError
from tutor.memory.records import FeedbackKind
from tutor.understanding import Wishes

_SECONDS_FOR_ONE_CLICK: Final = 30.0  # in which a second one may not see the first one stored


async def choose_goal(connection: Connection, clicked: Clicked) -> None:
    """Answers the question of an own answer once more, in the same thread, for another goal."""
    async with connection.reply(clicked.spot) as reply:
        try:
            goal = Goal(clicked.value)
            earlier = await _own_answer(connection, clicked)
            if earlier is None:
                await connection.whisper(clicked.spot, texts.NOT_YOURS.text(clicked.language))
                return
            language = earlier.language
            question = earlier.asked or earlier.question
            wishes = Wishes(goal=goal, language=language)
            await answer(connection, reply, clicked.spot, question, language, wishes)
        except Exception as error:  # noqa: BLE001 - becomes a sentence
            await reply.finish(escaped(sentence_about(error, clicked.language)))


async def rate(connection: Connection, clicked: Clicked, kind: FeedbackKind) -> None:
    """Stores what a person says about an own answer; only the first word about it counts."""
    try:
        said = await _rated(connection, clicked, kind)
    except ConversationNotFoundError:
        said = texts.NOT_YOURS
    except Exception as error:  # noqa: BLE001 - becomes a sentence
        await connection.whisper(clicked.spot, sentence_about(error, clicked.language))
        return
    await connection.whisper(clicked.spot, said.text(clicked.language))


async def _rated(connection: Connection, clicked: Clicked, kind: FeedbackKind) -> Bilingual:
    """Raises ConversationNotFoundError where the answer is not this person's."""
    conversations = connection.services.conversations
    owner = await connection.known_learner(clicked.spot)
    if owner is None:
        return texts.NOT_YOURS
    kept = await conversations.export(owner, clicked.conversation_id)
    if any(each.message_id == clicked.message_id for each in kept.feedback):
        return texts.NOTED_ALREADY
    click = f"slack-feedback:{owner}:{clicked.message_id}"
    if not await connection.services.access.first_sight(click, _SECONDS_FOR_ONE_CLICK):
        return texts.NOTED_ALREADY
    await conversations.add_feedback(owner, clicked.conversation_id, clicked.message_id, kind)
    return texts.NOTED


async def _own_answer(connection: Connection, clicked: Clicked) -> Answer | None:
    """The answer above the control; None where it is not this person's, or no more."""
    owner = await connection.known_learner(clicked.spot)
    if owner is None:
        return None
    conversations = connection.services.conversations
    try:
        messages = await conversations.messages(owner, clicked.conversation_id)
    except ConversationNotFoundError:
        return None
    return next((each.answer for each in messages if each.id == clicked.message_id), None)
