"""Whole houses for proofs: each zone served by real processes from a data folder and a cluster of its own."""

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import httpx

from engawa.engine.home import Home
from engawa.engine.postgres.cluster import Cluster
from engawa.post.keys import link_ring
from engawa.post.sealing import public_key_of

_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_SECRET_WORD = re.compile(r"<li>([ぁ-ゖー]+)</li>")
# Opening a desk takes more than the courier's proofs should say about it.
DESK = """
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Membership, Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.directory.models import Desk
with acting_as(COMMAND):
    centre = Organisation.objects.create(name="相談センター")
    staff = Staff.objects.create(email="counsellor@example.org", name="相談 員子", persona="みどり")
    Membership.objects.create(staff=staff, organisation=centre, role="counsellor", starts_on="2020-04-01")
    Desk.objects.create(organisation=centre, name="相談窓口", takes_talks=True, published=True)
"""
# Answers every word once, for ever: killed and started anew it goes on where it was.
ANSWERER = """
import time, uuid
from django.db import InterfaceError, OperationalError, connection
from engawa.office.access.models import Staff
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import acting_as
from engawa.office.talks.actions.answers import reply
from engawa.office.talks.models import Message
while True:
    try:
        counsellor = actor_of(Staff.objects.get())
        with acting_as(counsellor):
            answered = set(Message.objects.filter(direction="out").values_list("id", flat=True))
            words = list(Message.objects.filter(direction="in").values_list("id", "talk_id", "body"))
        for word_id, talk_id, body in words:
            answer_id = uuid.uuid5(word_id, "answer")
            if answer_id not in answered:
                with acting_as(counsellor):
                    reply(by=counsellor, talk_id=talk_id, words=f"返: {body}", message_id=answer_id)
    except (OperationalError, InterfaceError):
        connection.close()
    time.sleep(0.1)
"""


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def until(true: Callable[[], object], seconds: float = 120, why: Callable[[], str] = lambda: "") -> None:
    """Wait for something to come true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"it did not come true {why()}"
        time.sleep(0.1)


def without_ours() -> dict[str, str]:
    """The environment of a process that is to know nothing of this run, but on which PostgreSQL it goes."""
    strange = [key for key in os.environ if key.startswith(("ENGAWA_", "DJANGO_")) and key != "ENGAWA_POSTGRES"]
    kept = {key: value for key, value in os.environ.items() if key not in strange}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def furnish(home: Home) -> None:
    """Give a home the cluster that a first opening makes, both zones migrated; made once in a run, and copied."""
    home.make()
    Cluster(home).privilege.let_through(home.path)
    subprocess.run(["cp", "--archive", _furnished_once().cluster, home.cluster], check=True)


def _furnished_once() -> Home:
    run = Home.chosen().path
    made, draft = Home(run / "furnished"), Home(run / "furnished.draft")
    with (run / "furnishing.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not made.path.exists():
            words = [sys.executable, "-m", "engawa.engine", "migrate", "--home", draft.path]
            subprocess.run(words, env=without_ours(), stdout=subprocess.DEVNULL, check=True)
            draft.path.rename(made.path)
    return made


class House:
    """One ``engawa serve`` of ``zone`` ("porch", "office" or "both"), with its data folder and log."""

    def __init__(self, path: Path, zone: str, **environment: str) -> None:
        self.home, self.zone = Home(path / zone), zone
        self.home.make()
        self.cluster = Cluster(self.home)
        self.log = path / f"{zone}.log"
        self.ports = {name: free_port() for name in ("porch", "porch-live", "office", "office-live")}
        own = {"ENGAWA_ZONES": zone, "ENGAWA_HOME": str(self.home.path)}
        self.environment = without_ours() | environment | own
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, zone: str = "porch") -> str:
        return f"http://127.0.0.1:{self.ports[zone]}"

    def __enter__(self) -> Self:
        ports = [word for name, port in self.ports.items() for word in (f"--{name}-port", str(port))]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "engawa.engine", "serve", *ports], env=self.environment, stdout=log, stderr=log
            )
        zones = ["porch", "office"] if self.zone == "both" else [self.zone]
        try:
            until(lambda: all(map(self.answers, zones)), seconds=300, why=lambda: self.log.read_text()[-3000:])
        except AssertionError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.cluster.stop()

    def answers(self, zone: str) -> bool:
        try:
            return httpx.get(f"{self.url(zone)}/", follow_redirects=True).status_code < 500
        except httpx.HTTPError:
            return False

    def pids(self, module: str) -> list[int]:
        """The processes of one module that belong to this house."""
        mark = f"ENGAWA_HOME={self.home.path}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().decode().split("\0")
                if f"engawa.engine.serving.{module}" in words and mark in (folder / "environ").read_bytes().split(
                    b"\0"
                ):
                    found.append(int(folder.name))
            except OSError:
                continue
        return sorted(found)

    def kill(self, module: str) -> bool:
        """``kill -9`` the oldest process of a module, or the postmaster; False when it is down already."""
        pids = [self.cluster.pid] if module == "postmaster" else self.pids(module)
        if not pids or pids[0] is None:
            return False
        os.kill(pids[0], signal.SIGKILL)
        return True

    def start_script(self, script: str, zone: str = "") -> subprocess.Popen[bytes]:
        """Run Python inside a zone (of a house of both, the office where none is named), in a process of its own."""
        settings = f"engawa.engine.settings.{zone or self.zone.replace('both', 'office')}"
        set_up = f"import os; os.environ['DJANGO_SETTINGS_MODULE'] = '{settings}'; import django; django.setup()\n"
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-c", set_up + script],
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )

    def ask(self, script: str, given: object = None, zone: str = "") -> Any:
        """What a script inside this zone prints as JSON; it finds ``given`` as JSON on its standard input."""
        with self.start_script(script, zone) as process:
            try:
                out, _ = process.communicate(json.dumps(given).encode(), timeout=300)
            finally:
                process.kill()
        assert process.returncode == 0, self.log.read_text()[-3000:]
        return json.loads(out or "null")


def introduce(porch: House, office: House) -> None:
    """Give each side of the link the other's public key, as ``engawa keys`` tells an operator to."""
    for mine, side, other in ((porch.home, "office", office.home), (office.home, "porch", porch.home)):
        key = public_key_of(link_ring(other.keys, side).present()).hex()
        (mine.keys / "link-other.pub").write_text(key)


class Browser:
    """A visitor's browser without JavaScript: it sends forms, and sends them again when no answer came."""

    def __init__(self, url: str, address: str = "127.0.0.1") -> None:
        transport = httpx.HTTPTransport(local_address=address)
        self.client = httpx.Client(base_url=url, transport=transport, timeout=60)
        self.passphrase = ""
        self.talk = ""
        self._csrf = ""

    def open_talk(self, words: str) -> None:
        form = {"token": str(uuid.uuid4()), "words": words, "agree": "on"}
        shown = self.client.get(self._sent("/talk/", form).headers["location"]).text
        self.passphrase = " ".join(_SECRET_WORD.findall(shown))
        read = {"csrfmiddlewaretoken": _csrf_of(shown)}
        self.talk = self.client.post("/seat/passphrase/", data=read).headers["location"].partition("?")[0]
        self._csrf = ""

    def come_back(self, passphrase: str) -> None:
        self._sent("/come-back/", {"passphrase": passphrase})

    def close(self) -> None:
        self.client.close()

    def say(self, words: str) -> None:
        """Say it until it is accepted; the form's token makes repeating harmless."""
        self._sent(self.talk, {"token": str(uuid.uuid4()), "words": words})

    def send(self, path: str, **form: str) -> httpx.Response:
        """Send a form of the talk once, whatever comes of it."""
        token = _csrf_of(self.client.get(self.talk).text)
        return self.client.post(path, data=form | {"csrfmiddlewaretoken": token})

    def _sent(self, path: str, form: dict[str, str]) -> httpx.Response:
        end = time.monotonic() + 300
        while time.monotonic() < end:
            try:
                self._csrf = self._csrf or _csrf_of(self.client.get(path).text)
                answer = self.client.post(path, data=form | {"csrfmiddlewaretoken": self._csrf})
                if answer.status_code == httpx.codes.FOUND:
                    return answer
            except httpx.HTTPError:
                pass
            self._csrf = ""
            time.sleep(0.2)
        raise AssertionError(f"{path} was never accepted")


def _csrf_of(page: str) -> str:
    found = _CSRF.search(page)
    return found[1] if found else ""
