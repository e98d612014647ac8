"""The live process, asked as a server asks it, with a real database behind it."""

import asyncio
import base64
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.http import HttpRequest
from django.test import RequestFactory, override_settings

from engawa.engine import live as live_module
from engawa.engine.context import live as live_context
from engawa.engine.home import Home
from engawa.engine.live import Live
from engawa.engine.postgres.cluster import ADMIN, Cluster
from engawa.engine.settings.base import live_origins
from engawa.kernel.live import CHANNEL, TICKET_SECONDS, NoTicket, admitted, opened, ticket_for


class Page:
    """A browser's side of one stream."""

    def __init__(self, app: Live, query: str, headers: list[tuple[bytes, bytes]] = []) -> None:  # noqa: B006
        self.sent: list[dict[str, Any]] = []
        self.gone = asyncio.Event()
        self.blocked = asyncio.Event()
        self.blocked.set()
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": headers}
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        await self.blocked.wait()
        self.sent.append(message)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent[1:]).decode()

    async def shows(self, text: str) -> None:
        async with asyncio.timeout(10):
            while text not in self.text:  # noqa: ASYNC110 (a browser only looks)
                await asyncio.sleep(0.01)


@asynccontextmanager
async def running(database: dict[str, Any]) -> AsyncIterator[Live]:
    app, calls = Live(database), asyncio.Queue[dict[str, Any]]()
    said: list[str] = []

    async def say(message: dict[str, Any]) -> None:
        said.append(message["type"])

    life = asyncio.create_task(app({"type": "lifespan"}, calls.get, say))
    await calls.put({"type": "lifespan.startup"})
    await hears(app)
    yield app
    await calls.put({"type": "lifespan.shutdown"})
    await life
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


async def hears(app: Live) -> None:
    async with asyncio.timeout(20):
        while await _health(app) != 200:  # noqa: ASYNC110 (as a load balancer asks)
            await asyncio.sleep(0.01)


async def _health(app: Live) -> int:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app({"type": "http", "method": "GET", "path": "/health"}, asyncio.Queue().get, send)
    return int(sent[0]["status"])


@pytest.fixture
def database(cluster: str) -> dict[str, Any]:
    return {"host": cluster, "user": ADMIN, "dbname": "postgres"}


def announce(database: dict[str, Any], topic: str, event: str, ref: str) -> None:
    with psycopg.connect(**database) as connection:
        connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f'["{topic}","{event}","{ref}"]'])


def test_a_page_hears_its_own_topics_only(database: dict[str, Any]) -> None:
    async def scene() -> None:
        async with running(database) as app:
            mine, other = (Page(app, f"ticket={ticket_for([topic])}") for topic in ("seat:1", "seat:2"))
            await mine.shows("retry: ")
            announce(database, "seat:2", "answer", "b")
            announce(database, "seat:1", "answer", "a")
            await mine.shows("event: answer\ndata: a\n\n")
            await other.shows("event: answer\ndata: b\n\n")
            assert "data: b" not in mine.text
            assert (mine.status, other.status) == (200, 200)

    asyncio.run(scene())


@pytest.mark.parametrize("query", ["", "ticket=", "ticket=forged", "ticket=%ff"])
def test_without_a_ticket_of_this_zone_there_is_no_stream(database: dict[str, Any], query: str) -> None:
    async def scene() -> None:
        async with running(database) as app:
            page = Page(app, query)
            await page.task
            assert page.status == 403

    asyncio.run(scene())


def test_a_ticket_tells_nothing_to_who_reads_it_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = ticket_for(["seat:018f0000-0000-7000-8000-000000000001", "porch:desks"])
    assert admitted(ticket).topics == ["porch:desks", "seat:018f0000-0000-7000-8000-000000000001"]
    assert b"seat" not in base64.urlsafe_b64decode(ticket)
    with override_settings(SECRET_KEY="of another zone"), pytest.raises(NoTicket):  # no secret
        opened(ticket)
    later = time.time() + TICKET_SECONDS + 2
    monkeypatch.setattr("engawa.kernel.live.time.time", lambda: later)
    with pytest.raises(NoTicket, match="too old"):
        admitted(ticket)
    assert opened(ticket).topics == admitted(ticket_for(opened(ticket).topics)).topics


def test_one_ticket_opens_no_crowd_of_streams(database: dict[str, Any]) -> None:
    async def scene() -> None:
        async with running(database) as app:
            query = f"ticket={ticket_for(['seat:1'])}"
            pages = [Page(app, query) for _ in range(8)]
            for page in pages:
                await page.shows("retry: ")
            refused = Page(app, query)
            await refused.task
            assert refused.status == 429
            pages[0].gone.set()
            await pages[0].task
            again = Page(app, query)
            await again.shows("retry: ")
            assert again.status == 200

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("url", "port", "https", "origins"),
    [
        ("", 8001, False, ["http://porch.example:8001", "http://*.city.example:8001"]),
        ("", 8001, True, ["https://porch.example:8001", "https://*.city.example:8001"]),
        ("/live/", 8001, True, []),
        ("https://live.example/", 8001, True, ["https://live.example"]),
        ("", 0, False, []),
    ],
)
def test_pages_may_open_streams_to_our_own_names_only(url: str, port: int, *, https: bool, origins: list[str]) -> None:
    assert live_origins(url, port, ["porch.example", "[::1]", ".city.example"], https=https) == origins


def test_a_page_that_leaves_is_forgotten(database: dict[str, Any]) -> None:
    async def scene() -> None:
        async with running(database) as app:
            page = Page(app, f"ticket={ticket_for(['seat:1', 'porch:desks'])}")
            await page.shows("retry: ")
            page.gone.set()
            await page.task
            assert (app._open, dict(app._streams), dict(app._listeners)) == (set(), {}, {})

    asyncio.run(scene())


def test_a_reader_who_falls_far_behind_is_cut_and_holds_up_nobody(database: dict[str, Any]) -> None:
    async def scene() -> None:
        async with running(database) as app:
            slow, quick = (Page(app, f"ticket={ticket_for(['seat:1'])}") for _ in range(2))
            await quick.shows("retry: ")
            slow.blocked.clear()
            for number in range(150):
                app._pass_on(f'["seat:1","answer","{number}"]')
                await asyncio.sleep(0)
            await quick.shows("data: 149")
            slow.blocked.set()
            await asyncio.wait_for(slow.task, 5)
            assert slow.sent[-1]["more_body"] is False

    asyncio.run(scene())


def test_a_heartbeat_keeps_silent_streams_open_and_ends_those_whose_ticket_ended(
    database: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "HEARTBEAT_SECONDS", 0.05)

    async def scene() -> None:
        async with running(database) as app:
            page = Page(app, f"ticket={ticket_for(['seat:1'])}")
            await page.shows("\nevent: beat\ndata:\n\nevent: beat\ndata:\n\n")
            for stream in app._open:
                assert 0 < stream.ends_at - time.time() <= TICKET_SECONDS
                stream.ends_at = 0
            await asyncio.wait_for(page.task, 5)

    asyncio.run(scene())


@pytest.mark.slow
def test_when_the_database_was_away_streams_are_cut_and_new_ones_hear_again(tmp_path: Path) -> None:
    cluster = Cluster(Home(tmp_path / "home"), durable=False)
    cluster.start()
    database = {"host": str(cluster.socket), "user": ADMIN, "dbname": "postgres"}

    async def scene() -> None:
        async with running(database) as app:
            before = Page(app, f"ticket={ticket_for(['seat:1'])}")
            await before.shows("retry: ")
            assert cluster.pid is not None
            os.kill(cluster.pid, signal.SIGKILL)
            await asyncio.wait_for(before.task, 10)
            assert await _health(app) == 503
            meanwhile = Page(app, f"ticket={ticket_for(['seat:1'])}")
            await meanwhile.task
            assert meanwhile.status == 503
            await asyncio.to_thread(cluster.start)
            await hears(app)
            after = Page(app, f"ticket={ticket_for(['seat:1'])}")
            await after.shows("retry: ")
            announce(database, "seat:1", "answer", "here")
            await after.shows("data: here")

    try:
        asyncio.run(scene())
    finally:
        cluster.stop()


def test_pages_of_the_same_host_may_listen_and_other_sites_may_not(database: dict[str, Any]) -> None:
    async def scene() -> None:
        async with running(database) as app:
            ticket = f"ticket={ticket_for(['seat:1'])}"
            ours = Page(app, ticket, [(b"host", b"porch.example:8001"), (b"origin", b"http://porch.example:8000")])
            theirs = Page(app, ticket, [(b"host", b"porch.example:8001"), (b"origin", b"http://evil.example")])
            await ours.shows("retry: ")
            await theirs.shows("retry: ")
            assert (b"access-control-allow-origin", b"http://porch.example:8000") in ours.sent[0]["headers"]
            assert b"access-control-allow-origin" not in dict(theirs.sent[0]["headers"])

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("host", "url", "port", "expected"),
    [
        ("localhost:8000", "", 8001, "http://localhost:8001/"),
        ("localhost", "", 8001, "http://localhost:8001/"),
        ("[::1]:8000", "", 8001, "http://[::1]:8001/"),
        ("localhost:8000", "/live/", 8001, "/live/"),
        ("localhost:8000", "", 0, ""),
    ],
)
def test_pages_are_told_where_to_listen(host: str, url: str, port: int, expected: str) -> None:
    request: HttpRequest = RequestFactory().get("/", headers={"host": host})
    with override_settings(LIVE_URL=url, LIVE_PORT=port, ALLOWED_HOSTS=["*"]):
        assert live_context(request) == {"live_url": expected, "live_seconds": TICKET_SECONDS}
