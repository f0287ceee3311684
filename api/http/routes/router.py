"""What all routers have in common."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter

from api.http.replies import ErrorReply

_ERRORS: Final = {
    400: "The request cannot be used",
    401: "An API key is needed, or this one is not valid",
    403: "This API key may not do this",
    404: "There is no such thing, or it belongs to somebody else",
    409: "The conversation is being answered already",
    413: "The request is too large",
    422: "A field is missing or wrong",
    429: "Too many requests; `Retry-After` says when to come again",
    408: "The request took too long to arrive",
    500: "Something went wrong inside",
    503: "Not now; `Retry-After` says when to come again",
    504: "The answer took too long",
}


def new_router(tag: str) -> APIRouter:
    """A router whose routes all send errors in the one shape."""
    responses: dict[int | str, dict[str, Any]] = {
        status: {"model": ErrorReply, "description": text} for status, text in _ERRORS.items()
    }
    return APIRouter(prefix="/v1", tags=[tag], responses=responses)
