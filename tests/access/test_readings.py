"""Lists and searches are readings, too: the log knows which cases they named, and not what was typed."""

import pytest

from access.world import World
from cast import signed_in
from engawa.office.access.actors import KEEPER
from engawa.office.access.models import Staff
from engawa.office.access.walls import acting_as
from engawa.office.audit.models import Entry

pytestmark = pytest.mark.django_db
Cast = dict[str, Staff]


def test_a_list_of_cases_is_one_entry_with_numbers_and_what_it_was_narrowed_to(cast: Cast, world: World) -> None:
    browser = signed_in(cast["counsellor"])
    assert browser.get("/cases/?scope=own&state=continuing&received_from=&desk=nonsense").status_code == 200
    assert browser.get("/cases/?scope=own&state=continuing").status_code == 200
    assert browser.get("/search/?q=秘密", headers={"HX-Request": "true"}).status_code == 200
    with acting_as(KEEPER):
        listed = list(Entry.objects.filter(deed__in=["casework.list_cases", "home.search"]).order_by("id"))
    assert [entry.deed for entry in listed] == ["casework.list_cases", "casework.list_cases", "home.search"]
    assert [entry.detail.get("asked") for entry in listed] == [None, {"scope": "own", "state": "continuing"}, None]
    assert all(world.case.number in entry.detail["cases"] for entry in listed)
    assert not any("秘密" in str(entry.detail) or "nonsense" in str(entry.detail) for entry in listed)
