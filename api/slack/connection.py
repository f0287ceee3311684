"""What everything that is done in Slack needs: the services, the Web API, and who a person is."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

from api.errors import told_outside
from api.http.services import Services
from api.limits import admit
from api.slack import texts
from api.slack.incoming import Spot
from api.slack.markdown import escaped
from api.slack.reply import Reply
from api.slack.web_api import FAILURES, reason
from corpus.errors import XianhouError
from corpus.types import Language

_NAMESPACE: Final = "slack"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Connection:
    """One running server and the Slack app it speaks through; `pace` is that of `Reply`."""

    services: Services
    client: AsyncWebClient
    pace: float

    def reply(self, spot: Spot) -> Reply:
        """A reply to begin in a thread."""
        return Reply(self.client, spot, self.pace)

    async def whisper(self, spot: Spot, text: str) -> None:
        """Says in a thread what only this person sees."""
        try:
            await self.client.chat_postEphemeral(
                channel=spot.channel, user=spot.user, thread_ts=spot.thread, text=escaped(text)
            )
        except FAILURES as error:
            _log.warning("a word to one person in Slack was not delivered: %s", reason(error))

    async def admit(self, spot: Spot) -> None:
        """Raises RateLimitedError where this person asks more often than one address may."""
        limit = self.services.settings.address_rate
        await admit(self.services.access, f"{_NAMESPACE}:{spot.person}", limit)

    async def learner(self, spot: Spot) -> str:
        """The learner who this person is, a new one where there was none."""
        return await self.services.conversations.learner_for(_NAMESPACE, spot.person)

    async def known_learner(self, spot: Spot) -> str | None:
        """The same, None where nothing is kept about this person."""
        return await self.services.conversations.learner_named(_NAMESPACE, spot.person)

    async def language_of(self, spot: Spot) -> Language | None:
        """The language of this person's last answer, None before there was one."""
        owner = await self.known_learner(spot)
        profile = await self.services.conversations.learner(owner) if owner else None
        return profile.language if profile else None


def sentence_about(error: Exception, language: Language | None) -> str:
    """What to say to a person about an error; what nobody foresaw goes into the log by type."""
    if isinstance(error, XianhouError):
        return texts.spoken(told_outside(error), language)
    _log.error("the Slack door failed inside: %s", type(error).__name__)
    return texts.spoken(texts.INTERNAL, language)
