"""Another PostgreSQL than the embedded one, named by environment variables."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engawa.engine.databases import OFFICE, PORCH, make_database, make_roles
from engawa.engine.home import Home
from engawa.engine.postgres.binaries import Binaries
from engawa.engine.postgres.cluster import ADMIN, Cluster

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    debian = Binaries.debian("15")
    home = Home(tmp_path_factory.mktemp("elsewhere") / "home")
    cluster = Cluster(home, binaries=debian if debian.present else None, durable=False)
    with cluster.in_use():
        with cluster.connect() as admin:
            for zone in (OFFICE, PORCH):
                make_roles(admin, zone)
                make_database(admin, zone)
        yield cluster


def address(cluster: Cluster, role: str, database: str) -> str:
    return f"postgresql://{role}@/{database}?host={cluster.socket}"


def engawa(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("ENGAWA_")}
    return subprocess.run(
        [sys.executable, "-m", "engawa.engine", *words, "--home", home],
        env=clean | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_both_zones_are_migrated_by_their_owners_and_served_by_lesser_roles(elsewhere: Cluster, tmp_path: Path) -> None:
    serving = {
        "ENGAWA_OFFICE_DB": address(elsewhere, OFFICE.server, "office"),
        "ENGAWA_PORCH_DB": address(elsewhere, PORCH.server, "porch"),
    }
    owning = {
        "ENGAWA_OFFICE_OWNER_DB": address(elsewhere, OFFICE.owner, "office"),
        "ENGAWA_PORCH_OWNER_DB": address(elsewhere, PORCH.owner, "porch"),
    }
    home = tmp_path / "home"
    without = engawa(home, "migrate", **serving)
    assert without.returncode == 1
    assert "ENGAWA_OFFICE_OWNER_DB=" in without.stderr, without.stderr[-700:]
    migrated = engawa(home, "migrate", **serving, **owning)
    assert migrated.returncode == 0, migrated.stderr
    looked = engawa(home, "doctor", **serving)
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert not (home / "postgres").exists()

    mighty = engawa(home, "migrate", **owning, **serving | {"ENGAWA_OFFICE_DB": address(elsewhere, ADMIN, "office")})
    assert mighty.returncode == 1
    assert "is a superuser" in mighty.stderr, mighty.stderr[-700:]
