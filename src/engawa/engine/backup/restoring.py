"""Restoring a backup into an empty data folder."""

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import IO

from engawa.engine.backup.keeping import days_kept
from engawa.engine.backup.sealed import Reader, Secret
from engawa.engine.databases import OFFICE, PORCH, Zone, make_database, make_roles
from engawa.engine.home import Home
from engawa.engine.postgres.cluster import ADMIN, Cluster
from engawa.engine.trouble import Trouble
from engawa.kernel.clock import now

_ZONES = {zone.name: zone for zone in (OFFICE, PORCH)}
_Pieces = Iterator[tuple[str, bytes]]


def restore_backup(
    file: Path,
    secret: Secret,
    home: Home,
    count: Callable[[int], None] = lambda _bytes: None,
    *,
    overdue: bool = False,
) -> dict[str, object]:
    """Make the data folder what it was when the backup was made; what the backup says of itself.

    Args:
        file: the backup.
        secret: what opens it.
        home: a data folder that does not exist yet, or is empty.
        count: is told how many bytes were put back.
        overdue: take a backup, too, that should have been removed by now.

    Raises:
        Trouble: the folder holds something, the secret is wrong, the file is damaged, or is older than backups are
            kept. Nothing stays half restored.
    """
    if home.path.exists() and any(home.path.iterdir()):
        raise Trouble(
            f"{home.path} is not empty; restoring never overwrites. Nothing was touched.",
            f"./engawa restore {file} --home NEW_FOLDER",
        )
    try:
        with file.open("rb") as backup:
            pieces = Reader(backup, secret).pieces()
            return _put_back(pieces, home, count, overdue=overdue)
    except OSError as error:
        raise Trouble(f"{error.filename or file}: {error.strerror}. Nothing was restored.") from error


def _put_back(pieces: _Pieces, home: Home, count: Callable[[int], None], *, overdue: bool) -> dict[str, object]:
    cluster = Cluster(home)
    about: dict[str, object] = {}
    try:
        for name, entry in groupby(pieces, key=lambda piece: piece[0]):
            content = (piece for _name, piece in entry)
            kind, _, rest = name.partition("/")
            if kind == "databases":
                _database(cluster, _ZONES[rest], content, count)
            elif kind == "files":
                _file(home, rest, content)
            else:
                about = json.loads(b"".join(content))
                if not overdue:
                    _refuse_an_overdue(dt.datetime.fromisoformat(str(about["made_at"])))
    except BaseException:
        cluster.stop()
        shutil.rmtree(home.path, ignore_errors=True)
        raise
    cluster.stop()
    return about


def _refuse_an_overdue(made_at: dt.datetime) -> None:
    age = (now() - made_at).days
    if age > days_kept():
        raise Trouble(
            f"This backup was made {age} days ago; backups of this house are kept for {days_kept()} days, because they"
            " hold what was destroyed since. Nothing was restored.",
            "take a newer one, or say --overdue: all that was destroyed since then comes back, and only what stands on"
            " the list of destructions is destroyed again",
        )


def _file(home: Home, place: str, content: Iterator[bytes]) -> None:
    target = (home.path / place).resolve()
    if not target.is_relative_to(home.path.resolve()):
        raise Trouble(f"The backup wants to write outside of the data folder ({place}). Nothing was restored.")
    home.make()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.touch(mode=0o600)
    with target.open("wb") as out:
        out.writelines(content)


def _database(cluster: Cluster, zone: Zone, content: Iterator[bytes], count: Callable[[int], None]) -> None:
    cluster.start()
    with cluster.connect() as admin:
        make_roles(admin, zone)
        make_database(admin, zone)
    words = [
        *(cluster.binaries.program("pg_restore"), "--exit-on-error", "--single-transaction"),
        *("--host", str(cluster.socket), "--username", ADMIN, "--dbname", zone.name),
    ]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as restore:
        broken = restore.stdin is None or not _poured(content, restore.stdin, count)
        said = restore.stderr.read().decode(errors="replace") if restore.stderr else ""
    if restore.returncode != 0 or broken:
        raise Trouble(f"The {zone.name} database could not be restored: {said.strip()[-500:]} Nothing was restored.")


def _poured(content: Iterator[bytes], sink: IO[bytes], count: Callable[[int], None]) -> bool:
    """Give everything to ``sink``; False when it stopped listening."""
    try:
        with sink:
            for piece in content:
                sink.write(piece)
                count(len(piece))
    except BrokenPipeError:
        return False
    return True
