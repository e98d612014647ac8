"""今日: talks that wait, drafts that are unfinished."""

from typing import Any

import pytest

from engawa.kernel import clock
from engawa.office.access.actions import keep_draft
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.directory.models import Desk
from engawa.office.talks.models import Talk

pytestmark = pytest.mark.django_db


def test_waiting_talks_stand_on_the_page_of_those_who_answer_them(
    counsellor: Staff, stranger: Staff, actor_of: Any, client_of: Any, desk_organisation: Organisation
) -> None:
    desk = Desk.objects.create(name="窓口", organisation=desk_organisation)
    now = clock.now()
    with acting_as(actor_of(counsellor)):
        for handle, claimed in (("こもれび", None), ("たんぽぽ", counsellor)):
            Talk.objects.create(
                desk=desk,
                organisation=desk_organisation,
                handle=handle,
                opened_at=now,
                last_word_at=now,
                waiting_since=now,
                claimed_by=claimed,
            )
    page = client_of(counsellor).get("/").content.decode()
    assert "待っているやりとり" in page
    assert page.index("たんぽぽ") < page.index("こもれび")
    assert "こもれび" not in client_of(stranger).get("/").content.decode()


def test_what_i_began_to_write_leads_back_to_its_form(counsellor: Staff, actor_of: Any, client_of: Any) -> None:
    me = actor_of(counsellor)
    keep_draft(by=me, path="/cases/E-2026-00001/contact/", fields={"content": ["母から"]})
    keep_draft(by=me, path="/no/such/page/", fields={"content": ["x"]})
    keep_draft(
        by=me, path="/cases/E-2026-00002/review/write/#finish", fields={"note": ["ひとつのページのふたつめの欄"]}
    )
    page = client_of(counsellor).get("/").content.decode()
    assert 'href="/cases/E-2026-00001/contact/"' in page
    assert '<a href="/cases/E-2026-00002/review/write/#finish">見直し</a>' in page
    assert "対応の記録" in page
    assert "no/such" not in page
