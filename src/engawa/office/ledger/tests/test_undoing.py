"""An import is undone as a whole, or not at all when somebody has worked with it since."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db.models import Model

from engawa.kernel import clock
from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Member
from engawa.office.casework.identity.models import Inquiry
from engawa.office.casework.intake.models import Brought
from engawa.office.casework.intake.queries.brought import HANGING, MODELS
from engawa.office.casework.intake.queries.cases import MARKED, NOTED, WRITTEN
from engawa.office.casework.load.models import Intensity, Level, Review
from engawa.office.casework.maps.actions.family import add_member
from engawa.office.casework.maps.models import Tie
from engawa.office.casework.plans.actions.writing import Content, draft_plan
from engawa.office.casework.referrals.actions import refer, strike_referral
from engawa.office.casework.referrals.models import Referral, ReferralKind
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.desk.models import Appointment
from engawa.office.directory.models import Desk
from engawa.office.ledger.actions.receiving import WrongStage
from engawa.office.ledger.actions.undoing import NotUndoable, undo
from engawa.office.ledger.models import Import
from engawa.office.questionnaires.models import Questionnaire

pytestmark = pytest.mark.django_db
Take = Callable[..., Import]
Book = Callable[..., Source]


def take_back(entry: Import) -> None:
    with acting_as(COMMAND):
        undo(by=COMMAND, entry=entry)


@pytest.mark.slow
def test_undoing_leaves_nothing_behind(demo_ledger: list[Source], take: Take) -> None:
    entry = take(*demo_ledger)
    take_back(entry)
    with acting_as(COMMAND):
        left = [Case, Grant, Desk, Organisation]
        assert [model.objects.count() for model in left] == [0, 0, 0, 0]
        assert not Questionnaire.objects.filter(kind=Questionnaire.Kind.SURVEY).exists()
        assert Import.objects.get().stage == Import.Stage.UNDONE


def test_an_import_on_which_work_hangs_is_not_undone(book: Book, take: Take) -> None:
    entry = take(book(相談ケース=[("K1", "R2.9.4", "窓口", "本人")]))
    with acting_as(COMMAND):
        record_contact(by=COMMAND, case=Case.objects.get(), on=dt.date(2020, 9, 5), method="phone", counterpart="self")
    with pytest.raises(NotUndoable, match="対応 1件"):
        take_back(entry)
    with acting_as(COMMAND):
        assert Case.objects.count() == 1


def test_an_import_with_a_plan_or_a_family_written_since_is_not_undone(book: Book, take: Take) -> None:
    entry = take(book(相談ケース=[("K1", "R2.9.4", "窓口", "本人")]))
    with acting_as(COMMAND):
        case = Case.objects.get()
        draft_plan(by=COMMAND, case=case, content=Content(), hope="家で働きたい")
        add_member(by=COMMAND, case=case, as_="mother", called="母")
    with pytest.raises(NotUndoable, match="計画 1件、担当や本人・世帯を記録したケース 1件"):
        take_back(entry)


def test_an_import_with_a_referral_written_since_is_not_undone_and_nothing_of_a_struck_one_outlives_it(
    book: Book, take: Take
) -> None:
    entry = take(book(相談ケース=[("K1", "R2.9.4", "窓口", "本人")]))
    with acting_as(COMMAND):
        kind = ReferralKind.objects.get(code="introduced")
        made = refer(by=COMMAND, case=Case.objects.get(), kind=kind, on=dt.date(2020, 9, 5), name="家族会", wish="望み")
    with pytest.raises(NotUndoable, match="つなぎ 1件"):
        take_back(entry)
    with acting_as(COMMAND):
        assert Referral.objects.get().wish == "望み"
        strike_referral(by=COMMAND, referral=made)
        past = apps.get_model("casework", "ReferralPast")
        assert past.objects.count() == 1
    take_back(entry)
    with acting_as(COMMAND):
        assert [model.objects.count() for model in (Case, past)] == [0, 0]


@pytest.mark.parametrize(
    ("row", "named"),
    [
        (lambda case: Review(case=case, due_on=dt.date(2030, 1, 1)), "見直し 1件"),
        (lambda case: Inquiry(case=case, asked_at=clock.now()), "別の機関への照会 1件"),
        (lambda case: Intensity(case=case, level=Level.objects.first(), effective_on=clock.today()), "支援の濃さ 1件"),
        (lambda case: Tie(case=case, name="ネットの友だち"), "つながり 1件"),
    ],
)
def test_what_was_written_about_a_case_since_its_import_is_named(
    book: Book, row: Callable[[Case], Model], named: str, take: Take
) -> None:
    entry = take(book(相談ケース=[("K1", "R2.9.4", "窓口", "本人")]))
    with acting_as(COMMAND):
        row(Case.objects.get()).save()
    with pytest.raises(NotUndoable, match=named):
        take_back(entry)


# What hangs on a case or a member and is not counted by itself, and why.
_NOT_BY_ITSELF = {
    "access.Grant.case_id": "counted as a reason to see, but for that of whoever holds the case",
    "audit.Entry.case_id": "what was done stays written, whatever becomes of the case",
    "casework.AssessmentAnswer.case": "counted by its assessment",
    "casework.Brought.case": "the import's own note",
    "casework.Case.member": "counted as a case that was told more of",
    "casework.CaseSearch.case": "repeats the case",
    "casework.Contact.members": "counted as a contact that met somebody who was brought",
    "casework.DocumentVersion.case": "counted by its document",
    "casework.Joining.member": "counted by its household",
    "casework.Share.case": "counted by its right to see",
    "casework.Step.case": "counted as a step of naming; the others come with what is counted",
    "conferences.AgendaItem.case": "counted by the conferences",
    "desk.Appointment.case": "counted by the desk",
    "talks.Talk.case_id": "counted by its link to the case",
}


def test_whatever_can_hang_on_a_case_or_a_member_counts_as_later_work_or_says_here_why_not() -> None:
    hanging = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.fields
        if field.related_model in (Case, Member) or field.name in ("case_id", "member", "members")
        if not model.__name__.endswith("Past")
    }
    counted = {f"{model._meta.label}.case" for model in (*MARKED, *(MODELS[kind] for kind in NOTED))}
    counted |= {f"{label}.case" for label in WRITTEN}
    counted |= {f"{model._meta.label}.{field}" for model, field, on, _ in HANGING if on == Brought.Kind.MEMBER}
    assert hanging - counted == set(_NOT_BY_ITSELF)
    assert counted <= hanging


def test_an_import_to_whose_case_a_meeting_was_promised_is_not_undone(book: Book, take: Take) -> None:
    entry = take(book(相談ケース=[("K1", "R2.9.4", "窓口", "本人")]))
    with acting_as(COMMAND):
        case, staff = Case.objects.get(), Staff.objects.create(name="約束した人", email="yakusoku@miyako.example")
        promised = {"ends_at": clock.now(), "promised_at": clock.now(), "promised_by": staff}
        Appointment.objects.create(case=case, organisation=case.organisation, **promised)
    with pytest.raises(NotUndoable, match="折返し・面談予約 1件"):
        take_back(entry)


def test_an_import_that_a_later_import_builds_on_is_not_undone(book: Book, take: Take) -> None:
    first = take(book(相談ケース=[("K1", "R2.9.4", "窓口", "本人")]))
    second = take(book(状態=[("K1", "R2.9.5", "終結", "", "")]))
    with pytest.raises(NotUndoable, match="状態 1件"):
        take_back(first)
    take_back(second)
    take_back(first)


def test_what_is_undone_cannot_be_undone_again(book: Book, take: Take) -> None:
    entry = take(book(相談ケース=[("K1", "R2.9.4", "窓口", "本人")]))
    take_back(entry)
    with pytest.raises(WrongStage, match="取り消し済み"):
        take_back(entry)


def test_a_desk_that_is_used_by_others_stays(book: Book, take: Take) -> None:
    first = take(book(相談ケース=[("K1", "R2.9.4", "窓口", "本人")]))
    take(book(相談ケース=[("K2", "R2.9.4", "窓口", "本人")]))
    take_back(first)
    with acting_as(COMMAND):
        assert list(Case.objects.values_list("number", flat=True)) == ["K2"]
        assert Desk.objects.count() == 1
