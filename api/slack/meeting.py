"""How a conversation with a person begins, and how everything about them ends."""

from __future__ import annotations

import logging
from typing import Final

from slack_bolt.async_app import AsyncRespond

from api.slack import texts
from api.slack.connection import Connection, sentence_about
from api.slack.incoming import Spot
from api.slack.markdown import escaped
from api.slack.web_api import FAILURES, reason
from corpus.types import Bilingual, Language, Topic
from tutor.phrases import topic_question

_log = logging.getLogger(__name__)
_FIRST_QUESTIONS: Final = (
    Topic.ML_BEFORE_DL,
    Topic.MATH_DEPTH,
    Topic.FRAMEWORK,
    Topic.TIME_PLAN,
)


async def greet(connection: Connection, spot: Spot, event_id: str) -> None:
    """Greets a person who opened a new thread with the app, and suggests questions."""
    async with connection.reply(spot) as reply:
        try:
            if not await connection.services.access.first_sight(f"slack-event:{event_id}"):
                return
            language = await connection.language_of(spot)
        except Exception as error:  # noqa: BLE001 - becomes a sentence
            await reply.finish(escaped(sentence_about(error, None)))
            return
        await reply.finish(texts.spoken(texts.GREETING, language))
        await _suggest(connection, spot, language, thread=spot.thread)


async def suggest(connection: Connection, spot: Spot) -> None:
    """Suggests questions to a person who opened the messages with the app."""
    try:
        language = await connection.language_of(spot)
    except Exception as error:  # noqa: BLE001 - nobody asked for anything
        sentence_about(error, None)
        return
    await _suggest(connection, spot, language, thread=None)


async def forget(connection: Connection, spot: Spot, respond: AsyncRespond) -> None:
    """Erases everything about a person and says so to them alone."""
    language: Language | None = None
    try:
        language = await connection.language_of(spot)
        said = texts.spoken(await _forgotten(connection, spot), language)
    except Exception as error:  # noqa: BLE001 - becomes a sentence
        said = sentence_about(error, language)
    try:
        await respond(text=escaped(said), response_type="ephemeral")
    except FAILURES as error:
        _log.warning("the answer to a command in Slack was not delivered: %s", reason(error))


async def _forgotten(connection: Connection, spot: Spot) -> Bilingual:
    owner = await connection.known_learner(spot)
    if owner is None:
        return texts.NOTHING_KNOWN
    await connection.services.conversations.forget(owner)
    return texts.FORGOTTEN


async def _suggest(
    connection: Connection, spot: Spot, language: Language | None, *, thread: str | None
) -> None:
    questions = [topic_question(topic) for topic in _FIRST_QUESTIONS]
    chosen = (
        [question.text(language) for question in questions]
        if language
        else [questions[0].zh, questions[1].zh, questions[0].en, questions[1].en]
    )
    try:
        await connection.client.assistant_threads_setSuggestedPrompts(
            channel_id=spot.channel,
            thread_ts=thread,
            prompts=[{"title": each, "message": each} for each in chosen],
        )
    except FAILURES as error:
        _log.warning("no questions could be suggested in Slack: %s", reason(error))
