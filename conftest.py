"""Fixtures of every test: real PostgreSQL, both zones, as the roles that serve pages.

One throw-away cluster per run, also under xdist: embedded, or Debian's with ``ENGAWA_TEST_POSTGRES=15``. Set
``ENGAWA_TEST_CLUSTER`` to the socket folder of a running cluster (administrator role ``engawa_admin``) to use
that instead. The databases are migrated once per run and copied for each worker.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings
from nacl.pwhash.argon2id import MEMLIMIT_MIN

from engawa.engine.databases import OFFICE, PORCH, Zone, give_rights, make_database, make_roles
from engawa.engine.home import Home
from engawa.engine.postgres.binaries import Binaries
from engawa.engine.postgres.cluster import ADMIN, Cluster
from engawa.post import passphrase

# A busy machine is no fault of what is tested.
settings.register_profile("engawa", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("engawa")

pytest_plugins = ["cast", "house", "browser", "visitors"]
ALIASES = {"default": OFFICE, "porch": PORCH}
OWN_CLUSTER = pytest.StashKey[Cluster]()


def pytest_configure(config: pytest.Config) -> None:
    """Before any worker starts: name this run, and start its cluster where none is given."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    os.environ["ENGAWA_TEST_RUN"] = str(os.getpid())
    if not os.environ.get("ENGAWA_TEST_CLUSTER"):
        if version := os.environ.get("ENGAWA_TEST_POSTGRES"):
            os.environ["ENGAWA_POSTGRES"] = str(Binaries.debian(version).folder)
        home = Home(Path(tempfile.mkdtemp(prefix="engawa-test-cluster-")))
        config.stash[OWN_CLUSTER] = cluster = Cluster(home, durable=False)
        cluster.start()
        os.environ["ENGAWA_TEST_CLUSTER"] = str(cluster.socket)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Say what a test asks, so that it can be chosen by that."""
    fixtures = getattr(item, "fixturenames", ())
    if "db" in fixtures or "django_db_setup" in fixtures or item.get_closest_marker("django_db"):
        item.add_marker("postgres")
    if "client_of" in fixtures:
        item.add_marker("office_pages")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest first, so that no worker is left alone with them at the end; they may take longer, too."""
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.timeout(1_200))
    items.sort(key=lambda item: [item.get_closest_marker(long) is None for long in ("slow", "browser")])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind: neither our cluster nor our databases in another's."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    if cluster := config.stash.get(OWN_CLUSTER, None):
        cluster.stop()
        shutil.rmtree(cluster.home.path)
        return
    with _admin(os.environ["ENGAWA_TEST_CLUSTER"]) as admin:
        ours = f"%\\_{os.environ['ENGAWA_TEST_RUN']}\\_%"
        for (name,) in admin.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [ours]).fetchall():
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def cluster() -> str:
    """Socket folder of a running cluster."""
    return os.environ["ENGAWA_TEST_CLUSTER"]


def _admin(cluster: str) -> psycopg.Connection[Any]:
    return psycopg.connect(host=cluster, user=ADMIN, dbname="postgres", autocommit=True)


@contextmanager
def _one_worker_at_a_time() -> Iterator[None]:
    with (Home.chosen().path / "migrating.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _migrate(cluster: str, alias: str, zone: Zone, name: str) -> None:
    settings = connections[alias].settings_dict
    settings.update(HOST=cluster, NAME=name, USER=zone.owner)
    # As in service, the porch has none of the office's applications.
    own = [app.label for app in apps.get_app_configs() if app.name.startswith("engawa.porch.") and app.models_module]
    for label in own if zone is PORCH else [None]:
        call_command("migrate", app_label=label, database=alias, verbosity=0, interactive=False)
    connections[alias].close()
    with psycopg.connect(host=cluster, user=zone.owner, dbname=name) as owner:
        give_rights(owner, zone)


def _migrated_once(cluster: str, alias: str, zone: Zone) -> str:
    """The database that the workers' own are copied from."""
    name = f"test_{zone.name}_{os.environ['ENGAWA_TEST_RUN']}_migrated"
    with _admin(cluster) as admin:
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            make_roles(admin, zone)
            make_database(admin, zone, name)
            _migrate(cluster, alias, zone, name)
    return name


def _fresh_copy(cluster: str, alias: str, zone: Zone) -> str:
    """The worker's own database, as the migrations left it."""
    with _one_worker_at_a_time():
        template = _migrated_once(cluster, alias, zone)
        name = template.replace("migrated", os.environ.get("PYTEST_XDIST_WORKER", "main"))
        with _admin(cluster) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            # Copying the files costs a third less than writing each page to the log.
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {zone.owner} STRATEGY FILE_COPY")
    return name


@pytest.fixture(scope="session")
def django_db_setup(cluster: str, django_db_blocker: Any) -> Iterator[None]:
    """Both databases, migrated by their owners; tests then connect as the serving roles."""
    with django_db_blocker.unblock():
        for alias, zone in ALIASES.items():
            name = _fresh_copy(cluster, alias, zone)
            connections[alias].settings_dict.update(HOST=cluster, NAME=name, USER=zone.server)
        yield
        for alias in ALIASES:
            connections[alias].close()


@pytest.fixture
def committed(cluster: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001 - needs the databases
    """The test commits what it does, for what only several connections can show; the databases are renewed afterwards.

    A module whose tests all commit overrides the fixture ``db`` with this one.
    """
    with django_db_blocker.unblock():
        yield
        _renew(cluster)


@pytest.fixture(scope="session", autouse=True)
def _renew_after_transaction_tests() -> Iterator[None]:
    """Tests marked ``django_db(transaction=True)`` end the same way: the serving roles may empty nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: _renew(os.environ["ENGAWA_TEST_CLUSTER"]))
        yield


def _renew(cluster: str) -> None:
    for alias, zone in ALIASES.items():
        connections[alias].close()
        _fresh_copy(cluster, alias, zone)


@pytest.fixture(autouse=True)
def _passphrases_open_lightly(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """To open a seat costs what it must (0.15 s) where processes of a house, or the passphrase itself, are tried."""
    if not any(map(request.node.get_closest_marker, ("browser", "slow", "costly_passphrase"))):
        monkeypatch.setattr(passphrase, "_PASSES", 1)
        monkeypatch.setattr(passphrase, "_MEMORY", MEMLIMIT_MIN)


@pytest.fixture(autouse=True)
def _japanese() -> Iterator[None]:
    """A page that was asked for in English leaves nothing behind for the next test."""
    with translation.override("ja"):
        yield
