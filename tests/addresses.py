"""Addresses of this machine that nothing listens on."""

from __future__ import annotations

import socket

from bot.settings import Address


def free_address() -> Address:
    """One that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        return Address("127.0.0.1", place.getsockname()[1])
