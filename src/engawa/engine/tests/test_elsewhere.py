"""Another PostgreSQL than the embedded one, named by environment variables."""

import os
import socketserver
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from engawa.engine.databases import OFFICE, PORCH, make_database, make_roles
from engawa.engine.home import Home
from engawa.engine.postgres import promises
from engawa.engine.postgres.binaries import Binaries
from engawa.engine.postgres.cluster import ADMIN, Cluster
from houses import free_port

pytestmark = pytest.mark.slow
# Whatever may stand in a password, and would end an address too early.
PASSWORD = "ひ み/つ:@?#%"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster that listens on 127.0.0.1, too, and lets nobody in there without a password."""
    debian = Binaries.debian("15")
    home = Home(tmp_path_factory.mktemp("elsewhere") / "home")
    cluster = Cluster(home, binaries=debian if debian.present else None, durable=False)
    with pytest.MonkeyPatch.context() as patch:
        port = str(free_port())
        patch.setattr(promises, "_ALWAYS", promises._ALWAYS | {"listen_addresses": "127.0.0.1", "port": port})
        patch.setenv("PGPORT", port)
        with cluster.in_use():
            with cluster.connect() as admin:
                for zone in (OFFICE, PORCH):
                    make_roles(admin, zone)
                    make_database(admin, zone)
                    for role in map(sql.Identifier, (zone.owner, zone.server)):
                        admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, PASSWORD))
                doors = f"local all {ADMIN} trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
                (cluster.data / "pg_hba.conf").write_text(doors)
                admin.execute("SELECT pg_reload_conf()")
            yield cluster


def address(role: str, database: str, password: str = PASSWORD) -> str:
    return f"postgresql://{role}:{quote(password, safe='')}@127.0.0.1:{os.environ['PGPORT']}/{database}"


def engawa(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("ENGAWA_", "PG"))}
    return subprocess.run(
        [sys.executable, "-m", "engawa.engine", *words, "--home", home],
        env=clean | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_both_zones_are_migrated_by_their_owners_and_served_by_lesser_roles_over_tcp_with_passwords(
    elsewhere: Cluster, tmp_path: Path
) -> None:
    serving = {
        "ENGAWA_OFFICE_DB": address(OFFICE.server, "office"),
        "ENGAWA_PORCH_DB": address(PORCH.server, "porch"),
    }
    owning = {
        "ENGAWA_OFFICE_OWNER_DB": address(OFFICE.owner, "office"),
        "ENGAWA_PORCH_OWNER_DB": address(PORCH.owner, "porch"),
    }
    home = tmp_path / "home"
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(address(OFFICE.server, "office", password="another"))
    wrong = engawa(home, "migrate", **serving | {"ENGAWA_OFFICE_DB": address(OFFICE.server, "office", "another")})
    assert wrong.returncode == 1
    assert "cannot be reached" in wrong.stderr
    assert "password authentication failed" in wrong.stderr

    without = engawa(home, "migrate", **serving)
    assert without.returncode == 1
    assert "ENGAWA_OFFICE_OWNER_DB=" in without.stderr, without.stderr[-700:]
    migrated = engawa(home, "migrate", **serving, **owning)
    assert migrated.returncode == 0, migrated.stderr
    looked = engawa(home, "doctor", **serving)
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert "whoever takes over the porch reaches the office's keys" in looked.stdout
    assert not (home / "postgres").exists()

    # Without a host, the socket is in the folder that the address names.
    socket = f"postgresql://{ADMIN}@:{os.environ['PGPORT']}/office?host={elsewhere.socket}"
    mighty = engawa(home, "migrate", **owning, **serving | {"ENGAWA_OFFICE_DB": socket})
    assert mighty.returncode == 1
    assert "is a superuser" in mighty.stderr, mighty.stderr[-700:]
    told = "".join(done.stdout + done.stderr for done in (wrong, without, migrated, looked, mighty))
    assert PASSWORD not in told
    assert quote(PASSWORD, safe="") not in told


class OldServer(socketserver.StreamRequestHandler):
    """As much of a PostgreSQL 14 as anybody meets who only comes in: no encryption, no password, its version."""

    def handle(self) -> None:
        while (asked := self._message(4)) in {b"\x04\xd2\x16\x2f", b"\x04\xd2\x16\x30"}:  # encrypted?
            self.wfile.write(b"N")
        assert asked.startswith(b"\x00\x03\x00")
        said = {b"server_version": b"14.5", b"client_encoding": b"UTF8", b"integer_datetimes": b"on"}
        told = [(b"R", bytes(4)), *((b"S", b"%b\0%b\0" % one) for one in said.items()), (b"K", bytes(8)), (b"Z", b"I")]
        self.wfile.write(b"".join(kind + struct.pack(">I", len(words) + 4) + words for kind, words in told))
        self.rfile.read()  # until they leave

    def _message(self, head: int) -> bytes:
        (length,) = struct.unpack(">I", self.rfile.read(head))
        return self.rfile.read(length - head)


@pytest.fixture
def old_server() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), OldServer) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever).start()
        yield f"postgresql://engawa_porch@127.0.0.1:{server.server_address[1]}/porch"
        server.shutdown()


@pytest.mark.parametrize("command", ["migrate", "serve", "doctor"])
def test_a_postgresql_that_is_too_old_is_refused_with_what_is_needed(
    command: str, old_server: str, tmp_path: Path
) -> None:
    ports = ["--porch-port", str(free_port()), "--porch-live-port", str(free_port())] if command == "serve" else []
    refused = engawa(tmp_path, command, *ports, ENGAWA_ZONES="porch", ENGAWA_PORCH_DB=old_server)
    assert refused.returncode == 1
    said = refused.stderr + refused.stdout
    assert "is kept by PostgreSQL 14; Engawa needs 15 or newer. Nothing was changed." in said
    assert "name a database of PostgreSQL 15 or newer" in said
    assert "Traceback" not in said
