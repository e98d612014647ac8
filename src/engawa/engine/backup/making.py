"""Making a backup while everything runs."""

import io
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from engawa.engine.backup.sealed import Reader, Secret, Writer
from engawa.engine.backup.snapshots import Snapshot, one_moment
from engawa.engine.home import Home
from engawa.engine.postgres.binaries import Binaries
from engawa.engine.postgres.cluster import Cluster
from engawa.engine.trouble import Trouble
from engawa.engine.zones import chosen_zones
from engawa.kernel.clock import now

# Not kept: the databases are dumped instead, and the rest is made anew.
_LEFT_OUT = {"postgres", "postgres.draft", "run", "socket"}


class _Counted(io.RawIOBase):
    """What is read through it is counted."""

    def __init__(self, source: BinaryIO, count: Callable[[int], None]) -> None:
        self._source = source
        self._count = count

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self._count(len(piece))
        return piece


def make_backup(
    home: Home,
    cluster: Cluster | None,
    file: Path,
    secret: Secret,
    count: Callable[[int], None] = lambda _bytes: None,
) -> None:
    """Write one encrypted file with the databases of this machine's zones and the data folder's files.

    Args:
        home: whose files are taken.
        cluster: our own running PostgreSQL; None where all databases are elsewhere.
        file: is made, readable by its owner only, and is there only once it is complete and was read back.
        secret: what will open it.
        count: is told how many bytes were taken in.

    Raises:
        Trouble: the file exists, cannot be written, or a database cannot be read. No half-made file is left.
    """
    if file.exists():
        raise Trouble(f"{file} exists; a backup never overwrites. Nothing was written.", "choose another name")
    draft = file.with_name(f"{file.name}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            _write(home, cluster, Writer(out, secret), count)
            out.flush()
            os.fsync(out.fileno())
        with draft.open("rb") as made:
            for _name, _piece in Reader(made, secret).pieces():
                pass
        draft.rename(file)
    except OSError as error:
        raise Trouble(f"{file} cannot be written: {error.strerror}. No backup was made.") from error
    finally:
        draft.unlink(missing_ok=True)


def _write(home: Home, cluster: Cluster | None, writer: Writer, count: Callable[[int], None]) -> None:
    zones = chosen_zones()
    binaries = cluster.binaries if cluster else Binaries.chosen()
    about = {"made_at": now().isoformat(), "zones": [zone.name for zone in zones], "postgresql": binaries.major}
    writer.entry("about.json", io.BytesIO(json.dumps(about).encode()))
    for path in sorted(home.path.rglob("*")):
        place = path.relative_to(home.path)
        if path.is_file() and place.parts[0] not in _LEFT_OUT:
            with path.open("rb") as content:
                writer.entry(f"files/{place}", content)
    with one_moment(zones, cluster) as snapshots:
        for snapshot in snapshots:
            _dump(binaries, snapshot, writer, count)
    writer.finish()


def _dump(binaries: Binaries, snapshot: Snapshot, writer: Writer, count: Callable[[int], None]) -> None:
    # A password stands in the environment: everybody on the machine can read the words of a command.
    reached = {name: str(value) for name, value in conninfo_to_dict(snapshot.conninfo).items()}
    password = {"PGPASSWORD": reached.pop("password")} if "password" in reached else {}
    words = [
        *(binaries.program("pg_dump"), "--format=custom", f"--snapshot={snapshot.name}"),
        f"--dbname={make_conninfo('', **reached)}",
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | password) as dump:
        if dump.stdout is None or dump.stderr is None:
            return
        writer.entry(f"databases/{snapshot.zone.name}", _Counted(dump.stdout, count))  # type: ignore[arg-type] # reads
        said = dump.stderr.read().decode(errors="replace")
    if dump.returncode != 0:
        raise Trouble(f"The {snapshot.zone.name} database could not be read: {said.strip()[-500:]}")
