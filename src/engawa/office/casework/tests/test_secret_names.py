"""A secret name, address or number (DV) belongs to whoever wrote it, whoever else comes to know the person."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from engawa.kernel import clock
from engawa.office.access.actions import break_glass, grant
from engawa.office.access.actors import COMMAND, NotAllowed
from engawa.office.access.upstairs import NamedCase
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import answer_handover, offer_handover, open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.identity.actions import (
    give_name_again,
    keep_address,
    keep_name,
    keep_reach,
    merge_with,
    take_name_back,
)
from engawa.office.casework.identity.queries import likely_people, person_chosen, shown_of
from engawa.office.casework.people.rules import Known

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 1)
SECRETS = {"避難 はな子", "丹後市避難町1", "090-1111-2222"}
TABLES = ("othername", "othernamepast", "otheraddress", "otheraddresspast", "otherreach")


@pytest.fixture
def hidden(there: Any) -> Case:
    """A case of another organisation with a secret name, once corrected, a secret address and a secret number."""
    with acting_as(there.actor):
        case = open_case(by=there.actor, desk=there.desk, requester="self", received_on=DAY, name="山田 花子")
        keep_address(by=there.actor, case=case, kind="secret", address="丹後市避難町1")
        keep_reach(by=there.actor, case=case, kind="secret", reach="090-1111-2222")
        old = keep_name(by=there.actor, case=case, kind="secret", name="避難 花子")
        keep_name(by=there.actor, case=case, kind="secret", name="避難 はな子", old=old)
    return case


def read_for_a_time(here: Any, there: Any, case: Case, way: str) -> None:
    if way == "glass":
        with acting_as(here.actor):
            break_glass(by=here.actor, case=NamedCase(case.pk, case.number), reason="緊急の連絡です", minutes=5)
    elif way == "offer":
        with acting_as(there.actor):
            offer_handover(by=there.actor, case=case, taker=here.organisation, package="引継ぎ")
    else:
        until = clock.now() + dt.timedelta(days=1)
        said = {"basis": "urgent", "organisation": here.organisation, "reason": "支援会議", "ends_at": until}
        with acting_as(COMMAND):
            grant(by=COMMAND, case_id=case.pk, parts=[] if way == "basics" else None, **said)


def secrets(actor: Any, case: Case) -> set[str]:
    with acting_as(actor):
        shown = shown_of(actor, Case.objects.select_related("person").get(pk=case.pk), DAY)
    rows = [*shown.names, *shown.addresses, *shown.reaches]
    return {getattr(one, "name", "") or getattr(one, "address", "") or getattr(one, "reach", "") for one in rows}


def rows(actor: Any) -> list[int]:
    with acting_as(actor), connection.cursor() as cursor:
        return [
            int(cursor.execute(f"SELECT count(*) FROM casework_{table}").fetchone()[0])  # noqa: S608 - our own names
            for table in TABLES
        ]


@pytest.mark.parametrize("way", ["glass", "offer", "basics"])
def test_whoever_only_reads_a_case_does_not_make_its_person_their_own(
    here: Any, there: Any, hidden: Case, case: Case, way: str
) -> None:
    """X-01, X-04: neither by saying "the same person" at a new case nor by a merge."""
    read_for_a_time(here, there, hidden, way)
    with acting_as(here.actor):
        seen = Case.objects.select_related("person").get(pk=hidden.pk)
        assert person_chosen(here.actor, str(seen.person_id)) is None
        assert likely_people(here.actor, Known(name="山田 花子")) == []
        with pytest.raises(NotAllowed):
            open_case(by=here.actor, desk=here.desk, requester="self", person=seen.person)
        with pytest.raises(NotPossible, match="照会"):
            merge_with(by=here.actor, case=case, other=seen, reason="同じ人だと思う")
    assert rows(here.actor) == [0, 0, 0, 0, 0]


def test_two_organisations_that_work_with_one_person_do_not_see_each_other_s_secrets(
    here: Any, there: Any, hidden: Case
) -> None:
    """X-01: both walls."""
    read_for_a_time(here, there, hidden, "whole")
    with acting_as(here.actor):
        person = person_chosen(here.actor, str(hidden.person_id))
        mine = open_case(by=here.actor, desk=here.desk, requester="self", received_on=DAY, person=person)
        keep_address(by=here.actor, case=mine, kind="secret", address="宮津市別町2")
    assert (secrets(here.actor, mine), rows(here.actor)) == ({"宮津市別町2"}, [0, 0, 1, 0, 0])
    assert secrets(there.actor, hidden) == SECRETS
    assert rows(there.actor) == [1, 1, 1, 0, 1]


def test_secrets_and_their_past_go_along_when_the_case_is_handed_over(here: Any, there: Any, hidden: Case) -> None:
    """X-01: whoever takes the case keeps the secrets; whoever gave it reads the case for a while, but not them."""
    handed_over(here, there, hidden)
    assert (secrets(here.actor, hidden), rows(here.actor)) == (SECRETS, [1, 2, 1, 1, 1])
    assert rows(there.actor) == [0, 0, 0, 0, 0]


def test_who_keeps_another_case_of_the_person_keeps_the_secrets_beside_whoever_took_one(
    here: Any, there: Any, hidden: Case
) -> None:
    with acting_as(there.actor):
        later = open_case(by=there.actor, desk=there.desk, requester="self", received_on=DAY, person=hidden.person)
    handed_over(here, there, hidden)
    assert secrets(here.actor, hidden) == SECRETS == secrets(there.actor, later)


def test_a_name_that_was_taken_back_before_the_handover_brings_its_secrets_when_it_is_given_again(
    here: Any, there: Any, hidden: Case
) -> None:
    """X-01: the taker keeps them then; whoever gave the case and still reads it for a while does not."""
    with acting_as(there.actor):
        take_name_back(by=there.actor, case=hidden, agreed_by="self", how="phone")
    with acting_as(COMMAND):
        anonymous = Case.objects.get(pk=hidden.pk)
    handed_over(here, there, anonymous)
    assert rows(here.actor) == rows(there.actor) == [0, 0, 0, 0, 0]
    with acting_as(here.actor):
        give_name_again(by=here.actor, case=hidden, agreed_by="self", how="phone")
    assert (secrets(here.actor, hidden), rows(here.actor)) == (SECRETS, [1, 2, 1, 1, 1])
    assert rows(there.actor) == [0, 0, 0, 0, 0]


def handed_over(here: Any, there: Any, case: Case) -> None:
    with acting_as(there.actor):
        handover = offer_handover(by=there.actor, case=case, taker=here.organisation, package="引継ぎ")
    with acting_as(here.actor):
        answer_handover(by=here.actor, handover=handover, accepted=True)


def test_the_pages_of_a_handover_say_to_each_side_what_becomes_of_the_secrets(
    here: Any, there: Any, hidden: Case, client_of: Any
) -> None:
    """X-01: before it is accepted the one who is asked does not even learn that there are any."""
    giver, taker = client_of(there.staff), client_of(here.staff)
    offer = giver.get(f"/cases/{hidden.number}/handover/").content.decode()
    assert "秘匿の名・住所・連絡先（DVなど）が3件あります" in offer
    assert "ここでは見られなくなります" in offer
    assert "この機関だけに見えています" in giver.get(f"/cases/{hidden.number}/person/").content.decode()
    with acting_as(there.actor):
        handover = offer_handover(by=there.actor, case=hidden, taker=here.organisation, package="引継ぎ")
    url = f"/cases/handovers/{handover.pk}/"
    asked = taker.get(url).content.decode()
    assert "受けるまではここに出ません" in asked
    assert "3件" not in asked
    assert taker.post(url, {"choice": "accept", "answer": "受けます"}).status_code == 302
    taken = taker.get(url).content.decode()
    assert "秘匿の名・住所・連絡先（DVなど）が3件、この機関のものになりました" in taken
    assert "あちらにも残っています" not in taken
    assert "ここではもう見られません" in giver.get(url).content.decode()


def test_a_giver_with_another_case_of_the_person_is_told_that_both_keep_the_secrets(
    here: Any, there: Any, hidden: Case, client_of: Any
) -> None:
    giver, taker = client_of(there.staff), client_of(here.staff)
    with acting_as(there.actor):
        open_case(by=there.actor, desk=there.desk, requester="self", received_on=DAY, person=hidden.person)
    assert "ここにも残ります" in giver.get(f"/cases/{hidden.number}/handover/").content.decode()
    handed_over(here, there, hidden)
    with acting_as(here.actor):
        url = f"/cases/handovers/{hidden.handovers.get().pk}/"
    assert "あちらにも残っています" in taker.get(url).content.decode()
    assert "別々に直します" in giver.get(url).content.decode()
