"""Fixtures of every test: real PostgreSQL, both zones, as the roles that serve pages.

The databases are migrated once per run and copied for each worker. Set ``ENGAWA_TEST_CLUSTER`` to the socket folder
of a running cluster (administrator role ``engawa_admin``) to use it instead of an embedded one of our own.
"""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from engawa.engine.databases import OFFICE, PORCH, Zone, give_rights, make_database, make_roles

pytest_plugins = ["cast"]
ALIASES = {"default": OFFICE, "porch": PORCH}


@pytest.fixture(scope="session")
def cluster() -> str:
    """Socket folder of a running cluster."""
    return os.environ["ENGAWA_TEST_CLUSTER"]


def _admin(cluster: str) -> psycopg.Connection[Any]:
    return psycopg.connect(host=cluster, user="engawa_admin", dbname="postgres", autocommit=True)


def _migrated(cluster: str, alias: str, zone: Zone, name: str) -> None:
    settings = connections[alias].settings_dict
    settings.update(HOST=cluster, NAME=name, USER=zone.owner)
    call_command("migrate", database=alias, verbosity=0, interactive=False)
    connections[alias].close()
    with psycopg.connect(host=cluster, user=zone.owner, dbname=name) as owner:
        give_rights(owner, zone)
    settings.update(USER=zone.server)


@pytest.fixture(scope="session")
def django_db_setup(cluster: str, django_db_blocker: Any) -> Iterator[None]:
    """Both databases, migrated by their owners; tests then connect as the serving roles."""
    names = {alias: f"test_{zone.name}_{os.getpid()}" for alias, zone in ALIASES.items()}
    with django_db_blocker.unblock():
        for alias, zone in ALIASES.items():
            with _admin(cluster) as admin:
                make_roles(admin, zone)
                make_database(admin, zone, names[alias])
            _migrated(cluster, alias, zone, names[alias])
        yield
        for alias in ALIASES:
            connections[alias].close()
            with _admin(cluster) as admin:
                admin.execute(f"DROP DATABASE IF EXISTS {names[alias]} WITH (FORCE)")


# Filled by migrations: what a test may not empty.
REFERENCE = {"django_migrations", "django_content_type", "auth_permission", "casework_endreason"}


@pytest.fixture
def committed(cluster: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001 - needs the databases
    """The test commits what it does, for what only several connections can show; the tables are emptied afterwards.

    A module whose tests all commit overrides the fixture ``db`` with this one.
    """
    with django_db_blocker.unblock():
        yield
        for alias in ALIASES:
            _empty(cluster, str(connections[alias].settings_dict["NAME"]))
            connections[alias].close()


def _empty(cluster: str, name: str) -> None:
    with psycopg.connect(host=cluster, user="engawa_admin", dbname=name, autocommit=True) as admin:
        tables = {row[0] for row in admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
        if used := sorted(tables - REFERENCE):
            admin.execute("SET session_replication_role = replica")  # the audit log refuses to be emptied otherwise
            admin.execute(f"TRUNCATE {', '.join(used)} CASCADE")
