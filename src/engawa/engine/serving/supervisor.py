"""Keeps the processes of the house up: starts them, starts again what dies, stops them in good order."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from engawa.engine.postgres.cluster import Cluster
from engawa.engine.serving.plan import Process
from engawa.engine.trouble import Trouble
from engawa.kernel.clock import now

_FIRST_PAUSE = 0.5  # seconds before the first new start; doubled each time
_LONGEST_PAUSE = 30.0
_STEADY = 60.0  # a process that lived this long is forgiven
_GRACE = 15.0  # seconds in which a process may finish what it is doing


def note(words: str) -> None:
    """One line of the supervisor's own log."""
    print(f"{now():%Y-%m-%d %H:%M:%S} engawa: {words}", file=sys.stderr, flush=True)


@dataclass
class Kept:
    """One process that is kept up."""

    process: Process
    child: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    pause: float = field(default=_FIRST_PAUSE)

    def start(self) -> None:
        self.child = subprocess.Popen(
            self.process.command,
            env=self.process.surroundings,
            stdin=subprocess.PIPE,  # the leash: closes when we end, however we end
            start_new_session=True,
        )
        self.started_at = time.monotonic()

    def look_after(self) -> None:
        """Start it where it should run and does not."""
        moment = time.monotonic()
        if self.child is None:
            if moment >= self.start_again_at:
                self.start()
        elif self.child.poll() is not None:
            status = self.child.returncode
            self._bury()
            self.pause = _FIRST_PAUSE if moment - self.started_at > _STEADY else self.pause
            self.start_again_at = moment + self.pause
            ended = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
            note(f"{self.process.name}: {ended}; starting again in {self.pause:g} s")
            self.pause = min(self.pause * 2, _LONGEST_PAUSE)

    def ask_to_stop(self) -> None:
        if self.child is not None:
            self.child.terminate()

    def stop(self, until: float) -> None:
        """Wait until it has ended, at most until the moment ``until``; then end it and its children by force."""
        if self.child is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.child.wait(max(0.1, until - time.monotonic()))
        self._bury()

    def _bury(self) -> None:
        """Nothing of the process group stays behind, so that its port is free."""
        child, self.child = self.child, None
        if child is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        if child.stdin:
            child.stdin.close()


class Supervisor:
    """The house while it is open.

    Args:
        processes: what to keep up.
        cluster: our own PostgreSQL to keep up as well; None where all databases are elsewhere.
    """

    def __init__(self, processes: list[Process], cluster: Cluster | None) -> None:
        self._kept = [Kept(process) for process in processes]
        self._cluster = cluster
        self._asked_to_stop = False
        self._cluster_again_at = 0.0
        self._cluster_pause = _FIRST_PAUSE

    def serve(self, is_ready: Callable[[], bool], when_ready: Callable[[], None]) -> None:
        """Keep everything up until SIGTERM or SIGINT, then stop it in good order.

        Args:
            is_ready: whether callers would be let in; asked until it is so for the first time.
            when_ready: what to do then.
        """
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._ask_to_stop)
        for kept in self._kept:
            kept.start()
        waiting = True
        while not self._asked_to_stop:
            if waiting and is_ready():
                waiting = False
                when_ready()
            self._look_after_cluster()
            for kept in self._kept:
                kept.look_after()
            time.sleep(0.2)
        self._stop()

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _stop(self) -> None:
        note("stopping")
        until = time.monotonic() + _GRACE
        for kept in self._kept:
            kept.ask_to_stop()
        for kept in self._kept:
            kept.stop(until)

    def _look_after_cluster(self) -> None:
        if self._cluster is None or time.monotonic() < self._cluster_again_at or self._cluster.pid is not None:
            return
        note("PostgreSQL is down; starting it again")
        try:
            self._cluster.start()
        except Trouble as trouble:
            self._cluster_again_at = time.monotonic() + self._cluster_pause
            note(f"{trouble.what} Trying again in {self._cluster_pause:g} s. {trouble.mend}")
            self._cluster_pause = min(self._cluster_pause * 2, _LONGEST_PAUSE)
        else:
            self._cluster_pause = _FIRST_PAUSE
            note("PostgreSQL is up again; everything acknowledged was kept")
