"""The one address that Slack sends everything to: events, interactions and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

if TYPE_CHECKING:
    from api.slack.door import SlackDoor


def router() -> APIRouter:
    """`POST /slack/events`, for the running door in `request.app.state.slack`."""
    routes = APIRouter()
    routes.add_api_route(
        "/slack/events", _receive, methods=["POST"], include_in_schema=False, response_model=None
    )
    return routes


async def _receive(request: Request) -> Response:
    door: SlackDoor = request.app.state.slack
    return await door.receive(request)
