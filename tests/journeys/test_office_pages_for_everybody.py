"""Office pages of every kind, as those who work with them see them: in both lights, on a phone and on a wide screen."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from playwright.sync_api import expect

from access.world import World, make_world
from browser import Look, PageAt
from cast import CAST
from engawa.office.access.models import Organisation, Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "porch"])]
WINDOW = "first=2020-09-01&last=2021-08-31&first_before=2019-04-01&last_before=2020-03-31"
# Who looks, and in which part of their work.
PAGES = {
    "manager": [f"/tables/?table=contacts-by-method-and-counterpart&{WINDOW}"],
    "coordinator": [f"/tables/verification/?{WINDOW}", "/cases/gaps/"],
    "colleague": [
        "/cases/{case}/assessments/",
        "/cases/{case}/assessments/{assessment}/",
        "/cases/{case}/assessments/{assessment}/history/",
        "/cases/{case}/assessments/changes/",
        "/cases/{case}/assessments/compare/",
    ],
    "counsellor, any day": [
        *["/", "/search/?q=秘密", "/cases/", "/cases/new/", "/cases/handovers/", "/conferences/"],
        *["/conferences/{conference}/", "/glass/", "/alerts/", "/me/kept/{kept}/"],
        *["/desk/appointments/", "/desk/appointments/new/", "/desk/appointments/{appointment}/"],
    ],
    "counsellor, in a case": [
        *["/cases/{case}/", "/cases/{case}/contact/", "/cases/{case}/facts/", "/cases/{case}/close/"],
        *["/cases/{case}/person/", "/cases/{case}/person/names/", "/cases/{case}/inquiries/{received}/"],
        *["/cases/{case}/family/", "/cases/{case}/family/members/{mother}/", "/cases/{case}/support/ties/{tie}/"],
        *["/cases/{case}/appointments/", "/cases/{case}/documents/{document}/", "/cases/{case}/consents/"],
        *["/cases/{case}/referrals/", "/cases/{case}/referrals/new/", "/cases/gatherings/{gathering}/"],
    ],
    "supervisor": [
        *["/directory/", "/directory/desks/{desk}/", "/desk/templates/", "/questions/", "/questions/{set}/"],
        "/questions/forms/plan/",
        *["/cases/loads/", "/cases/retention/", "/cases/{case}/kept/disclosure/", "/cases/{case}/consents/new/"],
        "/glass/break/",
    ],
    "administrator": [
        *["/staff/", "/staff/invite/", "/staff/{staff}/", "/letters/"],
        *["/organisations/", "/organisations/new/", "/organisations/{organisation}/"],
    ],
    "auditor": ["/audit/", "/audit/check/", "/me/"],
}
# Made of parts that stand on the pages above: looked at on a phone, where a page breaks first.
ON_A_PHONE = {
    "manager": ["/ledger/{import}/", "/cases/retention/terms/new/"],
    "counsellor, any day": [
        *["/desk/", "/desk/calls/new/", "/desk/talks/{talk}/", "/cases/handovers/{handover}/", "/cases/requests/"],
        *["/cases/referrals/", "/cases/gatherings/", "/cases/gatherings/{gathering}/days/{sitting}/", "/me/sessions/"],
    ],
    "counsellor, in a case": [
        *[
            "/cases/{case}/documents/",
            "/cases/{case}/handover/",
            "/cases/{case}/talks/{talk}/",
            "/cases/{case}/papers/",
        ],
        *["/cases/{case}/person/history/", "/cases/{case}/person/merges/{merge}/split/", "/cases/{case}/person/merge/"],
        *["/cases/{case}/contact/{contact}/", "/cases/{case}/contact/{contact}/versions/", "/cases/{case}/review/"],
        *["/cases/{case}/kept/", "/cases/{case}/kept/disclosure/{disclosure}/", "/cases/{case}/support/"],
        *["/cases/{case}/referrals/{referral}/", "/cases/{case}/plans/", "/cases/{case}/plans/new/"],
        *["/cases/{case}/plans/{plan}/", "/cases/{case}/plans/{plan}/evaluation/", "/cases/{case}/staying/"],
        *["/cases/{case}/assessments/stage/", "/cases/{case}/family/secrets/{secret}/"],
    ],
    "supervisor": [
        *["/cases/{case}/shares/new/", "/cases/{case}/readers/", "/cases/loads/{worker}/pass-on/", "/ledger/out/"],
        *["/cases/retention/{destruction}/", "/cases/requests/{request}/", "/cases/consent-texts/"],
        *["/cases/consent-texts/{consent_text}/", "/directory/resources/new/", "/desk/templates/{desk}/new/"],
    ],
}


@pytest.fixture
def world(request: pytest.FixtureRequest, desk_organisation: Organisation, ward: Organisation) -> World:
    return make_world({name: request.getfixturevalue(name) for name in CAST}, desk_organisation, ward)


def messy_book() -> bytes:
    """A ledger of two cases, one of which nobody can read."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("相談ケース")
    sheet.append(("ケース番号", "受付日", "受付窓口", "相談者", "本人の年齢", "性別", "相談経路", "主訴"))
    sheet.append(("K1", "令和2年9月4日", "「よりそい・つなぐ」相談窓口", "本人", "23歳", "男", "", ""))
    sheet.append(("K2", "令和2年13月4日", "「よりそい・つなぐ」相談窓口", "本人", "23歳", "男", "", "長い主訴" * 9))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("words", PAGES)
def test_pages_of_the_office_are_usable_by_everybody(
    request: pytest.FixtureRequest,
    office_server: str,
    page_at: PageAt,
    client_of: Callable[[Staff], Client],
    world: World,
    look: Look,
    *,
    words: str,
) -> None:
    """WCAG 2.2 AA, and with it JIS X 8341-3:2016; nothing has to be scrolled sideways."""
    page = page_at(staff_client=client_of(request.getfixturevalue(words.partition(",")[0])))
    for path in PAGES[words]:
        look(page, f"{office_server}{path.format(**world.values)}")
    for path in ON_A_PHONE.get(words, []):
        look(page, f"{office_server}{path.format(**world.values)}", widths=(360,))


def test_a_preview_with_rows_set_aside_is_usable_by_everybody(
    office_server: str, page_at: PageAt, client_of: Callable[[Staff], Client], manager: Staff, look: Look
) -> None:
    page = page_at(staff_client=client_of(manager))
    look(page, f"{office_server}/ledger/")
    page.get_by_label("台帳のファイル").set_input_files(
        {"name": "台帳.xlsx", "mimeType": "application/octet-stream", "buffer": messy_book()}
    )
    page.get_by_role("button", name="中身を確かめる").click()
    expect(page.get_by_role("heading", name="取り置いた行（1行）")).to_be_visible()
    look(page, page.url)


def test_what_is_half_written_belongs_to_its_page_alone(
    office_server: str, page_at: PageAt, client_of: Callable[[Staff], Client], supervisor: Staff, world: World
) -> None:
    """Also where a page has several forms: what was typed about one case is never given back in another."""
    page, path = page_at(staff_client=client_of(supervisor)), f"/cases/requests/{world.values['request']}/"
    page.goto(f"{office_server}{path}")
    with page.expect_request(lambda sent: sent.method == "POST" and sent.url.endswith("/me/drafts/")) as kept:
        page.locator("form[data-draft='#no'] textarea").fill("いまはお見せできません")
    assert kept.value.post_data_json == {"path": f"{path}#no", "fields": {"no-answer": ["いまはお見せできません"]}}


def test_on_a_wide_screen_everything_of_the_top_bar_stays_in_sight(
    office_server: str, page_at: PageAt, client_of: Callable[[Staff], Client], counsellor: Staff
) -> None:
    page = page_at(1360, staff_client=client_of(counsellor))
    page.goto(office_server)
    for role, name in (("link", counsellor.name), ("button", "サインアウト"), ("button", "キーの一覧")):
        box = page.get_by_role("banner").get_by_role(role, name=name).bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 1360, name


def test_a_day_says_its_era_beside_it(
    office_server: str, page_at: PageAt, client_of: Callable[[Staff], Client], administrator: Staff, companion: Staff
) -> None:
    """Paper says 令和3年 where the field says 2021."""
    page = page_at(360, staff_client=client_of(administrator))
    page.goto(f"{office_server}/staff/{companion.pk}/")
    page.get_by_label("開始日").fill("2019-04-30")
    expect(page.get_by_text("平成31年4月30日")).to_be_visible()
    page.get_by_label("開始日").fill("2021-04-01")
    expect(page.get_by_text("令和3年4月1日")).to_be_visible()
