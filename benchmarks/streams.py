"""10,000 open visitor streams on one live process: are all reached, is any lost, in what time, at what cost?

    .venv/bin/python benchmarks/streams.py [--streams 10000]

Starts a throw-away PostgreSQL and the porch's live process as `engawa serve` does, opens the streams, then
announces once to a topic that all of them share, and then 10,000 times to one stream each.
"""

import argparse
import asyncio
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django
import psycopg

SOURCE = Path(__file__).resolve().parents[1] / "src"
sys.path.insert(0, str(SOURCE))
HOME = Path(tempfile.mkdtemp(prefix="engawa-streams-"))
os.environ |= {
    "ENGAWA_HOME": str(HOME),
    "ENGAWA_ZONES": "porch",
    "DJANGO_SETTINGS_MODULE": "engawa.engine.settings.porch",
    "PYTHONPATH": str(SOURCE),
}

from engawa.engine.databases import PORCH, make_database, make_roles  # noqa: E402 (the path is set above)
from engawa.engine.home import Home  # noqa: E402 (as above)
from engawa.engine.postgres.cluster import Cluster  # noqa: E402 (as above)
from engawa.kernel.live import CHANNEL, ticket_for  # noqa: E402 (as above)

EVERYBODY = "porch:desks"
_OPENING_AT_ONCE = 200


class Page(asyncio.Protocol):
    """One open page: counts the events it hears."""

    heard = 0
    open = 0
    lost_lines = 0
    waiting_for = 0
    reached = asyncio.Event()

    def __init__(self, request: bytes) -> None:
        self._request = request
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def opened(self) -> None:
        await self._opened

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.write(self._request)  # type: ignore[attr-defined] # a socket can be written to

    def data_received(self, data: bytes) -> None:
        if not self._opened.done() and b"retry:" in data:
            self._opened.set_result(None)
            Page.open += 1
        Page.heard += data.count(b"event: ") - data.count(b"event: beat")
        if Page.heard >= Page.waiting_for:
            Page.reached.set()

    def connection_lost(self, _error: Exception | None) -> None:
        Page.lost_lines += 1


async def open_pages(port: int, count: int) -> list[Page]:
    """Open all streams, a few hundred at once, as browsers come back after a restart."""
    loop, pages, gate = asyncio.get_running_loop(), list[Page](), asyncio.Semaphore(_OPENING_AT_ONCE)

    async def open_one(number: int) -> None:
        ticket = ticket_for([EVERYBODY, f"seat:{number}"])
        page = Page(f"GET /?ticket={ticket} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        async with gate:
            await loop.create_connection(lambda: page, "127.0.0.1", port)
            await page.opened()
        pages.append(page)

    await asyncio.gather(*(open_one(number) for number in range(count)))
    return pages


async def reach(database: str, statement: str, values: list[object], expected: int) -> float:
    """Announce, and wait until everything expected was heard; seconds."""
    Page.heard, Page.waiting_for = 0, expected
    Page.reached.clear()
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        begin = time.perf_counter()
        await connection.execute(statement, values)
        await asyncio.wait_for(Page.reached.wait(), 120)
        return time.perf_counter() - begin


def memory_of(pid: int) -> float:
    """Resident memory in megabytes."""
    found = re.search(r"VmRSS:\s+(\d+) kB", (Path("/proc") / str(pid) / "status").read_text())
    return int(found.group(1)) / 1024 if found else 0.0


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


async def measure(cluster: Cluster, live: subprocess.Popen[bytes], port: int, count: int) -> bool:
    await wait_until_it_hears(port)
    before = memory_of(live.pid)
    begin = time.perf_counter()
    pages = await open_pages(port, count)
    opening = time.perf_counter() - begin
    open_now = memory_of(live.pid)
    print(f"streams open         {Page.open:,} of {count:,} in {opening:.1f} s")
    print(
        f"memory               {before:.0f} MB -> {open_now:.0f} MB ({(open_now - before) * 1024 / count:.1f} KiB each)"
    )

    database = f"host={cluster.socket} user={PORCH.server} dbname={PORCH.name}"
    one = 'SELECT pg_notify(%s, format(\'["%%s","answer","x"]\', %s::text))'
    shared = await reach(database, one, [CHANNEL, EVERYBODY], count)
    print(f"one event for all    {Page.heard:,} of {count:,} reached in {shared:.2f} s")
    many = 'SELECT count(pg_notify(%s, format(\'["seat:%%s","answer","x"]\', n))) FROM generate_series(0, %s - 1) n'
    each = await reach(database, many, [CHANNEL, count], count)
    print(f"one event for each   {Page.heard:,} of {count:,} reached in {each:.2f} s")
    print(f"streams lost         {Page.lost_lines}")
    return len(pages) == count and Page.heard == count and Page.lost_lines == 0


async def wait_until_it_hears(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            answer = await reader.read()
            writer.close()
            if b" 200 " in answer:
                return
        except ConnectionError:
            pass
        await asyncio.sleep(0.1)
    raise SystemExit("the live process does not hear the database")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=10_000)
    count = parser.parse_args().streams
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(65_536, hard), hard))
    django.setup()
    cluster, port = Cluster(Home(HOME), durable=False), free_port()
    with cluster.in_use():
        with cluster.connect() as admin:
            make_roles(admin, PORCH)
            make_database(admin, PORCH)
        command = [sys.executable, "-m", "engawa.engine.serving.listening", "127.0.0.1", str(port)]
        live = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
        try:
            return 0 if asyncio.run(measure(cluster, live, port, count)) else 1
        finally:
            live.kill()
            live.wait()


if __name__ == "__main__":
    try:
        sys.exit(main())
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
