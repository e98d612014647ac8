import datetime as dt
from typing import Any
import pytest
from browser import PageAt
from engawa.kernel import clock
from engawa.office.access.actions import grant
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.parts import Part
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.documents.actions import File, add_document
from engawa.office.casework.documents.models import DocumentKind
from engawa.office.casework.gatherings.actions import begin_gathering, correct_sitting, hold_sitting, take_part
from engawa.office.casework.maps.actions.family import add_member
from engawa.office.casework.maps.actions.household import join_household
from engawa.office.casework.maps.actions.secrets import keep_secret
from engawa.office.casework.referrals.actions import refer
from engawa.office.casework.referrals.models import ReferralKind
from engawa.office.directory.models import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]


def test_look(office_server: str, page_at: PageAt, client_of: Any, counsellor: Staff, manager: Staff, companion: Staff, desk_organisation: Organisation, partner_agency: Organisation) -> None:
    desk = Desk.objects.create(name="なんでも相談窓口", organisation=desk_organisation)
    by: dict[str, Any] = {"by": COMMAND}
    today = clock.today()
    with acting_as(COMMAND):
        case = open_case(**by, desk=desk, requester="family", name="山田 太郎", lead=counsellor)
        mother = add_member(**by, case=case, as_="mother", name="山田 よし")
        keep_secret(**by, case=case, member=mother, kind="name", words="別名 せつ")
        keep_secret(**by, case=case, member=mother, kind="whereabouts", words="丹後市避難町1", note="夜だけ。LINE：yoshi_hinan")
        own = open_case(**by, desk=desk, requester="self", name="山田 よし")
        join_household(**by, case=own, other=case, member=mother)
        kind = ReferralKind.objects.first()
        refer(**by, case=case, kind=kind, on=today, name="北診療所", wish="眠れるようになりたい", parts=["basics", "course"], basis="urgent", reason="急ぎ", handed="経過の写し")
        add_document(**by, case=case, file=File("a.txt", "写し".encode()), title="母の診断書", kind=DocumentKind.objects.first(), member=mother.pk)
        course = begin_gathering(**by, organisation=desk_organisation, kind="course", name="春の家族教室", place="二階の和室")
        comes = take_part(**by, gathering=course, case=case, member=mother.pk, since=today)
        blue = take_part(**by, gathering=course, called="青い帽子の母", since=today)
        hold_sitting(**by, gathering=course, present=[comes, blue], on=today - dt.timedelta(days=40), minutes=90, theme="聴くこと", nameless=3)
        day = hold_sitting(**by, gathering=course, present=[comes], on=today - dt.timedelta(days=10), minutes=90, theme="話すこと")
        correct_sitting(**by, sitting=day, present=[])
        grant(**by, case_id=case.pk, basis="urgent", organisation=Organisation.objects.get(memberships__staff=companion) if False else companion.memberships.first().organisation, reason="支援会議", parts=[Part.COURSE], ends_at=clock.now() + dt.timedelta(days=1))
    with acting_as(COMMAND):
        refer(**by, case=case, kind=kind, on=today, name="家族会", wish="見学")
    year = today.year
    looks = {
        "referrals": (counsellor, f"/cases/{case.number}/referrals/"),
        "referrals-helper-new": (companion, f"/cases/{case.number}/referrals/new/"),
        "doc-new": (counsellor, f"/cases/{case.number}/documents/new/"),
        "docs": (counsellor, f"/cases/{case.number}/documents/"),
        "filter": (counsellor, f"/cases/{case.number}/?member={mother.pk}"),
        "person": (counsellor, f"/cases/{own.number}/person/"),
        "table1": (manager, f"/tables/?table=family-gatherings&first={year-1}-04-01&last={year}-12-31"),
        "table2": (manager, f"/tables/?table=family-gathering-families&first={year-1}-04-01&last={year}-12-31"),
        "table3": (manager, f"/tables/?table=family-gathering-attendance&first={year-1}-04-01&last={year}-12-31"),
    }
    for width, light in ((1360, "light"), (360, "dark")):
        for name, (staff, url) in looks.items():
            page = page_at(width, light=light, staff_client=client_of(staff))
            answer = page.goto(office_server + url)
            print(name, answer.status)
            page.screenshot(path=f"/tmp/domain-{name}-{width}.png", full_page=True)
            page.context.close()
