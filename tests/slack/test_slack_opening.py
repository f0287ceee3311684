"""Slack is on or off; what is configured by halves is refused before anything starts."""

from __future__ import annotations

import re
import sys

import pytest

from api.chat_services import chat_services, slack_bot_token
from api.http.application import create_application
from api.server_settings import ServerSettings
from corpus.errors import UsageError
from corpus.types import Language

BOT = "xoxb-1"
APP = "xapp-1"
COMPLETE = {"slack_bot_token": BOT, "slack_signing_secret": "secret"}


def settings(**given: str) -> ServerSettings:
    return ServerSettings.model_validate(given)


@pytest.mark.parametrize(
    "given",
    [
        COMPLETE,
        {"slack_bot_token": BOT, "slack_app_token": APP},
        {**COMPLETE, "slack_app_token": APP},
    ],
)
def test_a_bot_token_and_a_way_in_turn_it_on(given: dict[str, str]) -> None:
    assert chat_services(settings(**given)).slack
    assert slack_bot_token(settings(**given)) == BOT


def test_without_any_of_its_settings_it_is_off() -> None:
    assert not chat_services(settings(slack_api_url="https://slack.example.org/")).slack


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"slack_bot_token": BOT}, ("TUTOR_SLACK_SIGNING_SECRET", "TUTOR_SLACK_APP_TOKEN")),
        ({"slack_signing_secret": "secret"}, ("TUTOR_SLACK_BOT_TOKEN",)),
        ({"slack_app_token": APP}, ("TUTOR_SLACK_BOT_TOKEN",)),
        ({**COMPLETE, "slack_bot_token": "xoxp-1"}, ("TUTOR_SLACK_BOT_TOKEN", "xoxb-")),
        ({**COMPLETE, "slack_bot_token": "xoxb-1\n"}, ("TUTOR_SLACK_BOT_TOKEN", "xoxb-")),
        ({"slack_bot_token": APP, "slack_app_token": APP}, ("TUTOR_SLACK_BOT_TOKEN", "xoxb-")),
        ({**COMPLETE, "slack_app_token": BOT}, ("TUTOR_SLACK_APP_TOKEN", "xapp-")),
    ],
)
def test_half_a_configuration_is_refused_by_the_name_of_the_variable(
    given: dict[str, str], named: tuple[str, ...]
) -> None:
    for refuse in (chat_services, create_application):
        with pytest.raises(UsageError) as failure:
            refuse(settings(**given))
        for language in Language:
            text = failure.value.text(language)
            assert all(name in text for name in named)
            assert not any(value in text for value in ("xoxb-1", "xoxp-1", "xapp-1")), "secrets"


@pytest.mark.parametrize("library", ["slack_bolt", "slack_sdk", "aiohttp"])
def test_a_library_that_is_not_installed_is_told_before_the_start(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=re.escape("pip install '.[slack]'")):
        chat_services(settings(**COMPLETE))
    assert not chat_services(settings()).slack, "who does not want it needs no library"
