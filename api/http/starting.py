"""The application of one process that serves, as `tutor serve` starts it."""

from __future__ import annotations

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.config import STARTUP_FAILURE

from api.failures import unexpected
from api.http.application import create_application
from api.interface_language import interface_language
from api.metrics import leave_out_ended_workers
from api.server_log import set_up_logging
from corpus.errors import XianhouError

_log = logging.getLogger(__name__)


def application() -> ASGIApp:
    """The application for the settings of the environment, with the log of this process as JSON.

    Raises SystemExit, having said why there can be none; nobody then starts this process again.
    """
    set_up_logging()
    leave_out_ended_workers()  # this one may take the place of one that was killed
    try:
        return SayingWhatIsMissing(create_application())
    except XianhouError as error:
        _log.error(error.text(interface_language()))
        raise SystemExit(STARTUP_FAILURE) from None
    except Exception as error:  # noqa: BLE001 - said here, and nobody tries again
        _log.exception(unexpected(error).text(interface_language()))
        raise SystemExit(STARTUP_FAILURE) from None


class SayingWhatIsMissing:
    """An application that says in a sentence, not with a stack trace, why it cannot start."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See `ASGIApp`."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        else:
            await self._application(scope, receive, send)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        failed: Message = {"type": "lifespan.startup.failed"}

        async def send_unless_failed(message: Message) -> None:
            nonlocal failed
            if message["type"] == failed["type"]:
                failed = message
            else:
                await send(message)

        try:
            await self._application(scope, receive, send_unless_failed)
        except XianhouError as error:
            await send({**failed, "message": error.text(interface_language())})
        except Exception:
            await send(failed)
            raise
