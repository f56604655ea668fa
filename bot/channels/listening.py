"""Small HTTP servers that live in the loop of a channel: for a proxy, and for those who watch."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.types import ASGIApp

from bot.channels import ChannelRefused
from bot.settings import Address

STOP_SECONDS = 2
"""What requests that are under way get when the server stops."""


class CannotListen(ChannelRefused):
    """The address cannot be listened on."""


class _Server(uvicorn.Server):
    """Leaves signals to whoever started the loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def listening(application: ASGIApp, address: Address, setting: str) -> AsyncIterator[None]:
    """Serve until the block ends; what is under way then is answered.

    Args:
        application: what answers.
        address: where.
        setting: the name of the setting that holds the address.

    Raises:
        CannotListen: the address is not this machine's, or taken.
    """
    place = _bind(address, setting)
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[place]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving
        place.close()


def _bind(address: Address, setting: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    # The protocol is named because asyncio sends without delay only on sockets that name it; 40 ms an answer.
    place = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # A restart must not wait until the system has forgotten the last run's connections.
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((address.host, address.port))
        # From here on a connection waits for the server instead of being refused.
        place.listen(128)
    except OSError as error:
        place.close()
        reason = f"{setting}: cannot listen on {address}: {error.strerror or error}"
        raise CannotListen(f"{reason}; name a free port of an address of this machine") from error
    return place
