"""Retention: years from 1 April after closing, holds, two people, erasing without changing a figure."""

import datetime as dt
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from pypdfium2 import PdfDocument

from engawa import office
from engawa.engine.home import Home
from engawa.kernel import clock, wareki
from engawa.kernel.fiscal import Period
from engawa.kernel.privacy import Keeping
from engawa.office import casework
from engawa.office.access.actors import COMMAND, STATISTICS, Actor, NotAllowed
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.cases import erasures
from engawa.office.casework.cases.actions import close_case, edit_facts, open_case, reopen_case
from engawa.office.casework.cases.models import Case, CaseSearch, CaseState
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.models import Contact, Destruction, DestructionItem, Hold, RecordClass, Term
from engawa.office.casework.retention import actions, queries
from engawa.office.casework.retention.certificate import certificate
from engawa.office.casework.retention.outside import NAME
from engawa.office.casework.retention.rules import Years, begins_on, due_on
from engawa.office.casework.timeline.actions import correct_contact, record_contact
from engawa.office.directory.models import Desk
from engawa.office.statistics.queries import fill
from engawa.office.statistics.rules import Scope
from engawa.office.statistics.tables import TABLES

pytestmark = pytest.mark.django_db
Actors = Callable[[Staff], Actor]
Clients = Callable[[Staff], Client]
LONG_AGO = dt.date(2019, 5, 10)


@pytest.mark.parametrize(
    ("closed", "begins"),
    [
        (dt.date(2021, 3, 31), dt.date(2021, 4, 1)),
        (dt.date(2021, 4, 1), dt.date(2022, 4, 1)),
        (dt.date(2021, 12, 1), dt.date(2022, 4, 1)),
    ],
)
def test_years_count_from_the_first_of_april_after_closing(closed: dt.date, begins: dt.date) -> None:
    assert begins_on(closed) == begins
    assert due_on(closed, [Years(dt.date(2000, 1, 1), 5)]) == begins.replace(year=begins.year + 5)


def test_the_term_of_the_closing_day_decides_and_what_nobody_decided_is_kept() -> None:
    terms = [Years(dt.date(2000, 4, 1), 5), Years(dt.date(2022, 4, 1), None)]
    assert due_on(dt.date(2022, 3, 31), terms) == dt.date(2027, 4, 1)
    assert due_on(dt.date(2022, 4, 1), terms) is None
    assert due_on(dt.date(1999, 4, 1), terms) is None


@pytest.fixture
def closed(desk_organisation: Organisation) -> Case:
    """A case that was closed long ago, with words everywhere."""
    with acting_as(COMMAND):
        desk = Desk.objects.create(name="窓口", organisation=desk_organisation)
        facts = {"name": "秘密 太郎", "reading": "ひみつ たろう", "handle": "秘密さん", "complaint": "秘密の主訴"}
        facts["route"] = "秘密の経路"
        case = open_case(by=COMMAND, desk=desk, requester="family", received_on=LONG_AGO, age_band="40代", **facts)
        edit_facts(by=COMMAND, case=case, complaint="秘密の主訴（直した）", name="秘密 次郎")
        said = {"on": LONG_AGO, "method": "visit", "counterpart": "self", "minutes": 30}
        contact = record_contact(by=COMMAND, case=case, content="秘密の内容", **said)
        correct_contact(by=COMMAND, contact=contact, reason="秘密の理由", content="秘密の内容（直した）")
        close_case(by=COMMAND, case=case, on=LONG_AGO + dt.timedelta(days=30), reason="moved", note="秘密のメモ")
        case.refresh_from_db()
    return case


@pytest.fixture
def second(desk_organisation: Organisation) -> Staff:
    """Another supervisor of the desk's organisation."""
    staff = Staff.objects.create(email="second@example.org", name="二人目")
    staff.memberships.create(organisation=desk_organisation, role="supervisor", starts_on=dt.date(2020, 4, 1))
    return staff


@pytest.fixture
def listed(supervisor: Staff, closed: Case, actor_of: Actors) -> Destruction:
    with acting_as(actor_of(supervisor)):
        return actions.draw_up(by=actor_of(supervisor), organisation=closed.organisation)


def everything_written() -> dict[str, str]:
    """Every text of every office table, except the log, settings and staff."""
    kept = {"audit_entry", "audit_seal"}
    tables = [m._meta.db_table for m in apps.get_models() if m.__module__.startswith("engawa.office.")]
    with acting_as(COMMAND), connection.cursor() as cursor:
        found = {}
        for table in sorted(set(tables) - kept):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")  # noqa: S608 # names of tables
            found[table] = str((cursor.fetchone() or ("",))[0])
        return found


def figures() -> list[Any]:
    scope = Scope(Period(dt.date(2019, 4, 1), dt.date(2020, 3, 31)), as_of=clock.today())
    with acting_as(STATISTICS):
        return [fill(table, scope) for table in TABLES]


def test_erasing_takes_every_word_also_from_the_past_and_changes_no_figure(
    listed: Destruction, closed: Case, second: Staff, actor_of: Actors
) -> None:
    """Statistics survive without personal data: the tables before are the tables after."""
    assert [table for table, text in everything_written().items() if "秘密" in text]  # there was something
    before = figures()
    with acting_as(actor_of(second)):
        actions.approve(by=actor_of(second), destruction=listed)
    assert [table for table, text in everything_written().items() if "秘密" in text] == []
    assert figures() == before
    with acting_as(COMMAND):
        case, contact = Case.objects.get(pk=closed.pk), Contact.objects.get(case=closed)
        assert (case.number, case.requester, case.age_band) == (closed.number, "family", "40代")
        assert (contact.method, contact.minutes) == ("visit", 30)
        assert CaseState.objects.get(case=closed).reason
        assert CaseSearch.objects.get(case=closed).text == ""
        assert Entry.objects.filter(deed="casework.erase", case_id=closed.pk).count() == 4
        assert not any("秘密" in str(entry.detail) + entry.subject for entry in Entry.objects.all())


def test_nobody_approves_their_own_list(
    listed: Destruction, closed: Case, supervisor: Staff, colleague: Staff, actor_of: Actors
) -> None:
    with acting_as(actor_of(supervisor)), pytest.raises(NotPossible, match="もう一人の目"):
        actions.approve(by=actor_of(supervisor), destruction=listed)
    with acting_as(actor_of(colleague)), pytest.raises(NotAllowed):
        actions.approve(by=actor_of(colleague), destruction=listed)
    with acting_as(COMMAND), pytest.raises(IntegrityError), transaction.atomic():
        Destruction.objects.filter(pk=listed.pk).update(approved_by=supervisor)


def test_what_is_held_back_or_taken_up_again_is_spared_even_on_a_list(
    listed: Destruction, closed: Case, supervisor: Staff, second: Staff, actor_of: Actors
) -> None:
    with acting_as(actor_of(supervisor)):
        actions.place_hold(by=actor_of(supervisor), case=closed, reason="開示請求")
    with acting_as(actor_of(second)):
        actions.approve(by=actor_of(second), destruction=listed)
    with acting_as(COMMAND):
        assert set(listed.items.values_list("outcome", flat=True)) == {"spared"}
        assert Contact.objects.get(case=closed).content


def test_a_hold_ends_by_its_day_or_when_it_is_lifted(supervisor: Staff, closed: Case, actor_of: Actors) -> None:
    by = actor_of(supervisor)
    with acting_as(by):
        assert queries.due_in(closed.organisation)
        hold = actions.place_hold(by=by, case=closed, reason="不服申立て", ends_on=clock.today())
        assert queries.due_in(closed.organisation) == []
        actions.lift_hold(by=by, hold=hold, note="取り下げられた")
        assert queries.due_in(closed.organisation)
        with pytest.raises(NotPossible, match="すでに解かれて"):
            actions.lift_hold(by=by, hold=hold, note="もう一度")
    with acting_as(COMMAND):
        yesterday = clock.today() - dt.timedelta(days=1)
        Hold.objects.create(case=closed, reason="済んだ", ends_on=yesterday, placed_at=clock.now())
    with acting_as(by):
        assert queries.due_in(closed.organisation)


def test_reopening_sets_the_clock_back(supervisor: Staff, closed: Case, actor_of: Actors) -> None:
    by = actor_of(supervisor)
    with acting_as(by):
        reopen_case(by=by, case=closed, on=clock.today())
        assert queries.due_in(closed.organisation) == []
        close_case(by=by, case=closed, on=clock.today(), reason="moved")
        assert queries.due_in(closed.organisation) == []
        assert queries.kept_of(closed)[0].due_on == due_on(clock.today(), [Years(LONG_AGO, 5)])


def test_a_person_with_another_case_is_kept_with_it(
    supervisor: Staff, second: Staff, closed: Case, actor_of: Actors
) -> None:
    with acting_as(COMMAND):
        open_case(by=COMMAND, desk=closed.desk, requester="self", person=closed.person)
    with acting_as(actor_of(supervisor)):
        made = actions.draw_up(by=actor_of(supervisor), organisation=closed.organisation)
    with acting_as(actor_of(second)):
        actions.approve(by=actor_of(second), destruction=made)
    with acting_as(COMMAND):
        person = Case.objects.get(pk=closed.pk).person
        assert person is not None
        assert person.name == "秘密 次郎"


def test_a_city_s_manager_approves_by_numbers_alone_and_gets_the_certificate(
    listed: Destruction, closed: Case, manager: Staff, stranger: Staff, client_of: Clients
) -> None:
    url = f"/cases/retention/{listed.pk}/"
    page = client_of(manager).get(url).content.decode()
    assert closed.number in page
    assert "秘密" not in page
    assert client_of(manager).get(f"{url}certificate.pdf").status_code == 404  # not yet
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(manager).post(f"{url}settle/", {"approve": "1"}).status_code == 302
    again = client_of(manager).post(f"{url}settle/", {"approve": "1"})
    assert "すでに承認されたか" in again.content.decode()
    proof = client_of(manager).get(f"{url}certificate.pdf")
    assert proof["Content-Type"] == "application/pdf"
    text = "".join("".join(page.get_textpage().get_text_range().split()) for page in PdfDocument(proof.content))
    with acting_as(COMMAND):
        rows = sum(DestructionItem.objects.filter(destruction=listed).values_list("rows", flat=True))
    assert rows
    for words in (closed.number, listed.made_by.name, manager.name, wareki.write_date(clock.today()), f"{rows:,}行"):
        assert "".join(words.split()) in text, words
    kept = "バックアップを置くのは90日まで"
    for words in ("廃棄証明書", "鍵を破棄した", "上書きして消去", kept, "使い始める前に再び消去する", str(listed.pk)):
        assert words in text, words
    assert "再び消去した日時" not in text
    assert "秘密" not in text
    assert client_of(manager).get(f"/cases/{closed.number}/").status_code == 404


def test_what_was_destroyed_is_destroyed_again_where_an_older_backup_brings_it_back(
    listed: Destruction, closed: Case, second: Staff, actor_of: Actors, settings: Any, tmp_path: Path
) -> None:
    """Also where the backup knows neither of the two who decided it any more."""
    settings.HOME = Home(tmp_path)
    settings.HOME.make()
    assert actions.destroy_again() == 0
    with acting_as(COMMAND):
        hold = Hold.objects.create(case=closed, reason="のちに解いた", placed_at=clock.now(), lifted_at=clock.now())
    with acting_as(actor_of(second)), transaction.atomic():
        actions.approve(by=actor_of(second), destruction=listed)
        transaction.set_rollback(True)  # an older backup: the list outside of the database stays
    with acting_as(COMMAND):
        Hold.objects.filter(pk=hold.pk).update(lifted_at=None)
        Destruction.objects.all().delete()
        second.memberships.all().delete()
        second.delete()
    listing = (tmp_path / "keys" / NAME).read_text()
    assert [word for word in ("秘密", closed.number, "二人目", "second") if word in listing] == []
    assert [actions.destroy_again(), actions.destroy_again()] == [1, 0]
    assert [table for table, text in everything_written().items() if "秘密" in text] == []
    with acting_as(COMMAND):
        again = Destruction.objects.select_related("organisation", "made_by").get()
        erased = list(again.items.select_related("record_class"))
        told = Entry.objects.filter(deed="casework.destroy_again").count()
    assert (again.pk, again.made_by, again.approved_by, told) == (listed.pk, listed.made_by, None, 1)
    assert {item.outcome for item in erased} == {"erased"}
    text = "".join(page.get_textpage().get_text_range() for page in PdfDocument(certificate(again, erased)))
    assert "再び消去した日時" in "".join(text.split())


def test_nothing_is_destroyed_where_it_cannot_be_noted(
    listed: Destruction, second: Staff, client_of: Clients, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = Home(tmp_path / "away")
    refused = client_of(second).post(f"/cases/retention/{listed.pk}/settle/", {"approve": "1"})
    assert (refused.status_code, "何も消去していません" in refused.content.decode()) == (422, True)
    assert [table for table, text in everything_written().items() if "秘密" in text]


def test_lists_holds_and_terms_go_through_their_pages(
    closed: Case, supervisor: Staff, second: Staff, client_of: Clients
) -> None:
    browser = client_of(supervisor)
    draw = f"/cases/retention/draw-up/{closed.organisation_id}/"
    made = browser.post(draw)
    assert "承認を待っているリストがあります" in browser.post(draw, follow=True).content.decode()
    assert "承認して消去する" not in browser.get(made["Location"]).content.decode()
    assert "承認して消去する" in client_of(second).get(made["Location"]).content.decode()
    own = browser.post(f"{made['Location']}settle/", {"approve": "1"})
    assert own.status_code == 422
    assert "もう一人の目" in own.content.decode()
    assert browser.post(f"{made['Location']}settle/", {"give_up": "1"}).status_code == 302
    hold = f"/cases/{closed.number}/kept/hold/"
    assert browser.post(hold, {"reason": ""}).status_code == 422
    assert browser.post(hold, {"reason": "事故の調査"}).status_code == 302
    assert "事故の調査" in browser.get(f"/cases/{closed.number}/kept/").content.decode()
    with acting_as(COMMAND):
        held = Hold.objects.get()
    assert browser.post(f"{hold}{held.pk}/lift/", {"note": "調査が済んだ"}).status_code == 302


def test_years_are_decided_in_the_city_s_own_offices_once_for_each_day_to_come(
    supervisor: Staff, manager: Staff, client_of: Clients
) -> None:
    browser, url = client_of(manager), "/cases/retention/terms/new/"
    day = clock.today() + dt.timedelta(days=30)
    term = {"record_class": "document", "years": "10", "starts_on": day.isoformat(), "source": "規程の改正"}
    assert client_of(supervisor).post(url, term).status_code == 404
    assert url not in client_of(supervisor).get("/cases/retention/").content.decode()
    assert browser.post(url, term | {"source": ""}).status_code == 422
    over = browser.post(url, term | {"starts_on": (clock.today() - dt.timedelta(days=1)).isoformat()})
    assert "過ぎた日からの年数" in over.content.decode()
    assert browser.post(url, term).status_code == 302
    again = browser.post(url, term | {"years": "1"})
    assert again.status_code == 422
    assert "すでに決まっています" in again.content.decode()
    assert Term.objects.get(record_class="document", starts_on=day).years == 10
    page = browser.get("/cases/retention/").content.decode()
    assert "バックアップを置くのは90日まで" in page
    assert "規程の改正" in page
    assert url in page
    with acting_as(COMMAND):
        said = Entry.objects.get(deed="casework.set_term").detail
    before = Term.objects.filter(record_class="document", starts_on__lt=day).latest("starts_on")
    assert (said["years_before"], said["years"]) == (before.years, 10)


def test_nothing_due_makes_no_list(supervisor: Staff, desk_organisation: Organisation, client_of: Clients) -> None:
    answer = client_of(supervisor).post(f"/cases/retention/draw-up/{desk_organisation.pk}/", follow=True)
    assert "保存年限を過ぎた記録はありません" in answer.content.decode()
    assert DestructionItem.objects.count() == 0


def keepings() -> list[Keeping]:
    """Every promise of every privacy module of the office."""
    names = [
        f"{package.__name__}.{one.name}.privacy"
        for package in (office, casework)
        for one in iter_modules(package.__path__)
        if one.ispkg
    ]
    modules = [import_module(name) for name in names if find_spec(name)]
    return [one for module in modules for one in vars(module).values() if isinstance(one, Keeping)]


def hangs_on_a_case(model: type[models.Model]) -> bool:
    """Whether rows of the model name a case, a person or a household."""
    ends = {"Case", "Person", "Household"}
    fields = model._meta.concrete_fields
    towards = {field.related_model.__name__ for field in fields if isinstance(field.related_model, type)}
    return model.__name__ in ends or any(field.name == "case_id" for field in fields) or bool(towards & ends)


def test_every_promise_about_a_case_is_kept_when_it_is_erased() -> None:
    erased = {erasure.keeping.model for erasure in erasures.all_erasures()}
    promised = {one.model for one in keepings() if one.personal and hangs_on_a_case(one.model)}
    assert promised - erased == set()
    assert len(promised) > 20


@pytest.mark.parametrize("erasure", erasures.all_erasures(), ids=lambda one: one.keeping.model.__name__)
def test_every_erasure_finds_its_rows_and_forgets_no_field_of_their_past(erasure: erasures.Erasure) -> None:
    assert RecordClass.objects.filter(pk=erasure.record_class).exists()
    for rows in erasure.rows([]):
        assert list(rows) == []
    if erasure.past:
        assert erasure.keeping.of_past(erasure.past).unnamed() == set()
