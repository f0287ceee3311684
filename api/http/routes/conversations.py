"""Conversations: begin, list, read, export, erase."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from api.export_json import conversation_object, head_object, message_object
from api.export_markdown import conversation_markdown
from api.http.bodies import ExportFormat, NewConversation
from api.http.callers import AskingCaller, known_learner, new_or_known_learner
from api.http.languages import request_language
from api.http.places import owned
from api.http.replies import ConversationReply, ConversationsReply, WholeConversationReply
from api.http.routes.router import new_router
from api.http.services import ServicesOf

_EXPORTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": {
            "text/markdown": {"schema": {"type": "string"}},
            "application/json": {"schema": {"type": "object"}},
        }
    }
}

Id = Annotated[str, Path(max_length=64, description="the id of a conversation")]
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=200)]


def router() -> APIRouter:
    """The routes."""
    made = new_router("conversations")
    made.post("/conversations", response_model=ConversationReply, status_code=201)(_begin)
    made.get("/conversations", response_model=ConversationsReply)(_list)
    made.get("/conversations/{id}", response_model=WholeConversationReply)(_read)
    made.delete("/conversations/{id}", status_code=204)(_erase)
    made.get(
        "/conversations/{id}/export",
        response_class=Response,  # what is described is our own, and errors are JSON
        responses=_EXPORTS,
    )(_export)
    return made


async def _begin(
    wanted: NewConversation,
    request: Request,
    response: Response,
    caller: AskingCaller,
    services: ServicesOf,
) -> Any:
    """A new conversation. A browser without a learner gets one, as a cookie."""
    owner = await new_or_known_learner(caller, services, request, response)
    language = wanted.language or request_language(request)
    id = await services.conversations.new_conversation(owner, language)
    return head_object((await services.conversations.export(owner, id)).head)


async def _list(
    caller: AskingCaller, services: ServicesOf, limit: Limit = 50, cursor: Cursor = None
) -> Any:
    """The conversations, the one with the newest answer first."""
    owner = await known_learner(caller, services)
    if owner is None:
        return {"conversations": [], "next_cursor": None}
    found = await services.conversations.conversations(owner, limit=limit, before=cursor)
    following = found[-1].cursor if len(found) == limit else None
    return {"conversations": [head_object(head) for head in found], "next_cursor": following}


async def _read(id: Id, caller: AskingCaller, services: ServicesOf) -> Any:
    """A conversation with everything that was said."""
    export = await services.conversations.export(owned(await known_learner(caller, services)), id)
    return {
        **head_object(export.head),
        "messages": [message_object(each) for each in export.messages],
    }


async def _erase(id: Id, caller: AskingCaller, services: ServicesOf) -> None:
    """Erases a conversation with its feedback; the learner's profile stays."""
    await services.conversations.delete(owned(await known_learner(caller, services)), id)


async def _export(
    id: Id,
    request: Request,
    caller: AskingCaller,
    services: ServicesOf,
    format: ExportFormat = "markdown",
) -> Response:
    """Everything that is stored about a conversation, as Markdown or JSON."""
    export = await services.conversations.export(owned(await known_learner(caller, services)), id)
    name = f"xianhou-{export.head.created:%Y-%m-%d}"
    if format == "json":
        headers = {"Content-Disposition": f'attachment; filename="{name}.json"'}
        return JSONResponse(conversation_object(export), headers=headers)
    text = conversation_markdown(export, request_language(request))
    headers = {"Content-Disposition": f'attachment; filename="{name}.md"'}
    return PlainTextResponse(text, headers=headers, media_type="text/markdown")
