"""Discord is on or off; what is configured by halves is refused before anything starts."""

from __future__ import annotations

import re
import sys

import pytest

from api.chat_services import chat_services
from api.http.application import create_application
from api.server_settings import ServerSettings
from corpus.errors import UsageError
from corpus.types import Language

KEY = "ab" * 32


def settings(**given: str) -> ServerSettings:
    return ServerSettings.model_validate(given)


def test_its_public_key_alone_turns_it_on() -> None:
    assert chat_services(settings(discord_public_key=KEY)).discord
    registering = {"discord_application_id": "1", "discord_bot_token": "token"}
    assert chat_services(settings(discord_public_key=KEY, **registering)).discord


def test_without_any_of_its_settings_it_is_off() -> None:
    assert not chat_services(settings(discord_api_url="https://discord.example.org")).discord


@pytest.mark.parametrize(
    "given",
    [
        {"discord_application_id": "1"},
        {"discord_bot_token": "the-token"},
        {"discord_public_key": "the-key"},
        {"discord_public_key": KEY + "00"},
        {"discord_public_key": KEY + "\n"},
    ],
)
def test_half_a_configuration_is_refused_by_the_name_of_the_variable(given: dict[str, str]) -> None:
    for refuse in (chat_services, create_application):
        with pytest.raises(UsageError) as failure:
            refuse(settings(**given))
        for language in Language:
            text = failure.value.text(language)
            assert "TUTOR_DISCORD_PUBLIC_KEY" in text
            assert "the-token" not in text


def test_a_library_that_is_not_installed_is_told_before_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [each for each in sys.modules if each.partition(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(UsageError, match=re.escape("pip install '.[discord]'")):
        chat_services(settings(discord_public_key=KEY))
    assert not chat_services(settings()).discord, "who does not want it needs no library"
