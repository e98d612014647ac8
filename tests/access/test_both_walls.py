"""The second wall stands even where the first is gone (house.md §5)."""

import datetime as dt
from dataclasses import replace
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from psycopg import sql

from access.world import World
from cast import signed_in
from engawa import office
from engawa.kernel import clock
from engawa.kernel.privacy import Keeping
from engawa.office.access import actions as rights
from engawa.office.access import doors
from engawa.office.access.actors import COMMAND, Actor, AnyActor
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import acting_as
from engawa.office.casework import access as first_wall
from engawa.office.casework.cases.models import Case

pytestmark = pytest.mark.django_db
Cast = dict[str, Staff]


def leads_to_a_case(model: type[models.Model], seen: frozenset[type[models.Model]] = frozenset()) -> bool:
    """Whether a row of this model belongs to one case, by a chain of foreign keys or by a bare ``case_id``."""
    if model is Case or any(field.name == "case_id" for field in model._meta.concrete_fields):
        return True
    towards = {
        field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation and isinstance(field.related_model, type) and field.related_model not in seen
    }
    return any(leads_to_a_case(other, seen | {model}) for other in towards)


def walled_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c WHERE relrowsecurity AND relforcerowsecurity"
            " AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)"
        )
        return {name for (name,) in cursor.fetchall()}


def tables_of_cases() -> set[str]:
    return {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("engawa.office") and leads_to_a_case(model)
    }


def count(table: str, actor: AnyActor | None) -> int:
    with connection.cursor() as cursor:
        if actor is None:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            return int((cursor.fetchone() or (0,))[0])
        with acting_as(actor):
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            return int((cursor.fetchone() or (0,))[0])


def test_every_table_that_leads_to_a_case_is_walled() -> None:
    assert tables_of_cases() - walled_tables() == set()


def promises() -> list[Keeping]:
    """What every package of the office promises to keep about people."""
    found = [one.name for one in walk_packages(office.__path__, "engawa.office.") if one.name.endswith(".privacy")]
    modules = [import_module(name) for name in found]
    return [one for module in modules for one in vars(module).values() if isinstance(one, Keeping)]


# Personal, and read by everybody, with the reason.
READ_BY_ALL = {
    "access_staff": "colleagues know each other by name",
    "access_remembered": "named by keyed hashes, before anybody is signed in",
    "letterbox_setaside": "sealed, and opened by nobody without the office's key",
    "questionnaires_question": "other columns of a ledger beside the question, not beside an answer",
    "talks_seat": "a public key that names nobody",
}


def test_every_table_that_promises_something_about_people_is_walled() -> None:
    """X-01: what a privacy promise calls personal is behind the second wall, and so is its past."""
    personal = {one.model._meta.db_table for one in promises() if one.personal}
    with_past = personal | {f"{table}past" for table in personal} & set(connection.introspection.table_names())
    assert len(with_past) > 50
    assert with_past - walled_tables() == set(READ_BY_ALL)


# What some see who see no case: their own rows, and what their role is for.
FOR_THEIR_ROLE = {
    "manager": {"ledger_import"},
    "auditor": {"audit_entry"},
}
# Tables in which everybody finds what they did or typed themselves, or who works where.
OPEN_TO_ALL = {"audit_entry", "casework_accessrequest", "access_membership"}


@pytest.mark.parametrize(
    "who", ["stranger", "administrator", "auditor", "manager", "prefecture", "supporter", "partner"]
)
def test_raw_sql_over_all_walled_tables_shows_an_outsider_only_what_their_role_is_for(
    who: str, cast: Cast, world: World
) -> None:
    actor = actor_of(cast[who])
    seen = {table for table in walled_tables() - OPEN_TO_ALL if count(table, actor)}
    assert seen - FOR_THEIR_ROLE.get(who, set()) == set()


def test_nobody_reads_through_the_views_of_statistics(cast: Cast, world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT viewname FROM pg_views WHERE schemaname = 'public'")
        views = [name for (name,) in cursor.fetchall()]
    assert len(views) > 5
    assert {(who, view) for who, staff in cast.items() for view in views if count(view, actor_of(staff))} == set()


# Tables in which everybody finds what they did themselves.
OF_ONE_S_OWN = {"audit_entry", "casework_accessrequest"}


@pytest.mark.parametrize(
    "who", ["stranger", "administrator", "auditor", "manager", "prefecture", "supporter", "partner"]
)
def test_raw_sql_shows_a_stranger_no_row_of_any_walled_table(who: str, cast: Cast, world: World) -> None:
    actor = actor_of(cast[who])
    shown = {table: count(table, actor) for table in tables_of_cases() - OF_ONE_S_OWN}
    assert {table: rows for table, rows in shown.items() if rows} == {}


# What everybody sees who sees anything of a case: it belongs to no part that could be left out.
BASICS = {
    *("casework_case", "casework_casepast", "casework_casestate", "access_grant"),
    *("casework_agency", "casework_agencypast"),
}


def test_raw_sql_shows_the_basics_alone_to_whoever_shares_no_other_part(cast: Cast, world: World) -> None:
    """000-14: a table that names no part must be one of the basics."""
    until = clock.now() + dt.timedelta(days=1)
    agency = cast["partner"].memberships.get().organisation
    rights.grant(
        by=COMMAND, case_id=world.case.pk, basis="urgent", organisation=agency, reason="r", ends_at=until, parts=[]
    )
    actor = actor_of(cast["partner"])
    shown = {table for table in tables_of_cases() - OF_ONE_S_OWN if count(table, actor)}
    assert "casework_case" in shown
    assert shown - BASICS == set()


def test_raw_sql_shows_nobody_anything_without_an_actor(world: World) -> None:
    assert {table: count(table, None) for table in tables_of_cases() | {"casework_person"}} == dict.fromkeys(
        tables_of_cases() | {"casework_person"}, 0
    )


def test_the_world_has_rows_to_hide(world: World) -> None:
    """The tests above would pass in an empty house."""
    full = {table for table in tables_of_cases() if count(table, COMMAND)}
    assert full >= {
        "casework_case", "casework_contact", "casework_handover", "casework_casetalk", "casework_casesearch",
        "casework_assessment", "casework_assessmentanswer", "casework_stagestep",
        "talks_talk", "talks_message", "conferences_agendaitem", "access_grant", "audit_entry",
        "casework_hold", "casework_destructionitem",
        "casework_agency", "casework_tie",
        "casework_consent", "casework_share", "casework_accessrequest", "desk_appointment",
    }  # fmt: skip


@pytest.fixture
def no_first_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes in has every permission in every organisation, and every case is fetched without asking."""

    def mighty(staff: Staff) -> Actor:
        everywhere = Organisation.objects.values_list("pk", flat=True)
        return replace(actor_of(staff), permissions=dict.fromkeys(everywhere, frozenset(Permission)))

    monkeypatch.setattr(doors, "actor_of", mighty)
    monkeypatch.setattr(first_wall, "_numbered", lambda number, *_: Case.objects.filter(number=number))


@pytest.mark.parametrize("who", ["stranger", "administrator", "partner"])
def test_with_the_first_wall_gone_a_stranger_still_finds_no_case(
    who: str, cast: Cast, world: World, no_first_wall: None
) -> None:
    browser: Client = signed_in(cast[who])
    assert browser.get(f"/cases/{world.case.number}/").status_code == 404
    assert browser.get(f"/desk/talks/{world.values['talk']}/").status_code == 404
    for page in ("/cases/", "/", "/search/?q=太郎", "/desk/"):
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert "秘密" not in answer.content.decode(), page
        assert world.case.number not in answer.content.decode(), page


def test_with_the_first_wall_gone_those_who_may_still_see(cast: Cast, world: World, no_first_wall: None) -> None:
    """The two tests above would pass in a broken house."""
    assert "秘密" in signed_in(cast["counsellor"]).get(f"/cases/{world.case.number}/").content.decode()


def test_no_wall_forbids_to_count_on_several_processors() -> None:
    """A report over millions of rows is counted by one alone where a single function in a wall does not allow it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, proparallel FROM pg_proc WHERE EXISTS"
            " (SELECT 1 FROM pg_policies WHERE coalesce(qual, with_check) ~ ('\\m' || proname || '\\('))"
            " AND pronamespace = 'public'::regnamespace"
        )
        asked = dict(cursor.fetchall())
    assert "engawa_is_system" in asked
    assert {name for name, safe in asked.items() if safe != "s"} == set()


def test_lists_ask_the_wall_row_by_row(world: World) -> None:
    """PostgreSQL must not first collect every case the actor sees in order to show a page of them."""
    with acting_as(COMMAND), connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT * FROM casework_contact")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "SubPlan" in plan
    assert "hashed SubPlan" not in plan
