import datetime as dt
import threading
from pathlib import Path

import pytest
from django.db import connections

from engawa.kernel import clock
from engawa.porch.seats import actions, daily, queries, rules
from engawa.porch.seats.models import Attempt, Seat

pytestmark = [pytest.mark.django_db(databases=["porch"]), pytest.mark.usefixtures("house")]
HOME = "192.0.2.7"


def _open(secret: bytes = b"a secret") -> tuple[actions.ChosenSeat, actions.OpenedSeat]:
    chosen = actions.choose_seat(secret=secret, address=HOME)
    return chosen, actions.open_seat(chosen=chosen)


def test_the_passphrase_opens_the_seat_again_with_its_key() -> None:
    chosen, opened = _open()
    assert actions.find_seat(typed="　".join(chosen.words), address=HOME) == opened.sitting


def test_the_database_alone_opens_nothing() -> None:
    chosen, opened = _open()
    (row,) = Seat.objects.values()
    kept = repr(row) + repr({key: bytes(value) for key, value in row.items() if isinstance(value, memoryview)})
    assert repr(opened.sitting.private_key)[2:-1] not in kept
    assert not any(word in kept for word in chosen.words)


def test_other_words_open_nothing() -> None:
    _open()
    assert actions.find_seat(typed="あいさつ あいさつ あいさつ あいさつ あいさつ あいさつ", address=HOME) is None


def test_the_same_request_sent_twice_opens_one_seat() -> None:
    (_first, opened), (_second, again) = _open(), _open()
    assert (opened.sitting, opened.fresh, again.fresh) == (again.sitting, True, False)
    assert Seat.objects.count() == 1


def test_guessing_from_one_address_is_slowed_and_other_addresses_are_not() -> None:
    for _ in range(rules.TRIES_PER_HOUR["come-back"]):
        actions.count_try(deed="come-back", address=HOME)
    with pytest.raises(actions.TooManyTries):
        actions.find_seat(typed="あいさつ", address=HOME)
    assert actions.find_seat(typed="あいさつ", address="192.0.2.8") is None


def test_no_address_is_kept_and_its_key_is_forgotten_daily(tmp_path: Path) -> None:
    actions.count_try(deed="open", address=HOME)
    assert HOME not in repr(list(Attempt.objects.values()))
    Attempt.objects.update(day=clock.today() - dt.timedelta(days=1))
    daily.tag(clock.today() - dt.timedelta(days=1), "x")
    assert len(list((tmp_path / "run").glob("daily-*"))) == 2
    actions.forget_tries()
    assert [file.name for file in (tmp_path / "run").glob("daily-*")] == [f"daily-{clock.today()}.key"]
    assert not Attempt.objects.exists()


def test_the_first_try_of_a_new_day_forgets_the_key_of_the_day_before(tmp_path: Path) -> None:
    today = clock.today()
    yesterdays = daily.tag(today - dt.timedelta(days=1), "x")
    assert daily.tag(today, "x") != yesterdays
    assert [file.name for file in (tmp_path / "run").glob("daily-*")] == [f"daily-{today}.key"]


def test_counts_are_in_an_unlogged_table() -> None:
    with connections["porch"].cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'seats_attempt'")
        assert cursor.fetchone() == ("u",)


def test_a_removed_seat_is_gone() -> None:
    _chosen, opened = _open()
    assert queries.seat_exists(opened.sitting.seat_id)
    assert actions.remove_seat(seat_id=opened.sitting.seat_id)
    assert not actions.remove_seat(seat_id=opened.sitting.seat_id)
    assert queries.public_key_of_seat(opened.sitting.seat_id) is None


def test_only_seats_past_their_promised_time_are_named() -> None:
    _chosen, opened = _open()
    days = rules.RETENTIONS[-1].days
    Seat.objects.update(last_here_on=clock.today() - dt.timedelta(days=days))
    assert queries.seats_past_their_time() == []
    Seat.objects.update(last_here_on=clock.today() - dt.timedelta(days=days + 1))
    assert queries.seats_past_their_time() == [opened.sitting.seat_id]
    actions.note_visit(seat_id=opened.sitting.seat_id)
    assert queries.seats_past_their_time() == []


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_an_address_is_counted_by_what_one_household_has(address: str, network: str) -> None:
    assert rules.network_of(address) == network


@pytest.mark.parametrize(
    ("forwarded", "proxies", "caller"),
    [
        ("", 0, "10.0.0.1"),
        ("203.0.113.9", 0, "10.0.0.1"),
        ("203.0.113.9", 1, "203.0.113.9"),
        ("192.0.2.66, 203.0.113.9", 1, "203.0.113.9"),
        ("192.0.2.66, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"),
        ("", 1, "10.0.0.1"),
    ],
)
def test_behind_proxies_visitors_are_told_apart_and_cannot_invent_an_address(
    forwarded: str, proxies: int, caller: str
) -> None:
    assert rules.caller_of("10.0.0.1", forwarded, proxies) == caller


def test_a_later_rule_does_not_shorten_what_was_promised_before(monkeypatch: pytest.MonkeyPatch) -> None:
    start = dt.date(2027, 1, 1)
    monkeypatch.setattr(rules, "RETENTIONS", (*rules.RETENTIONS, rules.Retention(start, days=30)))
    before = start - dt.timedelta(days=1)
    assert rules.kept_until(before) == before + dt.timedelta(days=730)
    assert rules.kept_until(start) == start + dt.timedelta(days=30)


def test_one_site_of_many_places_is_slowed_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rules.TRIES_PER_HOUR, "open from a site", 3)
    for place in range(3):
        actions.count_try(deed="open", address=f"2001:db8:1:{place}::1")
    with pytest.raises(actions.TooManyTries):
        actions.count_try(deed="open", address="2001:db8:1:ffff::1")
    actions.count_try(deed="open", address="2001:db8:2::1")


@pytest.mark.parametrize(
    ("address", "site"),
    [("2001:db8:1:2::3", "2001:db8:1::/48"), ("192.0.2.7", ""), ("::ffff:192.0.2.7", ""), ("somewhere", "")],
)
def test_a_site_is_the_48_of_an_address(address: str, site: str) -> None:
    assert rules.site_of(address) == site


def test_whoever_waits_too_long_at_the_door_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "_LONGEST_LINE", 0.01)
    monkeypatch.setattr(actions, "_AT_THE_DOOR", threading.BoundedSemaphore(1))
    with actions._AT_THE_DOOR, pytest.raises(actions.DoorCrowded):
        actions.find_seat(typed="あいさつ", address=HOME)
    assert actions.find_seat(typed="あいさつ", address=HOME) is None
