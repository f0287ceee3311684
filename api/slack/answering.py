"""Answers to what people ask in Slack."""

from __future__ import annotations

from dataclasses import dataclass, field

from api.slack import texts
from api.slack.blocks import Block, answer_controls
from api.slack.connection import Connection, sentence_about
from api.slack.incoming import Said, Spot
from api.slack.markdown import escaped, whole_answer
from api.slack.reply import Reply
from api.turns import Answering, Asking, Place, TurnEnded
from corpus.language import detect_language
from corpus.types import Bilingual, Language
from tutor.answer import Answer
from tutor.events import Done, Notice, SentenceReady
from tutor.understanding import Wishes


@dataclass(slots=True)
class _Told:
    """What a turn has told so far; the ids are None until it is kept, and where it is not."""

    answer: Answer | None = None
    conversation_id: str | None = None
    message_id: str | None = None
    notices: list[Bilingual] = field(default_factory=list)


async def hear(connection: Connection, said: Said, event_id: str) -> None:
    """Answers a message, once however often it arrives and at however many workers.

    Whatever goes wrong becomes a sentence in the thread.
    """
    language = detect_language(said.text)
    async with connection.reply(said.spot) as reply:
        try:
            if not await _first_sight(connection, event_id, said):
                return
            if said.text:
                await answer(connection, reply, said.spot, said.text, language)
            else:
                known = await connection.language_of(said.spot)
                await reply.finish(texts.spoken(texts.GREETING, known))
        except Exception as error:  # noqa: BLE001 - becomes a sentence
            await reply.finish(escaped(sentence_about(error, language)))


async def answer(
    connection: Connection,
    reply: Reply,
    spot: Spot,
    question: str,
    language: Language,
    wishes: Wishes | None = None,
) -> None:
    """Writes the answer to `question` into `reply`; raises RateLimitedError and what
    `AnswerDesk` raises."""
    await connection.admit(spot)
    await reply.status(texts.READING.text(language))
    owner = await connection.learner(spot)
    conversations = connection.services.conversations
    conversation = await conversations.conversation_for(owner, spot.conversation, language)
    asking = Asking(question, wishes, Place(owner, conversation))
    async with await connection.services.desk.begin(asking) as answering:
        told = await _told(reply, answering)
    if told.answer is not None:
        await _finish(reply, told.answer, told)


async def _first_sight(connection: Connection, event_id: str, said: Said) -> bool:
    access = connection.services.access
    # The same message can come as two events, and the same event several times.
    return await access.first_sight(f"slack-event:{event_id}") and await access.first_sight(
        said.sight
    )


async def _told(reply: Reply, answering: Answering) -> _Told:
    told = _Told()
    async for event in answering:
        match event:
            case SentenceReady(sentence=sentence):
                reply.write(escaped(sentence.before + sentence.text))
            case Notice(message=message):
                told.notices.append(message)
            case Done(answer=answer):
                told.answer = answer
            case TurnEnded(conversation_id=conversation_id, message_id=message_id):
                told.conversation_id, told.message_id = conversation_id, message_id
            case _:
                pass
    return told


async def _finish(reply: Reply, answer: Answer, told: _Told) -> None:
    controls: list[Block] = []
    # What no source covers is so for every goal, and a reply to thanks has nothing to rate.
    choosable = bool(told.message_id and answer.citations)
    if told.conversation_id and told.message_id and (choosable or answer.abstained):
        controls = answer_controls(
            told.conversation_id, told.message_id, answer.language, choosable=choosable
        )
    notices = (*told.notices, *answer.notices)
    await reply.finish(whole_answer(answer, notices, choosable=choosable), controls)
