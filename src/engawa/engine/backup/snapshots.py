"""One moment of both databases, taken while everything runs.

The two databases share no transaction. While nothing can be noted as arrived or as delivered in the office, both
moments are fixed: so no word and no answer can fall between them. One that was just under way may be in both, and
the second arrival is harmless.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from engawa.engine.databases import OFFICE, Zone
from engawa.engine.postgres.cluster import ADMIN, Cluster
from engawa.engine.trouble import Trouble

# Where the office notes what the courier brought and took.
_COURIERS_NOTES = ("letterbox_arrivedenvelope", "letterbox_outgoingletter")


@dataclass(frozen=True)
class Snapshot:
    """A moment of one zone's database, for as long as its transaction is open."""

    zone: Zone
    conninfo: str
    name: str


def conninfo(zone: Zone, cluster: Cluster | None) -> str:
    """How to reach the zone's database as somebody who may read every row.

    Raises:
        Trouble: the database is not ours, and nobody said how.
    """
    if not os.environ.get(zone.variable):
        if cluster is None:
            raise Trouble(f"The cluster of the {zone.name} is not running.", "./engawa doctor")
        return psycopg.conninfo.make_conninfo(host=str(cluster.socket), user=ADMIN, dbname=zone.name)
    variable = f"ENGAWA_{zone.name.upper()}_BACKUP_DB"
    if not os.environ.get(variable):
        raise Trouble(
            f"{zone.variable} names a database of yours; a backup needs a role there that may read every row.",
            f"{variable}=postgresql://ROLE:PASSWORD@HOST/{zone.name} ./engawa backup FILE   (a role with BYPASSRLS)",
        )
    return os.environ[variable]


@contextmanager
def one_moment(zones: tuple[Zone, ...], cluster: Cluster | None) -> Iterator[list[Snapshot]]:
    """The same moment of all these zones."""
    with ExitStack() as stack:
        connections = {zone: stack.enter_context(psycopg.connect(conninfo(zone, cluster))) for zone in zones}
        with _nothing_noted(conninfo(OFFICE, cluster) if OFFICE in zones else None):
            snapshots = [
                Snapshot(zone, conninfo(zone, cluster), _fixed(connection)) for zone, connection in connections.items()
            ]
        yield snapshots


def _fixed(connection: psycopg.Connection[Any]) -> str:
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    return str(row[0]) if row else ""


@contextmanager
def _nothing_noted(office: str | None) -> Iterator[None]:
    if office is None:
        yield
        return
    with psycopg.connect(office) as connection:
        for table in _COURIERS_NOTES:
            if connection.execute("SELECT to_regclass(%s)", [table]).fetchone() != (None,):
                connection.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(sql.Identifier(table)))
        yield
