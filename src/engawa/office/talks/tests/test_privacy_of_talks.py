"""Every field about visitors is known, can be given out, and can be taken out."""

import datetime as dt
from collections.abc import Callable

import pytest

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.kernel.privacy import Keeping
from engawa.office.access.actors import COURIER, KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.talks import rules
from engawa.office.talks.actions import desks
from engawa.office.talks.models import Message, Talk
from engawa.office.talks.privacy import DRAFT, MESSAGE, PRESENCE, SEAT, TALK, TEMPLATE


@pytest.mark.parametrize("keeping", [SEAT, TALK, MESSAGE, DRAFT, PRESENCE, TEMPLATE])
def test_no_field_is_forgotten(keeping: Keeping) -> None:
    assert keeping.unnamed() == set()
    assert keeping.kept


@pytest.mark.django_db
def test_words_are_taken_out_with_their_search_form_and_figures_stay(open_talk: Callable[..., Talk]) -> None:
    talk = open_talk("夜の川はきれいでした")
    with acting_as(COURIER):
        said = Message.objects.get(talk=talk)
    assert TALK.export(talk).items() >= {"呼び名": "こもれび", "住まい": "みやこ市"}.items()
    MESSAGE.scrub(said)
    TALK.scrub(talk)
    assert TALK.export(talk) == {}
    assert (said.body, said.folded, said.pieces) == ("", "", [])
    assert talk.waiting_since is not None


@pytest.mark.parametrize(
    ("today", "kept_from"),
    [(dt.date(2026, 3, 31), dt.date(2020, 4, 1)), (dt.date(2026, 4, 1), dt.date(2021, 4, 1))],
    ids=["last day of the year", "first day of the next"],
)
def test_words_are_over_when_their_years_are(today: dt.date, kept_from: dt.date) -> None:
    assert rules.words_kept_from(today) == kept_from


@pytest.mark.django_db
def test_old_words_go_as_promised_and_those_of_a_case_stay_with_it(open_talk: Callable[..., Talk]) -> None:
    long_ago = clock.now() - dt.timedelta(days=7 * 366)
    old, carried, fresh = open_talk("昔", said_at=long_ago), open_talk("ケース", said_at=long_ago), open_talk("今")
    with acting_as(KEEPER):
        Talk.objects.filter(pk=carried.pk).update(case_id=uuid7())
        Talk.objects.filter(pk=old.pk).update(handle="", area="", topic="となりの人", route="おばの紹介")
        assert desks.forget_words(by=KEEPER) == 1
        assert desks.forget_words(by=KEEPER) == 0
        said = dict(Message.objects.filter(direction="in").values_list("talk_id", "body"))
        assert said == {old.pk: "", carried.pk: "ケース", fresh.pk: "今"}
        assert TALK.export(Talk.objects.get(pk=old.pk)) == {}
        assert Talk.objects.get(pk=old.pk).opened_at == long_ago
