"""Somebody gets their own records, with others masked and each record looked at."""

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from engawa.kernel import clock
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Household, Member
from engawa.office.casework.retention.disclosure import records_of
from engawa.office.casework.retention.rules import mask
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.directory.models import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("山田 花子さんと話した", "【母】さんと話した"),
        ("山田花子に電話", "【母】に電話"),
        ("花子さんは元気", "【母】さんは元気"),
        ("だれのことでもない", "だれのことでもない"),
    ],
)
def test_names_of_others_become_their_role(text: str, masked: str) -> None:
    assert mask(text, [("山田 花子", "母")]) == masked


@pytest.fixture
def case(desk_organisation: Organisation) -> Case:
    with acting_as(COMMAND):
        desk = Desk.objects.create(name="窓口", organisation=desk_organisation)
        case = open_case(
            by=COMMAND, desk=desk, requester="family", name="山田 太郎", complaint="花子さんが心配している"
        )
        household = Household.objects.create(name="")
        Member.objects.create(household=household, called="母", name="山田 花子")
        Case.objects.filter(pk=case.pk).update(household=household)
        said = {"on": clock.today(), "method": "phone", "counterpart": "family"}
        record_contact(by=COMMAND, case=case, content="山田花子さんの病名を聞いた", **said)
        record_contact(by=COMMAND, case=case, content="太郎さんは絵を描く", **said)
        case.refresh_from_db()
    return case


def test_every_record_is_shown_masked_and_goes_out_as_staff_chose(
    case: Case, supervisor: Staff, client_of: Callable[[Staff], Client]
) -> None:
    browser, url = client_of(supervisor), f"/cases/{case.number}/kept/disclosure/"
    page = browser.get(url).content.decode()
    assert "【母】さんが心配している" in page
    with acting_as(COMMAND):
        secret = next(one.key for one in records_of(case) if "病名" in str(one.written))
    assert browser.post(url, {"asker": ""}).status_code == 422
    answer = browser.post(url, {"asker": "本人", "withheld": [secret]})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        said = json.loads(packed.read("disclosure.json"))
        shown = packed.read("disclosure.html").decode()
    for words in (json.dumps(said, ensure_ascii=False), shown):
        assert "太郎さんは絵を描く" in words
        assert "花子" not in words
        assert "病名" not in words
    assert "この記録はお渡しできません" in shown
    with acting_as(COMMAND):
        assert Entry.objects.get(deed="casework.disclose").detail["withheld"] == 1
