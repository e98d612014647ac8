"""One cluster: made once, started, attached to, stopped."""

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

import psycopg

from engawa.engine.home import Home
from engawa.engine.postgres.binaries import Binaries
from engawa.engine.postgres.privilege import Privilege, choose
from engawa.engine.postgres.processes import is_postmaster_of
from engawa.engine.postgres.promises import arguments, suggestions
from engawa.engine.trouble import Trouble

ADMIN = "engawa_admin"
_FULL = "No space left on device"
_STILL_IN_USE = "shared memory block"  # children of a postmaster that was killed need a moment to notice
_PATIENCE = 600.0  # seconds; recovery after a crash may take long, a start does not
_LOG_BYTES = 5_000_000

# Postmasters that this process started. They outlive it; until then it must bury them when they end.
_children: list[subprocess.Popen[bytes]] = []


class Cluster:
    """The cluster of one data folder.

    Args:
        home: the data folder.
        binaries: PostgreSQL's programs; those chosen for this machine unless said otherwise.
        privilege: how to run them; chosen for the present user unless said otherwise.
        durable: False only for clusters that may be lost with the machine, as in tests.
    """

    def __init__(
        self,
        home: Home,
        *,
        binaries: Binaries | None = None,
        privilege: Privilege | None = None,
        durable: bool = True,
    ) -> None:
        self.home = home
        self.data = home.cluster
        self.socket = home.socket
        self.log = home.run / "postgres.log"
        self.binaries = binaries or Binaries.chosen()
        self._privilege = privilege
        self._durable = durable

    @property
    def privilege(self) -> Privilege:
        if self._privilege is None:
            self._privilege = choose()
        return self._privilege

    @property
    def pid(self) -> int | None:
        """The postmaster's process id; None when none serves this folder."""
        _children[:] = [child for child in _children if child.poll() is None]
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if is_postmaster_of(pid, self.data) else None

    def start(self) -> Literal["attached", "started"]:
        """Make sure that a postmaster serves the folder; make the folder first where there is none.

        Raises:
            Trouble: of another version, no room, no rights, or PostgreSQL's own words.
        """
        self.home.make()
        with self._one_at_a_time():
            if self.pid is not None and self._answers(lambda: self.pid is not None):
                return "attached"
            self._make_where_missing()
            self._refuse_other_version()
            self._forget_stale_locks()
            self._launch()
            return "started"

    def stop(self) -> None:
        """Stop the postmaster: running statements are cancelled, everything acknowledged is on disk."""
        if self.pid is None:
            return
        with self._one_at_a_time():
            for sign, seconds in ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0)):
                pid = self.pid
                if pid is None:
                    return
                os.kill(pid, sign)
                self._wait_for_end(seconds)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Have the cluster running within; whoever is the last to leave stops it."""
        self.home.make()
        with (self.home.run / "postgres.users").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.start()
            try:
                yield
            finally:
                with suppress(BlockingIOError):  # another process uses it still
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def destroy(self) -> None:
        """Delete the cluster with everything in it.

        Raises:
            Trouble: another process uses it.
        """
        self.home.make()
        with (self.home.run / "postgres.users").open("w") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Trouble(f"{self.home.path} is in use. Nothing was touched.", "stop ./engawa first") from error
            self.stop()
            shutil.rmtree(self.data, ignore_errors=True)

    def connect(self, database: str = "postgres", user: str = ADMIN) -> psycopg.Connection[Any]:
        """A connection in autocommit over the socket, by default as administrator of the cluster."""
        return psycopg.connect(host=str(self.socket), dbname=database, user=user, autocommit=True, connect_timeout=10)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        with (self.home.run / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _forget_stale_locks(self) -> None:
        """Nobody serves this folder; PostgreSQL would still believe a number that another process has now."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.socket / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _make_where_missing(self) -> None:
        if self.data.exists():
            return
        draft = self.data.with_name("postgres.draft")
        shutil.rmtree(draft, ignore_errors=True)  # what an interrupted start left
        draft.mkdir(mode=0o700)
        self.privilege.hand_over(draft)
        self.privilege.let_through(self.home.path)
        try:
            self._initdb(draft)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        draft.rename(self.data)

    def _initdb(self, folder: Path) -> None:
        command = [
            *self.privilege.prefix,
            *(self.binaries.program("initdb"), "-D", str(folder), "-U", ADMIN, "-A", "trust", "-E", "UTF8"),
            *(*self.binaries.locale, "--data-checksums", "--no-instructions"),
            *([] if self._durable else ["--no-sync"]),
        ]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=self.privilege.user,
            group=self.privilege.group,
        )
        if done.returncode != 0:
            raise self._explained(done.stderr)
        try:
            with (folder / "postgresql.conf").open("a") as conf:
                conf.write(suggestions(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")))
        except OSError as error:
            raise self._explained(str(error)) from error

    def _refuse_other_version(self) -> None:
        try:
            found = (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            raise Trouble(
                f"{self.data} is not a PostgreSQL data folder. Nothing was touched.",
                f"mv {self.data} {self.data}.aside",
            ) from None
        if found != str(self.binaries.major):
            raise Trouble(
                f"{self.data} was made by PostgreSQL {found}; these programs are {self.binaries.major}. "
                "Nothing was touched.",
                f"make a backup with the Engawa that has PostgreSQL {found}, and restore it into a new --home",
            )

    def _prepare_socket(self) -> None:
        with suppress(FileExistsError):
            self.socket.mkdir(mode=0o700)
            self.privilege.hand_over(self.socket)
        status = self.socket.lstat()
        ours = {os.geteuid(), self.privilege.user}
        if self.socket.is_symlink() or status.st_uid not in ours or status.st_mode & 0o077:
            raise Trouble(
                f"{self.socket} is not ours alone; PostgreSQL's socket would not be safe there.",
                f"rm -rf {self.socket}",
            )

    def _launch(self) -> None:
        self._prepare_socket()
        until = time.monotonic() + 20
        while True:
            said = self._try_to_launch()
            if said is None:
                return
            if _STILL_IN_USE not in said or time.monotonic() > until:
                raise self._explained(said)
            time.sleep(0.1)

    def _try_to_launch(self) -> str | None:
        """Start a postmaster and wait until it answers; what it said when it did not come up."""
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            begin = log.tell()
            child = subprocess.Popen(
                [
                    *(*self.privilege.prefix, self.binaries.program("postgres"), "-D", str(self.data)),
                    *arguments(self.socket, durable=self._durable),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                user=self.privilege.user,
                group=self.privilege.group,
            )
        _children.append(child)
        if self._answers(lambda: child.poll() is None):
            return None
        with self.log.open("rb") as log:
            log.seek(begin)
            return log.read().decode(errors="replace")

    def _answers(self, alive: Callable[[], bool]) -> bool:
        """Wait until the cluster answers; False when its postmaster ends before that."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            try:
                self.connect().close()
            except psycopg.OperationalError:
                if not alive():
                    return False
                time.sleep(0.02)
            else:
                return True
        raise Trouble(f"PostgreSQL does not answer. What it says is in {self.log}.", f"tail {self.log}")

    def _wait_for_end(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self.pid is not None and time.monotonic() < until:
            time.sleep(0.02)

    def _explained(self, said: str) -> Trouble:
        if _FULL in said:
            return Trouble(
                f"The disk that holds {self.home.path} is full. What was saved is kept.",
                "free some space on it, then run the same command again",
            )
        lines = said.strip().splitlines()
        return Trouble(f"PostgreSQL did not start. It says: {' / '.join(lines[-3:])}", f"tail {self.log}")
