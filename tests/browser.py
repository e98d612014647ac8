"""Fixtures of tests in a real browser, against both zones as they really run: own processes, own roles, own databases.

Mark such tests ``browser`` and ``django_db(transaction=True, databases=["default", "porch"])``: what they write is
committed, so that the servers see it, and emptied afterwards. ``page_at`` opens pages of any width and light,
``office_server`` and ``porch_server`` are the addresses, ``axe`` refuses what assistive technology cannot use, and
``by_night(page)`` is ``axe`` for the colours of a page that was already looked at by day.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from engawa.engine.databases import OFFICE, PORCH, Zone
from engawa.engine.serving.plan import Address, processes

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_SECONDS = 60
# What assistive technology must be able to use: WCAG 2.2 AA (JIS X 8341-3 is inside), and axe's good practice.
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What can differ between day and night, because nothing but colours does: axe's rules of cat.color at these levels.
COLOURS = ["color-contrast", "link-in-text-block"]
# The script is read once for each document; what passed is of no interest, and long.
LOOK = """async (rules) => {
  const found = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
  return found.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${one.help}\\n    ${node.html.slice(0, 200)}\\n    ${node.failureSummary}`));
}"""
TOO_WIDE = """[document.documentElement, ...document.querySelectorAll(".panes > *")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.tagName + one.className)"""

PageAt = Callable[..., Page]
Look = Callable[..., None]
Axe = Callable[[Page], None]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for each module: Playwright's event loop must not be there when other tests run their own.

    While the loop is there, Django keeps connections of their own for it. Those of the other side are closed at both
    ends: renewing the databases would cut them unseen, and a later test would find them dead.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop lives in our thread; the ORM runs outside it
    connections.close_all()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
        connections.close_all()


@pytest.fixture
def page_at(browser: Browser) -> Iterator[PageAt]:
    """Opens pages: ``page_at(width=360, light="dark", javascript=False, staff_client=client)``."""
    contexts: list[BrowserContext] = []

    def open_at(
        width: int = 1360, *, light: str = "light", javascript: bool = True, staff_client: Client | None = None
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800 if width < 800 else 900},
            color_scheme="dark" if light == "dark" else "light",
            java_script_enabled=javascript,
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            reduced_motion="reduce",
        )
        if staff_client:
            key = staff_client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": key, "domain": "127.0.0.1", "path": "/"}]
            )
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        contexts.append(context)
        return context.new_page()

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture
def page(page_at: PageAt) -> Page:
    """A page on a wide screen, by day."""
    return page_at()


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Fails with every violation that axe finds on the page as it is now."""
    return lambda page: _refuse(page, EVERYTHING)


@pytest.fixture(scope="session")
def by_night() -> Axe:
    """Turns a page to its night colours, and fails with every violation that axe finds in them."""

    def inspect(page: Page) -> None:
        page.emulate_media(color_scheme="dark")
        assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        _refuse(page, COLOURS)
        page.emulate_media(color_scheme="light")

    return inspect


@pytest.fixture
def look(axe: Axe, by_night: Axe) -> Iterator[Look]:
    """Looks at a page in both lights, ``look(page, url, widths=(360,))``; what it said to the console fails in the end.

    By night it is looked at once, on the widest screen, where everything is in sight. The phone alone is enough for a
    page whose parts were looked at on a wide screen elsewhere: it breaks there first.
    """
    said: list[str] = []

    def look_at(page: Page, url: str, *, widths: Sequence[int] = (360, 1360)) -> None:
        page.on("console", lambda words: said.append(words.text) if words.type in {"error", "warning"} else None)
        answer = page.goto(url)
        assert answer is not None
        assert answer.status == 200, url
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            axe(page)
            assert page.evaluate(TOO_WIDE) == [], f"{url} at {width}"
        by_night(page)

    yield look_at
    assert said == []


def _refuse(page: Page, rules: list[str]) -> None:
    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(LOOK, rules)
    assert not found, f"{page.url}\n" + "\n".join(found)


def _url(zone: Zone, alias: str) -> str:
    database = connections[alias].settings_dict
    return f"postgresql://{zone.server}@/{database['NAME']}?host={database['HOST']}"


@pytest.fixture(scope="session")
def zone_environment(django_db_setup: None) -> dict[str, str]:
    """The environment in which a zone's process finds this run's databases and keys."""
    return {
        "PYTHONPATH": str(Path(__file__).parents[1] / "src"),
        "ENGAWA_OFFICE_DB": _url(OFFICE, "default"),
        "ENGAWA_PORCH_DB": _url(PORCH, "porch"),
        "ENGAWA_HOSTS": "127.0.0.1,localhost",
    }


def _free_ports(count: int) -> list[int]:
    """Ports nobody listens on, all different."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]


def _answers(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


def _serve(zone: Zone, environment: dict[str, str], log: Path) -> Iterator[str]:
    """The pages and the live process of ``zone``, as the supervisor starts them."""
    port, live_port = _free_ports(2)
    planned = processes((zone,), {zone: Address("127.0.0.1", port, live_port)})
    children: list[subprocess.Popen[bytes]] = []
    with log.open("wb") as out:
        for process in planned:
            if process.module in {"pages", "listening"}:
                surroundings = process.surroundings | environment
                child = subprocess.Popen(
                    process.command,
                    env=surroundings,
                    stdin=subprocess.PIPE,
                    stdout=out,
                    stderr=out,
                    start_new_session=True,
                )
                children.append(child)
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not (_answers(port) and _answers(live_port)):
            assert all(child.poll() is None for child in children), log.read_text()
            assert time.monotonic() < give_up, log.read_text()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
        for child in children:
            child.terminate()
        for child in children:
            child.wait(PATIENCE_SECONDS)
            assert child.stdin
            child.stdin.close()


@pytest.fixture(scope="session")
def office_server(zone_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the office's pages, served as in service, with its live process."""
    yield from _serve(OFFICE, zone_environment, tmp_path_factory.mktemp("office") / "log")


@pytest.fixture(scope="session")
def porch_server(zone_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the porch's pages, served as in service, with its live process."""
    yield from _serve(PORCH, zone_environment, tmp_path_factory.mktemp("porch") / "log")
