"""000-14: who may be known elsewhere can be noticed, asked about and answered for, without showing contents."""

import datetime as dt
from typing import Any

import pytest

from engawa.kernel import clock
from engawa.office.access.actors import KEEPER, NotAllowed
from engawa.office.access.models import Membership
from engawa.office.access.permissions import Role
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import acting_as
from engawa.office.alerts.models import Alert
from engawa.office.audit.models import Entry
from engawa.office.casework.cases.actions import edit_facts, open_case
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.consents.actions import record_consent, withdraw_consent
from engawa.office.casework.consents.models import Share
from engawa.office.casework.consents.queries import texts_of
from engawa.office.casework.identity.actions import answer_inquiry, ask_elsewhere, keep_name
from engawa.office.casework.identity.models import Inquiry, Received, Reply
from engawa.office.casework.identity.queries import known_elsewhere, shown_of
from engawa.office.casework.people.rules import Known

pytestmark = pytest.mark.django_db
BORN = dt.date(1984, 5, 1)
KEN = {"reading": "たかはし けんいち", "birth_date": BORN}


def opened(house: Any, **facts: Any) -> Case:
    with acting_as(house.actor):
        return open_case(by=house.actor, desk=house.desk, requester="family", **facts)


@pytest.fixture
def theirs(there: Any) -> Case:
    return opened(there, name="髙橋 健一", complaint="秘密の主訴", **KEN)


@pytest.fixture
def ours(here: Any, theirs: Case) -> Case:
    return opened(here, name="高橋 健一", **KEN)


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (Known(**KEN), True),
        (Known(name="高橋健一", birth_date=BORN), True),
        (Known(name="髙橋 健一", reading="たかはし けんいち"), False),
        (Known(birth_date=BORN), False),
        (Known(), False),
    ],
)
def test_two_facts_that_agree_tell_that_somebody_else_may_know_them_and_one_never_does(
    here: Any, theirs: Case, *, known: Known, told: bool
) -> None:
    """000-14, X-04."""
    with acting_as(here.actor):
        assert known_elsewhere(here.actor, known) is told
    with acting_as(KEEPER):
        entry = Entry.objects.get(deed="casework.look_elsewhere")
    assert (entry.actor, entry.detail, entry.case_id) == (here.actor.key, {}, None)


def test_what_one_sees_oneself_is_not_elsewhere(here: Any, there: Any, theirs: Case) -> None:
    with acting_as(there.actor):
        assert not known_elsewhere(there.actor, Known(**KEN))


def test_a_secret_name_is_never_matched_for_outsiders(here: Any, there: Any) -> None:
    """000-14: nobody who looks for a name that is kept secret learns that it is known anywhere."""
    case = opened(there, name="新しい 名", birth_date=BORN)
    with acting_as(there.actor):
        keep_name(by=there.actor, case=case, kind="secret", name="髙橋 健一", reading="たかはし けんいち")
    with acting_as(here.actor):
        assert not known_elsewhere(here.actor, Known(name="髙橋 健一", **KEN))


def test_the_page_says_only_that_there_is_something(here: Any, ours: Case, theirs: Case, client_of: Any) -> None:
    page = client_of(here.staff).get(f"/cases/{ours.number}/person/").content.decode()
    assert "別の機関に、同じ人かもしれない記録があります" in page
    for secret in (theirs.number, "左京保健福祉センター", "髙橋", "秘密の主訴", str(theirs.pk), str(theirs.person_id)):
        assert secret not in page, secret


def test_an_inquiry_reaches_the_holder_with_their_number_and_shows_neither_side_the_other(
    here: Any, there: Any, ours: Case, theirs: Case
) -> None:
    """000-14: an alert with the case number on their side only."""
    with acting_as(here.actor):
        ask_elsewhere(by=here.actor, case=ours, words="月曜の午後に電話をください")
        assert Received.objects.count() == 0
        (inquiry,) = shown_of(here.actor, ours, clock.today()).inquiries
        assert list(inquiry.replies.all()) == []
        with pytest.raises(NotPossible, match="返事をお待ちください"):
            ask_elsewhere(by=here.actor, case=ours)
    with acting_as(there.actor):
        assert Inquiry.objects.count() == 0
        received = Received.objects.get()
        assert (received.case, received.asker, received.words) == (
            theirs,
            here.organisation,
            "月曜の午後に電話をください",
        )
    with acting_as(KEEPER):
        (alert,) = Alert.objects.all()
        assert (alert.staff, theirs.number in alert.title, ours.number in alert.title) == (there.staff, True, False)
        deeds = set(Entry.objects.filter(deed__contains="inquir").values_list("deed", "case_id"))
        assert deeds == {("casework.inquiry_received", theirs.pk)}
        assert Entry.objects.filter(deed="casework.ask_elsewhere", case_id=ours.pk).exists()


def asked(here: Any, ours: Case) -> Received:
    with acting_as(here.actor):
        ask_elsewhere(by=here.actor, case=ours)
    with acting_as(KEEPER):
        return Received.objects.select_related("case").get()


def test_who_declines_stays_unnamed_and_who_will_be_in_touch_does_not(
    here: Any, there: Any, ours: Case, theirs: Case
) -> None:
    received = asked(here, ours)
    with acting_as(there.actor):
        with pytest.raises(NotPossible, match="どうやって連絡するか"):
            answer_inquiry(by=there.actor, received=received, answer="contact")
        answer_inquiry(by=there.actor, received=received, answer="decline", said="お答えできません")
        with pytest.raises(NotPossible, match="すでに返事"):
            answer_inquiry(by=there.actor, received=received, answer="contact", said="電話します")
        assert Reply.objects.count() == 0
    with acting_as(here.actor):
        reply = Reply.objects.get()
        assert (reply.organisation, reply.answer, reply.said) == (None, "decline", "お答えできません")
        assert not Case.objects.filter(pk=theirs.pk).exists()
    with acting_as(KEEPER):
        assert Alert.objects.get(staff=here.staff).title == f"ケース {ours.number} の照会に返事がありました"


def test_the_holder_may_let_them_see_chosen_parts_for_a_time(here: Any, there: Any, ours: Case, theirs: Case) -> None:
    """000-14: sharing needs a basis; X-01."""
    received = asked(here, ours)
    right = terms("urgent", None)
    with acting_as(there.actor):
        with pytest.raises(NotPossible, match="理由"):
            answer_inquiry(by=there.actor, received=received, answer="grant", **right)
        said = "命の危険があります"
        answer_inquiry(by=there.actor, received=received, answer="grant", said=said, **right)
    with acting_as(here.actor):
        assert Case.objects.get(pk=theirs.pk) == theirs
        assert Reply.objects.get().organisation == there.organisation
        assert not known_elsewhere(here.actor, Known(**KEN))


def terms(basis: str, consent: Any) -> dict[str, Any]:
    until = clock.today() + dt.timedelta(days=30)
    return {"basis": basis, "consent": consent, "ends_on": until, "parts": ["course"]}


def test_what_is_shown_on_a_consent_rests_on_it_and_ends_when_it_is_withdrawn(
    here: Any, there: Any, ours: Case, theirs: Case, client_of: Any
) -> None:
    """000-14, X-01: an answer to an inquiry is no way round the consents."""
    received = asked(here, ours)
    with acting_as(there.actor):
        edit_facts(by=there.actor, case=theirs, lead=there.staff)
        with pytest.raises(NotPossible):
            answer_inquiry(by=there.actor, received=received, answer="grant", said="同意", **terms("consent", None))
        given: dict[str, Any] = {
            "giver": "self",
            "giver_name": "",
            "way": "word",
            "given_on": clock.today(),
            "note": "",
        }
        given |= {"purposes": ["introduction"], "parts": ["course"], "ends_on": clock.today() + dt.timedelta(days=60)}
        text = texts_of(there.organisation)[0]
        agreed = record_consent(by=there.actor, case=theirs, text=text, organisations=[here.organisation], **given)
    path, holder = f"/cases/{theirs.number}/inquiries/{received.pk}/", client_of(there.staff)
    sent = {"answer": "grant", "said": "本人が同意しました"} | terms("consent", "")
    lacking = holder.post(path, sent).content.decode()
    assert "どの同意によるのかを選んでください" in lacking
    assert "本人が同意しました" in lacking
    assert holder.post(path, sent | {"consent": str(agreed.pk)}).status_code == 302
    with acting_as(here.actor):
        assert Case.objects.filter(pk=theirs.pk).exists()
    with acting_as(there.actor):
        assert Share.objects.get().consent == agreed
        withdraw_consent(by=there.actor, consent=agreed, on=clock.today(), way="word")
    with acting_as(here.actor):
        assert not Case.objects.filter(pk=theirs.pk).exists()


def test_only_the_holder_answers(here: Any, there: Any, ours: Case) -> None:
    received = asked(here, ours)
    with acting_as(here.actor), pytest.raises((NotAllowed, Received.DoesNotExist)):
        answer_inquiry(by=here.actor, received=received, answer="decline")
    Membership.objects.filter(staff=there.staff).update(role=Role.PARTNER)
    with acting_as(reader := actor_of(there.staff)), pytest.raises(NotAllowed):
        answer_inquiry(by=reader, received=received, answer="decline")


def test_the_whole_way_goes_through_the_pages_of_both_sides(
    here: Any, there: Any, ours: Case, theirs: Case, client_of: Any
) -> None:
    asker, holder = client_of(here.staff), client_of(there.staff)
    page = asker.post(f"/cases/{ours.number}/person/ask/", {"words": "連絡をください"}, follow=True).content.decode()
    assert "返事を待っています" in page
    again = asker.post(f"/cases/{ours.number}/person/ask/", {"words": ""}, follow=True).content.decode()
    assert "返事をお待ちください" in again
    with acting_as(KEEPER):
        path = Alert.objects.get(staff=there.staff).path
    assert "連絡をください" in holder.get(path).content.decode()
    assert asker.get(path).status_code == 404
    missing = holder.post(path, {"answer": "grant", "said": "", "basis": "consent"})
    assert missing.status_code == 422
    assert "見せる理由" in missing.content.decode()
    told = holder.post(path, {"answer": "contact", "said": "あす電話します"}, follow=True)
    assert told.status_code == 200
    assert "あす電話します" in holder.get(path).content.decode()
    shown = asker.get(f"/cases/{ours.number}/person/").content.decode()
    assert "あす電話します" in shown
    assert "左京保健福祉センター" in shown
