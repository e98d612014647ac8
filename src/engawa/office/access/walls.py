"""The second wall: PostgreSQL itself hides rows that the present actor may not see.

Each transaction names its actor with ``acting_as``; policies made with ``case_wall`` ask for a right in force
(``access_grant``). Without an actor every walled table is empty. Statistics and the courier pass as systems.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.migrations.operations import RunSQL

from engawa.office.access.actors import AnyActor
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission


@contextmanager
def acting_as(actor: AnyActor) -> Iterator[None]:
    """Open a transaction whose rows are those the actor may see; nested calls restore the actor before."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('engawa.actor', true)")
        row = cursor.fetchone()
        before = (row and row[0]) or ""
        set_actor(actor.key)
        yield
        set_actor(before)


def set_actor(key: str) -> None:
    """Name the actor until the present transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('engawa.actor', %s, true)", [key])


def wall(table: str, condition: str) -> RunSQL:
    """Migration operation: hide every row of ``table`` for which the SQL ``condition`` is not true."""
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY engawa_wall ON {table} USING ((SELECT engawa_is_system()) OR ({condition}))",
        f"DROP POLICY engawa_wall ON {table};"
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    )


def organisations_with(permission: Permission) -> str:
    """SQL: the organisations in which the actor holds the permission, as an array asked for once per statement."""
    return f"(SELECT engawa_organisations_with('{permission}'))::uuid[]"  # a name of the code


def case_wall(table: str, column: str = "case_id", part: Part | None = None) -> RunSQL:
    """Migration operation: rows of ``table`` show only to those who may see ``part`` of the case in ``column``.

    Without a part they show to whoever may see anything of the case: only right for what are its basics.
    """
    return wall(table, _sees(f"{table}.{column}", part))


def narrow_wall(table: str, part: Part, column: str = "case_id") -> RunSQL:
    """Migration operation: from now on rows of ``table`` show only to those who may see ``part`` of the case."""
    case = f"{table}.{column}"
    return RunSQL(_altered(table, _sees(case, part)), _altered(table, _sees(case, None)))


def _altered(table: str, condition: str) -> str:
    return f"ALTER POLICY engawa_wall ON {table} USING ((SELECT engawa_is_system()) OR ({condition}))"


def _sees(case: str, part: Part | None) -> str:
    """The judgement of the functions ``engawa_sees_case`` and ``engawa_sees_part``, spelt out.

    So PostgreSQL asks for the actor and their organisations once per statement instead of once per row (thirteen
    times faster on long lists). The seemingly idle ``IS NOT NULL`` ties the sub-query to its row: otherwise
    PostgreSQL may first collect every case that the actor sees, only to show the newest fifty.
    """
    limit = "" if part is None else f" AND (g.parts IS NULL OR '{part}' = ANY (g.parts))"
    return (
        f"EXISTS (SELECT 1 FROM access_grant g WHERE g.case_id = {case} AND {case} IS NOT NULL"  # noqa: S608 # names
        " AND g.organisation_id = ANY ((SELECT engawa_organisations())::uuid[])"
        " AND (g.staff_id IS NULL OR g.staff_id = (SELECT engawa_actor()))"
        " AND g.starts_at <= statement_timestamp()"
        f" AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp()){limit})"
    )
