"""The strict Bot API over real HTTP, on a port of its own, in a thread of its own."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.botapi.errors import NOT_FOUND, OUSTED, UNAUTHORIZED, WEBHOOK_SET, RefusalError
from tests.botapi.methods import METHODS, read_parameters
from tests.botapi.state import Fault, Json, State
from tests.botapi.uploads import fetched, read_multipart
from tests.botapi.webhook import IDLE_SECONDS, Delivery, wanted

# How often a waiting getUpdates looks for updates; short, so that tests are quick.
GLANCE_SECONDS = 0.005


class _Broken(Response):
    """An answer that breaks off: the promised body never comes, and the client sees the connection end."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})


class Server:
    """Serves one State after the other, since starting a server takes longer than most tests."""

    def __init__(self) -> None:
        self._state = State("")
        # The protocol is named because asyncio sends without delay only on sockets that name it; 40 ms an answer.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        # From here on a connection waits for the server instead of being refused.
        self._socket.listen()
        application = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._file, methods=["GET"]),
            ]
        )
        config = uvicorn.Config(
            application, log_config=None, access_log=False, ws="none", lifespan="off", timeout_graceful_shutdown=2
        )
        self._uvicorn = uvicorn.Server(config)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    @property
    def url(self) -> str:
        """The address as BOT_TELEGRAM_API takes it."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/bot"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._uvicorn.should_exit = True
        self._thread.join()
        self._socket.close()

    async def _serve(self) -> None:
        delivering = asyncio.create_task(self._deliver())
        await self._uvicorn.serve(sockets=[self._socket])
        delivering.cancel()
        await asyncio.wait({delivering})

    async def _deliver(self) -> None:
        """Deliver each state's updates to its webhook while it is shown."""
        while True:
            state = self._state
            delivering = asyncio.create_task(Delivery(state).run())
            try:
                while state is self._state:
                    await asyncio.sleep(IDLE_SECONDS)
            finally:
                delivering.cancel()
                await asyncio.wait({delivering})

    def show(self, state: State) -> None:
        """Serve this state from now on; who still waits for the one before gets an empty answer."""
        with self._state.changed:
            self._state.closed = True
        self._state = state

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"].lower()
        try:
            state = self._state
            if request.path_params["token"] != state.token:
                raise UNAUTHORIZED
            try:
                given = await _parameters(request)
            except ClientDisconnect:
                # A bot that was killed; there is nobody to answer.
                return Response(status_code=400)
            with state.changed:
                state.calls.append((method, given))
                state.changed.notify_all()
                faults = state.faults[method]
                fault = faults.popleft() if faults else None
            return await self._answer(state, request, method, given, fault)
        except RefusalError as refusal:
            return JSONResponse(refusal.body(), status_code=refusal.code)

    async def _file(self, request: Request) -> Response:
        try:
            if request.path_params["token"] != self._state.token:
                raise UNAUTHORIZED
            return Response(fetched(self._state, request.path_params["path"]))
        except RefusalError as refusal:
            return JSONResponse(refusal.body(), status_code=refusal.code)

    async def _answer(self, state: State, request: Request, method: str, given: Json, fault: Fault | None) -> Response:
        result = await self._act(state, request, method, given) if not fault or fault.acts else None
        if fault:
            await asyncio.sleep(fault.delay_seconds)
            if fault.refusal:
                raise fault.refusal
            if fault.drops:
                return _Broken()
            result = result if fault.acts else await self._act(state, request, method, given)
        # In ASCII, as half a character may be in it, which no UTF-8 holds.
        return Response(json.dumps({"ok": True, "result": result}), media_type="application/json")

    async def _act(self, state: State, request: Request, method: str, given: Json) -> object:
        if method == "getupdates":
            return await self._get_updates(state, request, given)
        if method not in METHODS:
            raise NOT_FOUND
        with state.changed:
            return METHODS[method](state, given)

    async def _get_updates(self, state: State, request: Request, given: Json) -> list[Json]:
        """Wait for updates; a newer call ends this one with a conflict, as Telegram's does."""
        if state.webhook:
            raise WEBHOOK_SET
        with state.changed:
            state.poll_number += 1
            mine = state.poll_number
            offset = int(given.get("offset") or 0)
            while state.updates and state.updates[0]["update_id"] < offset:
                state.updates.popleft()
            state.changed.notify_all()
        limit = min(100, max(1, int(given.get("limit") or 100)))
        clock = asyncio.get_running_loop().time
        deadline = clock() + min(50.0, float(given.get("timeout") or 0))
        while not (found := wanted(state, given.get("allowed_updates"))[:limit]):
            if state.poll_number != mine:
                raise OUSTED
            # Telegram notices a caller that has gone, and so do we.
            given_up = clock() >= deadline or state.closed or self._uvicorn.should_exit
            if given_up or await request.is_disconnected():
                return []
            await asyncio.sleep(GLANCE_SECONDS)
        return found


async def _parameters(request: Request) -> Json:
    body = await request.body()
    given = read_parameters(dict(request.query_params))
    if request.headers.get("content-type", "").startswith("application/json"):
        given |= json.loads(body or b"{}")
        return given
    if request.headers.get("content-type", "").startswith("multipart/"):
        fields, files = read_multipart(body, request.headers["content-type"])
        return given | read_parameters(fields) | files
    return given | read_parameters(dict(parse_qsl(body.decode(), keep_blank_values=True)))
