"""The routes that clients of the OpenAI API know."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api.http.callers import AskingCaller
from api.http.disconnection import NOBODY_IS_LEFT, ClientLeftError, unless_left
from api.http.errors import error_body
from api.http.event_stream import EventStream, event
from api.http.languages import request_language
from api.http.routes.router import new_router
from api.http.services import ServicesOf
from api.openai_compatible.answer_text import AnswerText
from api.openai_compatible.bodies import CompletionBody
from api.openai_compatible.completions import (
    MODEL_OBJECT,
    Completion,
    new_completion,
    usage_object,
)
from api.openai_compatible.conversation_headers import place_named, task_named
from api.openai_compatible.earlier_turns import conversation_of
from api.openai_compatible.messages import Said, read_messages
from api.openai_compatible.refusals import (
    MODEL,
    CompletionRefusedError,
    refused_response,
    several_choices,
    unknown_model,
)
from api.openai_compatible.tasks import task_of, task_reply
from api.turns import AnswerDesk, Answering, Asking
from corpus.errors import XianhouError
from corpus.types import Language
from tutor.conversation import NEW_CONVERSATION

_log = logging.getLogger(__name__)

_LAST: Final = b"data: [DONE]\n\n"
_COMPLETIONS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "A completion, or with `stream` server-sent events with its chunks and "
        "`[DONE]` at the end. A stream that failed ends with `error` and without `[DONE]`.",
        "content": {
            "application/json": {"schema": {"type": "object"}},
            "text/event-stream": {
                "itemSchema": {
                    "type": "object",
                    "properties": {"data": {"type": "string"}},
                    "required": ["data"],
                }
            },
        },
    }
}


def router() -> APIRouter:
    """The routes."""
    made = new_router("OpenAI-compatible")
    made.get("/models", summary="The models: there is one")(_models)
    made.get("/models/{id}", summary="A model", response_model=None)(_model)
    made.post(
        "/chat/completions",
        responses=_COMPLETIONS,
        response_model=None,
        summary="Ask as any client of the OpenAI API does",
    )(_complete)
    return made


async def _models(_: AskingCaller) -> dict[str, Any]:
    return {"object": "list", "data": [MODEL_OBJECT]}


async def _model(id: str, request: Request, _: AskingCaller) -> dict[str, Any] | Response:
    if id != MODEL:
        return refused_response(unknown_model(id), request_language(request))
    return MODEL_OBJECT


async def _complete(
    body: CompletionBody, request: Request, caller: AskingCaller, services: ServicesOf
) -> Response:
    """The earlier messages are the conversation, unless a header names one that is kept."""
    language = request_language(request)
    try:
        said = await asyncio.to_thread(_checked, body)
    except CompletionRefusedError as refused:
        return refused_response(refused, language)
    if task := task_of(task_named(request.headers), said.question):
        return _at_once(body, task_reply(task, said.question))
    place = await place_named(request.headers, caller, services, said.question)
    before = NEW_CONVERSATION
    if said.earlier:
        before = await asyncio.to_thread(conversation_of, said.earlier)
    asking = Asking(said.question, None, place, before)
    try:
        if body.stream:
            answering = await unless_left(request, services.desk.begin(asking))
            return EventStream(_chunks(answering, body, language), answering)
        return await unless_left(request, _whole(services.desk, asking, body))
    except ClientLeftError:
        return Response(status_code=NOBODY_IS_LEFT)


def _checked(body: CompletionBody) -> Said:
    if body.model != MODEL:
        raise unknown_model(body.model)
    if body.n not in (None, 1):
        raise several_choices()
    return read_messages(body.messages)


async def _whole(desk: AnswerDesk, asking: Asking, body: CompletionBody) -> Response:
    written = AnswerText()
    completion = new_completion()
    async with await desk.begin(asking) as answering:
        content = "".join([written.add(happened) async for happened in answering])
    usage = usage_object(body.messages, content, written.usage())
    whole = completion.whole(content, usage, written.annotations())
    return JSONResponse({**whole, "sources": written.sources()})


async def _chunks(
    answering: Answering, body: CompletionBody, language: Language
) -> AsyncGenerator[bytes]:
    completion = new_completion()
    written = AnswerText()
    content = ""
    yield event(None, completion.chunk({"role": "assistant", "content": ""}))
    try:
        async for happened in answering:
            if added := written.add(happened):
                content += added
                yield event(None, _grown(completion, added, written))
    except Exception as error:  # noqa: BLE001 - what has begun with status 200 says it in the stream
        if not isinstance(error, XianhouError):
            _log.exception("an answer failed")
        yield event(None, error_body(error, language))
        return
    for last in _ending(completion, body, content, written):
        yield last


def _grown(completion: Completion, added: str, written: AnswerText) -> dict[str, Any]:
    """The chunk for `added`; the last one has the sources."""
    if sources := written.sources():
        delta = {"content": added, "annotations": written.annotations()}
        return {**completion.chunk(delta), "sources": sources}
    return completion.chunk({"content": added})


def _ending(
    completion: Completion, body: CompletionBody, content: str, written: AnswerText
) -> list[bytes]:
    ending = [event(None, completion.chunk({}, "stop"))]
    if body.wants_usage:
        usage = usage_object(body.messages, content, written.usage())
        ending.append(event(None, completion.usage_chunk(usage)))
    return [*ending, _LAST]


def _at_once(body: CompletionBody, content: str) -> Response:
    """A completion that nobody has to wait for."""
    completion, written = new_completion(), AnswerText()
    if not body.stream:
        return JSONResponse(completion.whole(content, usage_object(body.messages, content)))
    first = event(None, completion.chunk({"role": "assistant", "content": content}))
    events = [first, *_ending(completion, body, content, written)]
    return Response(b"".join(events), media_type="text/event-stream")
