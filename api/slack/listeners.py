"""The Bolt app: each request is acknowledged at once and its work done in a task of the door."""

from __future__ import annotations

import logging
import re
from typing import Any, Final

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond

from api.slack.answering import hear
from api.slack.blocks import FEEDBACK_ACTION, GOAL_ACTION
from api.slack.clicks import choose_goal, rate
from api.slack.connection import Connection
from api.slack.incoming import Spot, clicked_in, said_in
from api.slack.meeting import forget, greet, suggest
from api.slack.tasks import Tasks
from api.slack.web_api import library_log
from tutor.memory.records import FeedbackKind

_log = logging.getLogger(__name__)
_FEEDBACK: Final = re.compile(f"^{FEEDBACK_ACTION}")
_FORGET: Final = re.compile("forget$")  # a workspace may have to call it /xianhou-forget
_ANY: Final = re.compile("")

Body = dict[str, Any]


def bolt_app(connection: Connection, tasks: Tasks, signing_secret: str) -> AsyncApp:
    """The app for `connection`, with all its listeners."""
    app = AsyncApp(
        name="xianhou",
        client=connection.client,
        signing_secret=signing_secret,
        logger=library_log(),
        # The listeners only start tasks. Run before the response, none is lost when the door
        # closes behind it.
        process_before_response=True,
    )
    _listen_to_messages(app, connection, tasks)
    _listen_to_openings(app, connection, tasks)
    _listen_to_controls(app, connection, tasks)
    # What nobody subscribed to is acknowledged too; else Slack would send it again and again.
    app.event(_ANY)(_pass_over)
    app.error(_turned_away)
    return app


def _listen_to_messages(app: AsyncApp, connection: Connection, tasks: Tasks) -> None:
    async def heard(event: Body, body: Body, context: AsyncBoltContext) -> None:
        said = said_in(event, _team(context, body))
        if said is not None:
            tasks.start(hear(connection, said, str(body.get("event_id", said.sight))))

    app.event("app_mention")(heard)
    app.event("message")(heard)


def _listen_to_openings(app: AsyncApp, connection: Connection, tasks: Tasks) -> None:
    async def thread_opened(event: Body, body: Body, context: AsyncBoltContext) -> None:
        opened = event.get("assistant_thread") or {}
        ids = [str(opened.get(name) or "") for name in ("channel_id", "thread_ts", "user_id")]
        if all(ids):
            spot = Spot(_team(context, body), *ids)
            tasks.start(greet(connection, spot, str(body.get("event_id", ""))))

    async def messages_opened(event: Body, body: Body, context: AsyncBoltContext) -> None:
        channel, user = str(event.get("channel") or ""), str(event.get("user") or "")
        if event.get("tab") == "messages" and channel and user:
            spot = Spot(_team(context, body), channel, "", user)
            tasks.start(suggest(connection, spot))

    app.event("assistant_thread_started")(thread_opened)
    app.event("app_home_opened")(messages_opened)


def _listen_to_controls(app: AsyncApp, connection: Connection, tasks: Tasks) -> None:
    async def goal_chosen(
        ack: AsyncAck, body: Body, action: Body, context: AsyncBoltContext
    ) -> None:
        await ack()
        if clicked := clicked_in(body, action, _team(context, body)):
            tasks.start(choose_goal(connection, clicked))

    async def rated(ack: AsyncAck, body: Body, action: Body, context: AsyncBoltContext) -> None:
        await ack()
        kind = str(action.get("action_id", "")).removeprefix(FEEDBACK_ACTION)
        clicked = clicked_in(body, action, _team(context, body))
        if clicked and kind in set(FeedbackKind):
            tasks.start(rate(connection, clicked, FeedbackKind(kind)))

    async def to_forget(
        ack: AsyncAck, command: Body, respond: AsyncRespond, context: AsyncBoltContext
    ) -> None:
        await ack()
        channel, user = str(command.get("channel_id", "")), str(command.get("user_id", ""))
        spot = Spot(_team(context, command), channel, "", user)
        tasks.start(forget(connection, spot, respond))

    app.action(GOAL_ACTION)(goal_chosen)
    app.action(_FEEDBACK)(rated)
    app.command(_FORGET)(to_forget)


async def _pass_over() -> None:
    """Nothing is to be done."""


async def _turned_away(error: Exception) -> BoltResponse:
    """For a request in which Bolt or a listener did not find what Slack always puts there."""
    # Its words may be those of a message; the type is not.
    _log.error("a request of Slack could not be taken: %s", type(error).__name__)
    return BoltResponse(status=400, body="")


def _team(context: AsyncBoltContext, body: Body) -> str:
    """The workspace; an app of a whole organisation may know its organisation only."""
    return str(context.team_id or body.get("team_id") or context.enterprise_id or "")
