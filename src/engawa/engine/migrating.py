"""Bringing a zone's tables to the shape this version needs, as their owner, and checking that they have it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from engawa.engine.databases import Zone, doubts_about_role, give_rights
from engawa.engine.postgres.binaries import OLDEST
from engawa.engine.settings.base import database
from engawa.engine.trouble import Trouble

_LOCK = 0x656E67617761  # "engawa": one migration at a time in a database


def pending(alias: str) -> int:
    """How many migrations the database still lacks."""
    try:
        executor = MigrationExecutor(connections[alias])
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        raise Trouble(f"The {alias} database cannot be read: {error}", "./engawa doctor") from error


def migrate(alias: str, zone: Zone) -> None:
    """Migrate as owner, then give the serving role its rights.

    Raises:
        Trouble: the database is not embedded and nobody said how to reach it as its owner.
    """
    role = connections[alias].settings_dict["USER"]
    with _as_owner(alias, zone), _alone(alias) as owner:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
        give_rights(owner, zone, role)


def refuse_an_old_server(alias: str) -> None:
    """A server that lacks what we need must be named as such before anything is asked of it.

    Raises:
        Trouble: it is older than the oldest that Engawa runs on, or nobody answers.
    """
    try:
        with _as_it_serves(alias) as server:
            version = server.info.server_version // 10_000
    except psycopg.OperationalError as error:
        raise Trouble(f"The {alias} database cannot be reached: {error}", "./engawa doctor") from error
    if version < OLDEST:
        raise Trouble(
            f"The {alias} database is kept by PostgreSQL {version}; Engawa needs {OLDEST} or newer. "
            "Nothing was changed.",
            f"name a database of PostgreSQL {OLDEST} or newer (docs/operations.md, “Another PostgreSQL”)",
        )


def refuse_a_mighty_role(alias: str) -> None:
    """The serving role must not be able to look over the second wall.

    Raises:
        Trouble: it is a superuser, owns the tables or has other rights that it must not have.
    """
    with _as_it_serves(alias) as server:
        doubts = doubts_about_role(server)
    if doubts:
        raise Trouble(
            f"The {alias} database is not safe to serve: {'; '.join(doubts)}. Nothing was started.",
            "give the pages a role of their own (docs/operations.md, “Another PostgreSQL”)",
        )


def _as_it_serves(alias: str) -> psycopg.Connection[Any]:
    """A connection of the serving role that nothing of Django stands before."""
    return psycopg.connect(**connections[alias].get_connection_params() | {"cursor_factory": None})


@contextmanager
def _as_owner(alias: str, zone: Zone) -> Iterator[None]:
    """Let Django's connection be the owner's for a while."""
    settings = connections[alias].settings_dict
    before = {key: settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    connections[alias].close()
    settings.update(_owner_settings(zone))
    try:
        yield
    finally:
        connections[alias].close()
        settings.update(before)


def _owner_settings(zone: Zone) -> dict[str, Any]:
    if not os.environ.get(zone.variable):
        return {"USER": zone.owner}
    if not os.environ.get(zone.owner_variable):
        raise Trouble(
            f"{zone.variable} names a database whose tables must be migrated; its owner's address is missing.",
            f"{zone.owner_variable}=postgresql://OWNER:PASSWORD@HOST/{zone.name} ./engawa migrate",
        )
    found = database(zone.owner_variable, name=zone.name, user=zone.owner)
    return {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}


@contextmanager
def _alone(alias: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the owner that holds the lock of migrating."""
    parameters = connections[alias].get_connection_params() | {"cursor_factory": None}
    with psycopg.connect(**parameters, autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        yield owner
