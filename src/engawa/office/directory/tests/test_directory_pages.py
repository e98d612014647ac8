"""The pages for those who keep desks, hours and resources."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from engawa.office.access.models import Staff
from engawa.office.directory.models import Desk, Resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(supervisor: Staff, client_of: Callable[[Staff], Client]) -> Client:
    return client_of(supervisor)


def hours_form(*lines: tuple[str, str, str]) -> dict[str, str]:
    form = {"form-TOTAL_FORMS": str(len(lines)), "form-INITIAL_FORMS": "0"}
    for number, (weekday, opens, closes) in enumerate(lines):
        form |= {f"form-{number}-weekday": weekday, f"form-{number}-opens": opens, f"form-{number}-closes": closes}
    return form


def test_the_overview_lists_own_desks_with_what_they_are_doing_now(browser: Client, desk: Desk) -> None:
    page = browser.get(reverse("directory:overview"))
    assert desk.name in page.text
    assert "時間が入っていません" in page.text
    assert "掲示していません" in page.text


def test_a_desk_is_set_up_given_hours_and_published_by_forms_alone(browser: Client, desk: Desk) -> None:
    made = browser.post(
        reverse("directory:new_desk"),
        {"name": "夜の窓口", "group": "other", "position": "1", "organisation": str(desk.organisation_id)},
    )
    new = Desk.objects.get(name="夜の窓口")
    assert made.headers["Location"] == reverse("directory:desk", args=[new.pk])
    form = hours_form(("1", "16:00", "21:00"), ("5", "22:00", "23:59"))
    assert browser.post(reverse("directory:hours", args=[new.pk]), form).status_code == 302
    browser.post(reverse("directory:publish_desk", args=[new.pk]), {"published": "1"})
    page = browser.get(reverse("directory:desk", args=[new.pk])).text
    assert "掲示中" in page
    assert "月 16:00–21:00" in page


def test_overlapping_hours_keep_what_was_typed_and_say_what_to_do(browser: Client, desk: Desk) -> None:
    form = hours_form(("1", "09:00", "13:00"), ("1", "12:00", "17:00"))
    page = browser.post(reverse("directory:hours", args=[desk.pk]), form)
    assert page.status_code == 200
    assert "同じ曜日の時間が重なっています。" in page.text
    assert 'value="12:00' in page.text
    assert desk.weekly() == []


def test_an_empty_name_is_refused_beside_its_field(browser: Client, desk: Desk) -> None:
    page = browser.post(reverse("directory:desk", args=[desk.pk]), {"name": "", "group": "other", "position": "0"})
    assert page.status_code == 200
    assert 'aria-invalid="true"' in page.text


def test_a_text_too_long_for_a_letter_is_refused_at_the_form(browser: Client, desk: Desk) -> None:
    typed = {"name": desk.name, "group": "other", "position": "0", "phone": "0" * 201}
    assert 'aria-invalid="true"' in browser.post(reverse("directory:desk", args=[desk.pk]), typed).text


def test_a_closed_day_is_added_shown_and_taken_back(browser: Client, desk: Desk) -> None:
    browser.post(reverse("directory:close_day", args=[desk.pk]), {"day": "2099-12-29", "reason": "年末"})
    assert "2099年12月29日" in browser.get(reverse("directory:desk", args=[desk.pk])).text
    (closed,) = desk.closed_days.all()
    browser.post(reverse("directory:reopen_day", args=[desk.pk, closed.day]))
    assert not desk.closed_days.exists()


def test_a_closed_day_without_a_day_says_so(browser: Client, desk: Desk) -> None:
    page = browser.post(reverse("directory:close_day", args=[desk.pk]), {"day": "", "reason": "年末"})
    assert page.status_code == 200
    assert "年末" in page.text


def test_a_resource_is_added_and_published(browser: Client) -> None:
    browser.post(reverse("directory:new_resource"), {"kind": "place", "name": "月あかり", "online": "on"})
    resource = Resource.objects.get()
    browser.post(reverse("directory:publish_resource", args=[resource.pk]), {"published": "1"})
    page = browser.get(reverse("directory:resource", args=[resource.pk]))
    assert "掲示中" in page.text


def test_a_stranger_finds_no_desk_of_others(
    desk: Desk, manager: Staff, counsellor: Staff, client_of: Callable[[Staff], Client]
) -> None:
    """A manager elsewhere holds the permission but not here; a counsellor of the desk does not hold it."""
    for staff in (manager, counsellor):
        assert client_of(staff).get(reverse("directory:desk", args=[desk.pk])).status_code == 404
        assert client_of(staff).post(reverse("directory:hours", args=[desk.pk]), {}).status_code == 404


def test_a_day_that_does_not_exist_is_not_found(browser: Client, desk: Desk) -> None:
    path = f"/directory/desks/{desk.pk}/closed-days/2026-02-30/reopen/"
    assert browser.post(path).status_code == 404
