"""``engawa serve`` with real processes: what dies comes back, what ends leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from engawa.engine.home import Home
from engawa.engine.postgres.cluster import Cluster
from houses import furnish

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


class Serving:
    """One ``engawa serve`` of the office with its home."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.cluster = Cluster(home)
        self.port, self.live_port = free_port(), free_port()
        self.log = home.path.with_name("serve.log")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        ports = ["--office-port", str(self.port), "--office-live-port", str(self.live_port)]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("ENGAWA_")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "default", "-m", "engawa.engine", "serve", "--home", self.home.path, *ports],
                env=environment | {"ENGAWA_ZONES": "office", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdout=log,
                stderr=log,
            )
        self.wait_until(self.answers)

    def answers(self) -> bool:
        try:
            pages = httpx.get(f"http://127.0.0.1:{self.port}/", follow_redirects=True).status_code < 500
            return pages and httpx.get(f"http://127.0.0.1:{self.live_port}/health").status_code == 200
        except httpx.HTTPError:
            return False

    def wait_until(self, true: Callable[[], object]) -> None:
        until = time.monotonic() + 240  # a loaded machine is slow, not wrong
        while not true():
            assert time.monotonic() < until, self.log.read_text()[-5000:]
            time.sleep(0.1)

    def pids(self, module: str) -> list[int]:
        """The processes of one module that belong to this home."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().decode().split("\0")
                ours = f"ENGAWA_HOME={self.home.path}".encode() in (folder / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if ours and f"engawa.engine.serving.{module}" in words:
                found.append(int(folder.name))
        return sorted(found)

    def wait_for_a_job(self) -> None:
        """Wait until the worker has done something that it is asked now."""
        ask = """INSERT INTO procrastinate_jobs (queue_name, task_name, args)
            VALUES ('default', 'talks.publish_expectations', '{"timestamp": 0}') RETURNING id"""
        done = "SELECT id FROM procrastinate_jobs WHERE id = %s AND status = 'succeeded'"
        with self.cluster.connect("office") as admin:
            asked = admin.execute(ask).fetchone()
            self.wait_until(lambda: admin.execute(done, asked).fetchone())

    def stop_while_a_page_is_asked_for(self) -> httpx.Response:
        """Ask everything to stop while one page still waits for the database; what was answered to it."""
        assert self.process is not None
        waits = "SELECT 1 FROM pg_locks WHERE relation = 'django_session'::regclass AND NOT granted"
        with self.cluster.connect("office") as admin, ThreadPoolExecutor() as browser:
            with admin.transaction():
                admin.execute("LOCK TABLE django_session")
                cookies = {"engawa_office": "a" * 32}
                asked = browser.submit(httpx.get, f"http://127.0.0.1:{self.port}/", cookies=cookies, timeout=60)
                self.wait_until(lambda: admin.execute(waits).fetchone())
                self.process.send_signal(signal.SIGTERM)
                self.wait_until(lambda: not self.pids("listening"))  # it is told after the pages, and ends at once
            return asked.result()

    def everything(self) -> list[int]:
        return [pid for module in ("pages", "listening", "worker", "carrying", "keeping") for pid in self.pids(module)]


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    serving = Serving(Home(tmp_path / "home"))
    furnish(serving.home)
    serving.start()
    yield serving
    if serving.process is not None and serving.process.poll() is None:
        serving.process.kill()
        serving.process.wait()
    serving.cluster.stop()
    serving.wait_until(lambda: not serving.everything())


def test_what_dies_comes_back_and_what_ends_answers_first_and_leaves_nothing_behind(serving: Serving) -> None:
    assert serving.process is not None
    live = serving.pids("listening")
    assert live
    os.kill(live[0], signal.SIGKILL)
    serving.wait_until(lambda: serving.pids("listening") not in ([], live) and serving.answers())

    master = serving.pids("pages")[0]
    os.kill(master, signal.SIGKILL)  # its workers must not keep the port
    serving.wait_until(lambda: master not in serving.pids("pages") and serving.pids("pages") and serving.answers())

    worker = serving.pids("worker")
    serving.wait_for_a_job()
    os.kill(worker[0], signal.SIGKILL)
    serving.wait_until(lambda: serving.pids("worker") not in ([], worker))
    serving.wait_for_a_job()

    assert serving.cluster.pid is not None
    os.kill(serving.cluster.pid, signal.SIGKILL)
    serving.wait_until(lambda: serving.cluster.pid is not None and serving.answers())

    assert serving.stop_while_a_page_is_asked_for().status_code == 302
    assert serving.process.wait(60) == 0
    assert serving.everything() == []
    assert serving.cluster.pid is None
    assert "127.0.0.1" not in serving.log.read_text().replace(f"127.0.0.1:{serving.port}", "")


def test_a_killed_supervisor_takes_its_processes_along_but_not_postgresql(serving: Serving) -> None:
    assert serving.process is not None
    postmaster = serving.cluster.pid
    serving.process.kill()
    serving.process.wait()
    serving.wait_until(lambda: not serving.everything())
    assert serving.cluster.pid == postmaster
    serving.start()
    assert serving.cluster.pid == postmaster
    serving.process.send_signal(signal.SIGINT)
    assert serving.process.wait(60) == 0
    assert serving.cluster.pid is None


def test_a_port_that_is_taken_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "engawa.engine", "serve", "--home", tmp_path / "home", "--porch-port", str(port)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Port {port} of 127.0.0.1 cannot be used" in done.stderr
    assert not (tmp_path / "home" / "postgres").exists()
