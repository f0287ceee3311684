"""Socket Mode: the same requests over a connection of our own."""

from __future__ import annotations

from fake_slack import FakeSlack
from slack_workspace import Start, mention

from tests.api.scripted_tutor import ScriptedTutor

APP_TOKEN = {"slack_signing_secret": None, "slack_app_token": "xapp-of-a-test"}


async def test_a_mention_over_socket_mode_is_acknowledged_and_answered(
    start: Start, tutor: ScriptedTutor, slack: FakeSlack
) -> None:
    event = {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": "Ev1",
        "event": mention("学深度学习要先学机器学习吗？"),
    }
    async with start(tutor, **APP_TOKEN):
        await slack.until(lambda: slack.sockets)
        for envelope in ("e1", "e2"):  # Slack sends it again when it heard nothing
            await slack.send({"type": "events_api", "envelope_id": envelope, "payload": event})
        await slack.until(lambda: slack.acknowledged == ["e1", "e2"])
        await slack.until(lambda: slack.controls("C1"))
    assert len(tutor.asked) == 1
    assert slack.called("apps.connections.open")


async def test_the_server_starts_and_stops_while_slack_cannot_be_reached(
    start: Start, tutor: ScriptedTutor, slack: FakeSlack
) -> None:
    slack.fail("apps.connections.open", status=500, error="internal_error", times=50)
    async with start(tutor, **APP_TOKEN):
        await slack.until(lambda: slack.called("apps.connections.open"))
    assert slack.sockets == []
