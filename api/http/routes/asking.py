"""Asking, with the answer as a whole or as it is written."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from api.answer_json import answer_object
from api.http.bodies import Question
from api.http.callers import AskingCaller, Caller, known_learner
from api.http.disconnection import NOBODY_IS_LEFT, ClientLeftError, unless_left
from api.http.errors import error_body
from api.http.event_objects import event_name, event_object
from api.http.event_stream import EventStream, event
from api.http.languages import request_language
from api.http.places import place_of
from api.http.replies import AskReply
from api.http.routes.router import new_router
from api.http.services import Services, ServicesOf
from api.turns import AnswerDesk, Answering, Asking, TurnEnded
from corpus.errors import XianhouError
from corpus.types import Language
from tutor.events import Done

_log = logging.getLogger(__name__)

_EVENT_STREAM: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Server-sent events: `understood`, `sources`, `sentence` (as often as there "
        "are sentences), `notice`, `answer`, or `error`; `done` is always the last. A stream "
        "without `done` was cut.",
        "content": {
            "text/event-stream": {
                "itemSchema": {
                    "type": "object",
                    "properties": {
                        "event": {"type": "string"},
                        "data": {"type": "string", "contentMediaType": "application/json"},
                    },
                    "required": ["event", "data"],
                }
            }
        },
    }
}


def router() -> APIRouter:
    """The routes."""
    made = new_router("ask")
    made.post("/ask", response_model=AskReply, summary="Ask and get the whole answer")(_ask)
    made.post(
        "/ask/stream",
        response_class=Response,  # what is described is our own, and errors are JSON
        responses=_EVENT_STREAM,
        summary="Ask and get the answer sentence by sentence",
    )(_ask_stream)
    return made


async def _ask(
    question: Question, request: Request, caller: AskingCaller, services: ServicesOf
) -> Any:
    """Without `conversation_id` nothing is kept."""
    asking = await _asking(question, caller, services)
    try:
        return _reply(await unless_left(request, _whole(services.desk, asking)))
    except ClientLeftError:
        return Response(status_code=NOBODY_IS_LEFT)


async def _ask_stream(
    question: Question, request: Request, caller: AskingCaller, services: ServicesOf
) -> Response:
    """Errors before the first event are ordinary responses; later ones are `error` events."""
    asking = await _asking(question, caller, services)
    try:
        answering = await unless_left(request, services.desk.begin(asking))
    except ClientLeftError:
        return Response(status_code=NOBODY_IS_LEFT)
    return EventStream(_events(answering, request_language(request)), answering)


async def _asking(question: Question, caller: Caller, services: Services) -> Asking:
    place = None
    if question.conversation_id is not None:
        place = place_of(await known_learner(caller, services), question.conversation_id)
    return Asking(question.question, question.wishes(), place)


async def _whole(desk: AnswerDesk, asking: Asking) -> TurnEnded:
    async with await desk.begin(asking) as answering:
        async for each in answering:
            if isinstance(each, TurnEnded):
                return each
    raise AssertionError("every answer ends with TurnEnded")


async def _events(answering: Answering, language: Language) -> AsyncGenerator[bytes]:
    outcome = "failed"
    try:
        async for each in answering:
            if isinstance(each, TurnEnded):
                yield event("answer", _reply(each))
                outcome = "abstained" if each.answer.abstained else "answered"
            elif not isinstance(each, Done):
                yield event(event_name(each), event_object(each, language))
    except Exception as error:  # noqa: BLE001 - the stream says it, and ends as every stream does
        if not isinstance(error, XianhouError):
            _log.exception("an answer failed")
        yield event("error", error_body(error, language))
    yield event("done", {"outcome": outcome})


def _reply(ended: TurnEnded) -> dict[str, Any]:
    return {
        "answer": answer_object(ended.answer),
        "conversation_id": ended.conversation_id,
        "message_id": ended.message_id,
    }
