"""The webhook's side of the strict Bot API: what may be set, and how updates are delivered to it.

As Telegram does: over at most so many connections, one chat's updates one after the other, and again after a while
where the answer is not of the 200s. A webhook is HTTPS; what stands between Telegram and the bot, a proxy, is a table
from hosts to local addresses here.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import httpx

from tests.botapi.errors import bad_request
from tests.botapi.state import Fault, Json, State

PORTS = {443, 80, 88, 8443}
GLANCE_SECONDS = 0.005
IDLE_SECONDS = 0.05
"""How soon a webhook is noticed: glancing for one in all the tests that set none took an eighth of their processor time."""

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.05, 1.0
"""Telegram waits longer; tests should not."""

ANSWER_SECONDS = 60.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

_SECRET = re.compile(r"[A-Za-z0-9_-]*")


def set_webhook(state: State, given: Json) -> bool:
    """Set a webhook, or with an empty address remove it; while there is one, polling is refused."""
    url = str(given.get("url") or "")
    if not url:
        return delete_webhook(state, given)
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    secret = str(given.get("secret_token") or "")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = int(given.get("max_connections") or 40)
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    _drop_if_asked(state, given)
    state.webhook = {
        "url": url,
        "secret_token": secret,
        "max_connections": connections,
        "allowed_updates": given.get("allowed_updates") or [],
    }
    return True


def delete_webhook(state: State, given: Json) -> bool:
    """Remove the webhook, and the updates that wait where that is asked for."""
    state.webhook = None
    _drop_if_asked(state, given)
    return True


def get_webhook_info(state: State, given: Json) -> Json:
    """What is known of the webhook."""
    shown = {key: value for key, value in (state.webhook or {"url": ""}).items() if key != "secret_token"}
    failed = {"last_error_date": int(state.clock()), "last_error_message": state.hook_error} if state.hook_error else {}
    return shown | {"has_custom_certificate": False, "pending_update_count": len(state.updates)} | failed


def wanted(state: State, allowed: list[str] | None) -> list[Json]:
    """The updates that wait, of the kinds that were asked for."""
    with state.changed:
        return [update for update in state.updates if not allowed or set(allowed) & update.keys() or len(update) == 1]


def _drop_if_asked(state: State, given: Json) -> None:
    if given.get("drop_pending_updates") in {True, "true", "True"}:
        state.updates.clear()


class Delivery:
    """Delivers one State's updates to its webhook, for as long as the state is shown."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._under_way: dict[object, asyncio.Task[None]] = {}
        self._pauses: dict[object, float] = {}
        self._not_before: dict[object, float] = {}

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with httpx.AsyncClient(verify=False, timeout=ANSWER_SECONDS) as client:  # noqa: S501 # local, plain HTTP
            try:
                while True:
                    for queue, update in tuple(self._next()):
                        self._under_way[queue] = asyncio.create_task(self._deliver(client, queue, update))
                    await asyncio.sleep(GLANCE_SECONDS if self._state.webhook else IDLE_SECONDS)
            finally:
                for task in self._under_way.values():
                    task.cancel()

    def _next(self) -> Iterator[tuple[object, Json]]:
        """The first update of each chat that nothing holds up, as far as there are connections."""
        hook = self._state.webhook
        if not hook:
            return
        room = hook["max_connections"] - len(self._under_way)
        seen = set(self._under_way)
        for update in wanted(self._state, hook["allowed_updates"]):
            queue = _queue_of(update)
            if queue in seen or room <= 0:
                continue
            seen.add(queue)
            if time.monotonic() >= self._not_before.get(queue, 0.0):
                room -= 1
                yield queue, update

    async def _deliver(self, client: httpx.AsyncClient, queue: object, update: Json) -> None:
        try:
            error = await self._post(client, update)
        finally:
            del self._under_way[queue]
        with self._state.changed:
            self._state.hook_error = error
            if error:
                pause = self._pauses[queue] = min(
                    LONGEST_PAUSE_SECONDS, self._pauses.get(queue, FIRST_PAUSE_SECONDS / 2) * 2
                )
                self._not_before[queue] = time.monotonic() + pause
            else:
                self._pauses.pop(queue, None)
                if update in self._state.updates:
                    self._state.updates.remove(update)
            self._state.changed.notify_all()

    async def _post(self, client: httpx.AsyncClient, update: Json) -> str:
        """Deliver an update; what went wrong, or nothing."""
        hook = self._state.webhook
        if not hook:
            return "the webhook was removed"
        faults = self._state.faults["webhook"]
        fault = faults.popleft() if faults else Fault(acts=True)
        await asyncio.sleep(fault.delay_seconds)
        if not fault.acts:
            return "Connection reset by peer"
        headers = {SECRET_HEADER: hook["secret_token"]} if hook["secret_token"] else {}
        try:
            answer = await client.post(self._behind_proxy(hook["url"]), json=update, headers=headers)
        except httpx.HTTPError as error:
            return f"Connection failed: {type(error).__name__}"
        if fault.drops:
            return "Read timeout expired"
        return (
            "" if answer.is_success else f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
        )

    def _behind_proxy(self, url: str) -> str:
        parts = urlsplit(url)
        local = self._state.proxies.get(parts.netloc)
        return urlunsplit(("http", local, parts.path, parts.query, "")) if local else url


def _queue_of(update: Json) -> object:
    """What an update is kept in order with: its chat, else nothing but itself."""
    for body in update.values():
        if isinstance(body, dict):
            message = body.get("message") if "chat" not in body else body
            if isinstance(message, dict) and isinstance(message.get("chat"), dict):
                return message["chat"]["id"]
    return "update", update["update_id"]
