"""The Slack door: mentions, direct messages, assistant threads, goals, feedback and forgetting."""

from api.slack.opening import open_slack
from api.slack.routes import router

__all__ = ["open_slack", "router"]
