"""The live process: tells open pages that something happened, by server-sent events.

One small ASGI application of its own, because each open page costs it 15 KiB and nothing else. It has one
connection to the zone's database, on which it hears the announcements of ``engawa.kernel.live``, and knows
of each page only the topics in its ticket. What it passes on is an event's name and an id, never a word.

``GET /?ticket=…`` is a stream, ``GET /health`` answers 200 while announcements are heard. A stream begins with
the event ``beat`` and repeats it: where none arrives, somebody on the way holds streams back, and the page asks by
itself. It is cut (the page opens another and looks again) when its reader is too slow, when its ticket ends, and when
the database was away: nobody can say what was missed meanwhile.
"""

import asyncio
import json
import logging
import random
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg

from engawa.kernel.live import CHANNEL, NoTicket, admitted

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

HEARTBEAT_SECONDS = 25.0  # below the minute after which proxies cut silent connections; ui/live.js waits for two
_BEAT = b"event: beat\ndata:\n\n"
_WAITING_EVENTS = 100  # a reader further behind than this is cut
_STREAMS_OF_A_TICKET = 8  # a page opens one; a copied window and a restored one bring their page's ticket along
_log = logging.getLogger(__name__)


class _Stream:
    """One open page."""

    def __init__(self, send: Send, ends_at: float) -> None:
        self._send = send
        self._waiting: list[bytes] = []
        self._writer: asyncio.Task[None] | None = None
        self._page = asyncio.current_task()
        self._is_cut = False
        self.ends_at = ends_at

    def tell(self, event: bytes) -> None:
        if self._is_cut:
            return
        self._waiting.append(event)
        if len(self._waiting) > _WAITING_EVENTS:
            self.cut()
        elif self._writer is None:
            self._writer = asyncio.create_task(self._write())

    def cut(self) -> None:
        for task in (self._writer, self._page):
            if task is not None and not self._is_cut:
                task.cancel()
        self._is_cut = True

    async def _write(self) -> None:
        try:
            while self._waiting:
                body = b"".join(self._waiting)
                self._waiting.clear()
                await self._send({"type": "http.response.body", "body": body, "more_body": True})
        finally:
            self._writer = None


class Live:
    """The application.

    Args:
        database: how to connect, as psycopg's ``connect`` takes it.
    """

    def __init__(self, database: dict[str, Any]) -> None:
        self._database = database
        self._streams: dict[str, set[_Stream]] = defaultdict(set)
        self._open: set[_Stream] = set()
        self._listeners: Counter[str] = Counter()
        self._hears = False
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http" and scope["path"] == "/health":
            await _answer(send, 200 if self._hears else 503)
        elif scope["type"] == "http" and scope["method"] == "GET":
            await self._stream(scope, receive, send)
        elif scope["type"] == "http":
            await _answer(send, 405)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self._tasks = [asyncio.create_task(work()) for work in (self._hear_for_ever, self._beat)]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for task in self._tasks:
            task.cancel()
        self._cut_all()
        await send({"type": "lifespan.shutdown.complete"})

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            ticket = parse_qs(scope["query_string"].decode())["ticket"][0]
            admission = admitted(ticket)
        except (NoTicket, KeyError, UnicodeDecodeError):
            await _answer(send, 403)
            return
        if self._listeners[ticket] >= _STREAMS_OF_A_TICKET:
            await _answer(send, 429)
            return
        if not self._hears:  # better no stream than a silent one: the page asks by itself meanwhile
            await _answer(send, 503)
            return
        stream = _Stream(send, admission.ends_at)
        self._enter(stream, admission.topics)
        self._listeners[ticket] += 1
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _headers(scope)})
            # Pages that were cut together should not all come back in the same moment.
            stream.tell(b"retry: %d\n%b" % (random.randint(500, 3000), _BEAT))  # noqa: S311 (no secret)
            while (await receive())["type"] != "http.disconnect":
                pass
        except asyncio.CancelledError:
            with suppress(asyncio.CancelledError, OSError):
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._leave(stream, admission.topics)
            self._listeners[ticket] -= 1
            if not self._listeners[ticket]:
                del self._listeners[ticket]

    def _enter(self, stream: _Stream, topics: list[str]) -> None:
        self._open.add(stream)
        for topic in topics:
            self._streams[topic].add(stream)

    def _leave(self, stream: _Stream, topics: list[str]) -> None:
        self._open.discard(stream)
        for topic in topics:
            self._streams[topic].discard(stream)
            if not self._streams[topic]:
                del self._streams[topic]

    def _cut_all(self) -> None:
        for stream in self._open:
            stream.cut()

    async def _hear_for_ever(self) -> None:
        pause = 0.1
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**self._database, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._hears, pause = True, 0.1
                    async for notice in connection.notifies():
                        self._pass_on(notice.payload)
            except psycopg.OperationalError:
                if self._hears:
                    _log.warning("the database is away; streams are cut until it is back")
            self._hears = False
            self._cut_all()
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)

    def _pass_on(self, payload: str) -> None:
        topic, event, ref = json.loads(payload)
        message = f"event: {event}\ndata: {ref}\n\n".encode()
        for stream in self._streams.get(topic, ()):
            stream.tell(message)

    async def _beat(self) -> None:
        """Keep silent connections open, notice those that are gone, and end those whose ticket has ended."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            for stream in list(self._open):
                if stream.ends_at < time.time():
                    stream.cut()
                else:
                    stream.tell(_BEAT)


def _headers(scope: Scope) -> list[tuple[bytes, bytes]]:
    headers = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    asked = dict(scope["headers"])
    origin, host = asked.get(b"origin", b""), asked.get(b"host", b"")
    # The pages stand on another port of the same host; the ticket is the right to listen, not the origin.
    if origin and urlsplit(origin.decode("latin-1")).hostname == urlsplit(f"//{host.decode('latin-1')}").hostname:
        headers += [(b"access-control-allow-origin", origin), (b"vary", b"origin")]
    return headers


async def _answer(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
