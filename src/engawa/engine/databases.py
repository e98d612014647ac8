"""Roles, databases and rights: what must stand in a cluster before the house can open.

Two roles per database: the owner, who migrates and owns the tables, and the role that serves pages, which is
no superuser, owns nothing and has just the rights given here.
"""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql


@dataclass(frozen=True)
class Zone:
    """One of the two databases and its roles."""

    name: str
    owner: str
    server: str


OFFICE = Zone("office", "engawa_office_owner", "engawa_office")
PORCH = Zone("porch", "engawa_porch_owner", "engawa_porch")

# Entries of the audit log may be added and read, by nobody changed or taken away; seals come from a trigger alone.
_KEPT_FROM_SERVER = {
    "audit_entry": "UPDATE, DELETE, TRUNCATE",
    "audit_seal": "INSERT, UPDATE, DELETE, TRUNCATE",
}


def make_roles(admin: psycopg.Connection[Any], zone: Zone) -> None:
    """Create the zone's two roles where they are missing."""
    for role in (zone.owner, zone.server):
        known = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        if not known:
            admin.execute(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB").format(sql.Identifier(role)))


def make_database(admin: psycopg.Connection[Any], zone: Zone, name: str | None = None) -> None:
    """Create the zone's database where it is missing, owned by the zone's owner and closed to other roles."""
    database = sql.Identifier(name or zone.name)
    known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name or zone.name]).fetchone()
    if known:
        return
    owner, server = sql.Identifier(zone.owner), sql.Identifier(zone.server)
    admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    admin.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, server))


def give_rights(owner: psycopg.Connection[Any], zone: Zone) -> None:
    """After migrating, as owner: what the serving role may do with each table."""
    server = sql.Identifier(zone.server)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}",
    ):
        owner.execute(sql.SQL(statement).format(server))
    for table, rights in _KEPT_FROM_SERVER.items():
        if owner.execute("SELECT to_regclass(%s)", [table]).fetchone() != (None,):
            revoke = sql.SQL("REVOKE {} ON {} FROM {}")
            owner.execute(revoke.format(sql.SQL(rights), sql.Identifier(table), server))
