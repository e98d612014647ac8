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

    @property
    def variable(self) -> str:
        """The environment variable with the address of another database than the embedded one, as serving role."""
        return f"ENGAWA_{self.name.upper()}_DB"

    @property
    def owner_variable(self) -> str:
        """The environment variable with the address of that database as its owner, who migrates."""
        return f"ENGAWA_{self.name.upper()}_OWNER_DB"


OFFICE = Zone("office", "engawa_office_owner", "engawa_office")
PORCH = Zone("porch", "engawa_porch_owner", "engawa_porch")

# Entries of the audit log may be added and read, by nobody changed or taken away; seals come from a trigger alone.
# Views are there to count.
_KEPT_FROM_SERVER = {
    "audit_entry": "UPDATE, DELETE, TRUNCATE",
    "audit_seal": "INSERT, UPDATE, DELETE, TRUNCATE",
    "statistics_case": "INSERT, UPDATE, DELETE, TRUNCATE",
    "statistics_person": "INSERT, UPDATE, DELETE, TRUNCATE",
    "statistics_mark": "INSERT, UPDATE, DELETE, TRUNCATE",
    "statistics_member": "INSERT, UPDATE, DELETE, TRUNCATE",
    "statistics_plan": "INSERT, UPDATE, DELETE, TRUNCATE",
    "statistics_evaluation": "INSERT, UPDATE, DELETE, TRUNCATE",
    "statistics_contact": "INSERT, UPDATE, DELETE, TRUNCATE",
    "statistics_state": "INSERT, UPDATE, DELETE, TRUNCATE",
    "statistics_gathering": "INSERT, UPDATE, DELETE, TRUNCATE",
    "statistics_sitting": "INSERT, UPDATE, DELETE, TRUNCATE",
    "statistics_attendee": "INSERT, UPDATE, DELETE, TRUNCATE",
    "statistics_attendance": "INSERT, UPDATE, DELETE, TRUNCATE",
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


def give_rights(owner: psycopg.Connection[Any], zone: Zone, role: str | None = None) -> None:
    """After migrating, as owner: what the serving role may do with each table.

    Args:
        owner: connection of the owner of the tables.
        zone: whose tables they are.
        role: the serving role, where it has another name than in the embedded cluster.
    """
    server = sql.Identifier(role or zone.server)
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


def doubts_about_role(server: psycopg.Connection[Any]) -> list[str]:
    """Why the second wall would not hold against the role of this connection; empty when it holds."""
    row = server.execute(
        "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole,"
        " EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid AND relkind IN ('r', 'p'))"
        " FROM pg_roles r WHERE rolname = current_user"
    ).fetchone()
    name, *facts = row or ("", False, False, False, False)
    words = ("is a superuser", "may bypass row-level security", "may create roles", "owns tables")
    return [f"the role {name} {word}" for word, fact in zip(words, facts, strict=True) if fact]
