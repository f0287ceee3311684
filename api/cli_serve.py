"""`tutor serve`: the web page and the HTTP API."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.cli_help import both
from api.cli_options import DataOption
from api.failures import FAILED
from api.interface_language import interface_language
from api.terminal import write
from corpus.errors import UsageError, XianhouError
from corpus.types import Bilingual

if TYPE_CHECKING:
    import uvicorn

    from api.chat_services import ChatServices
    from api.server_settings import ServerSettings

_HOST: Final = "127.0.0.1"
_PORT: Final = 8000
_BACKLOG: Final = 2048
_APPLICATION: Final = "api.http.starting:application"
_GRACE_SECONDS: Final = 5  # after the answers have had theirs
_SILENT_SECONDS: Final = 10  # a busy machine is slow to start a worker, which is not dead then
_PORT_TAKEN: Final = Bilingual(
    zh="端口 {port} 已被另一个程序占用。请停掉那个程序，或用 --port 换一个端口。",
    en="Another program uses port {port}. Stop it, or choose another port with --port.",
)
_NO_ADDRESS: Final = Bilingual(
    zh="不能在 {host} 的端口 {port} 上提供服务（{reason}）。请用 --host 和 --port 换一个地址。",
    en="Cannot serve at port {port} of {host} ({reason}). "
    "Choose another address with --host and --port.",
)

HostOption = Annotated[
    str,
    typer.Option("--host", metavar="ADDRESS", help=both("监听的地址", "address to listen at")),
]
PortOption = Annotated[
    int,
    typer.Option(
        "--port", min=1, max=65535, metavar="PORT", help=both("监听的端口", "port to listen at")
    ),
]
WorkersOption = Annotated[
    int,
    typer.Option(
        "--workers", min=1, max=64, metavar="N", help=both("进程数", "number of processes")
    ),
]


def serve(
    host: HostOption = _HOST,
    port: PortOption = _PORT,
    workers: WorkersOption = 1,
    data: DataOption = None,
) -> None:
    """Serves until it is stopped; answers under way are finished first."""
    from api.chat_services import chat_services
    from api.server_settings import load_server_settings

    # Whoever stops a service sends this one; it then ends as Ctrl-C ends it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if data is not None:
        os.environ["TUTOR_DATA"] = str(data)  # the processes that serve read it there
    settings = load_server_settings()
    services = chat_services(settings)
    with _listening(host, port) as listener, _shared_figures(workers):
        _prepare(settings)
        _announce(settings, services, host, port)
        if not _serve(settings, listener, workers):
            raise typer.Exit(FAILED)


def _prepare(settings: ServerSettings) -> None:
    """What would keep a server from starting is said here, in one sentence.

    The bundled sources are indexed and the tables made once, before there are several processes.
    Raises what `api.http.services.open_services` raises.
    """
    from api.opening import opened_index

    with opened_index(None):
        asyncio.run(_try_out(settings))


async def _try_out(settings: ServerSettings) -> None:
    from api.chat_model import open_language_model
    from api.memory import open_stores

    async with open_stores(settings):
        model = open_language_model(settings)
        if model is not None:
            await model.close()


def _announce(settings: ServerSettings, services: ChatServices, host: str, port: int) -> None:
    from api.server_view import listens_everywhere, network_address, server_lines

    network = network_address() if listens_everywhere(host) else None
    for line in server_lines(settings, services, host, port, network):
        write(line.text(interface_language()))


def _serve(settings: ServerSettings, listener: socket.socket, workers: int) -> bool:
    """Serves until it is stopped; False when it could not even start."""
    import uvicorn
    from uvicorn.config import STARTUP_FAILURE
    from uvicorn.supervisors import Multiprocess

    from api.server_log import set_up_logging

    config = uvicorn.Config(
        _APPLICATION,
        factory=True,
        workers=workers,
        http="h11",  # the other one reads headers without end
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=round(settings.drain_seconds) + _GRACE_SECONDS,
        timeout_worker_healthcheck=_SILENT_SECONDS,
    )
    set_up_logging()
    if workers == 1:
        return _serve_alone(config, listener)
    several = Multiprocess(config, sockets=[listener])
    several.run()
    return all(process.exitcode != STARTUP_FAILURE for process in several.processes)


def _serve_alone(config: uvicorn.Config, listener: socket.socket) -> bool:
    import uvicorn

    server = uvicorn.Server(config)
    # It has ended in good order when it passes on the signal that it was stopped by.
    with suppress(KeyboardInterrupt, SystemExit):
        server.run([listener])
    return server.started


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket at this address; whoever comes before the server is ready waits.

    Raises UsageError where there cannot be one.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(_BACKLOG)
        except OSError as error:
            raise _not_listening(error, host, port) from error
        listener.set_inheritable(True)
        yield listener


def _not_listening(error: OSError, host: str, port: int) -> XianhouError:
    taken = error.errno == errno.EADDRINUSE
    said = _PORT_TAKEN if taken else _NO_ADDRESS
    named = {"host": host, "port": port, "reason": error.strerror or str(error)}
    message = Bilingual(zh=said.zh.format(**named), en=said.en.format(**named))
    return XianhouError(message) if taken else UsageError(message)


@contextmanager
def _shared_figures(workers: int) -> Iterator[None]:
    """A directory where several workers add up what they count; one needs none."""
    from api.server_settings import SHARED_FIGURES

    if workers == 1 or SHARED_FIGURES in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="xianhou-metrics-") as directory:
        os.environ[SHARED_FIGURES] = directory
        yield
