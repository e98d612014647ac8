"""One of everything, so that every URL has something to show: what belongs to the desk's organisation, mostly."""

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from PIL import Image

from engawa.kernel import clock
from engawa.kernel.ids import uuid7
from engawa.office.access import actions as access
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.queries import actor_of
from engawa.office.access.walls import acting_as
from engawa.office.alerts.models import Alert
from engawa.office.casework.assessments.actions import answer_question, begin_assessment, note_stage
from engawa.office.casework.assessments.models import Stage
from engawa.office.casework.cases.actions import offer_handover, open_case
from engawa.office.casework.cases.models import Case, CaseTalk
from engawa.office.casework.consents.models import AccessRequest, Consent, ConsentText, Share
from engawa.office.casework.documents.actions import File, add_document
from engawa.office.casework.documents.models import Document, DocumentKind
from engawa.office.casework.gatherings.actions import (
    begin_gathering,
    correct_sitting,
    describe_gathering,
    hold_sitting,
    take_part,
)
from engawa.office.casework.households.models import LifeEventKind
from engawa.office.casework.identity.actions import keep_address, keep_name, keep_reach, merge_with
from engawa.office.casework.identity.models import Received
from engawa.office.casework.intake.models import Brought
from engawa.office.casework.maps.actions.family import add_member
from engawa.office.casework.maps.actions.life import note_need, record_event
from engawa.office.casework.maps.actions.secrets import correct_secret, keep_secret
from engawa.office.casework.maps.actions.team import join_team
from engawa.office.casework.maps.actions.ties import draw_tie
from engawa.office.casework.maps.models import Joining
from engawa.office.casework.plans.actions.staying import begin_staying, change_staying, plan_quiet_contact
from engawa.office.casework.plans.actions.writing import Content, GoalSaid, StepSaid, begin_plan, draft_plan
from engawa.office.casework.plans.models.evaluations import Evaluation, GoalOutcome
from engawa.office.casework.plans.models.lists import PlanService
from engawa.office.casework.plans.models.plans import ServiceUse
from engawa.office.casework.referrals.actions import answer_referral, refer
from engawa.office.casework.referrals.models import ReferralKind
from engawa.office.casework.retention.models import Destruction, DestructionItem, Disclosure, Hold
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.conferences.models import AgendaItem, Conference
from engawa.office.desk.models import Appointment
from engawa.office.directory.models import ClosedDay, Desk, Resource
from engawa.office.ledger.models import Import
from engawa.office.letterbox.models import OutgoingLetter, SetAside
from engawa.office.questionnaires.models import Questionnaire
from engawa.office.questionnaires.rules import Said
from engawa.office.talks.models import Message, Seat, Talk, Template


@dataclass(frozen=True)
class World:
    """Values for the arguments of URLs, by name, and the case that strangers must not find."""

    values: dict[str, Any]
    case: Case


def make_world(cast: dict[str, Staff], desk_organisation: Organisation, ward: Organisation) -> World:
    """Everything is about one case of ``desk_organisation``, which it has offered to ``ward``."""
    with acting_as(COMMAND):
        desk = Desk.objects.create(name="窓口", organisation=desk_organisation, takes_talks=True)
        case = open_case(by=COMMAND, desk=desk, requester="self", name="秘密 太郎", complaint="秘密の主訴")
        contact = record_contact(
            by=COMMAND, case=case, on=clock.today(), method="phone", counterpart="self", content="秘密の内容"
        )
        talk = _talk(desk, case)
        handover = offer_handover(by=actor_of(cast["counsellor"]), case=case, taker=ward, package="秘密の引継ぎ")
        _conference(case)
        values = {"contact": contact.pk, "talk": talk.pk, "handover": handover.pk, "document": _document(case).pk}
        values |= _consents(case, cast)
        values |= _disclosures(case, cast)
        values |= _assessment(case)
        values |= _family(case, ward)
        values |= _who_is_who(case, desk, ward)
        values |= _plans(case)
        values["referral"] = _referral(case)
        values |= _gathering(case)
        values |= {"appointment": _promise(case, cast["counsellor"]).pk}
        return World(_values(cast, desk, case) | values, case)


def _disclosures(case: Case, cast: dict[str, Staff]) -> dict[str, Any]:
    """One that waits to be approved, and one whose files can be taken."""
    now = clock.now()
    kept: dict[str, list[Any]] = {"records": [], "masked": [], "reasons": [], "left_out": []}
    head = {"number": case.number, "organisation": case.organisation.name, "fixed_on": now.date().isoformat()}
    said = {"asker": "秘密の請求者", "content": kept | head | {"whole": 0}, "begun_at": now, "handed_in_at": now}
    said |= {"prepared_by": cast["colleague"], "case": case}
    done = {"approved_by": cast["supervisor"], "approved_at": now}
    return {
        "disclosure": Disclosure.objects.create(state="waiting", **said).pk,
        "given": Disclosure.objects.create(state="approved", **said, **done).pk,
    }


def _promise(case: Case, staff: Staff) -> Appointment:
    now = clock.now()
    return Appointment.objects.create(
        case=case, organisation=case.organisation, handle="秘密の母", phone="秘密の番号", promised_at=now,
        promised_by=staff, ends_at=now + dt.timedelta(hours=1),
    )  # fmt: skip


def _assessment(case: Case) -> dict[str, Any]:
    living = Questionnaire.objects.newest_released().get(name="くらしとつながり")
    made = begin_assessment(by=COMMAND, case=case, questionnaire=living, on=clock.today())
    question = living.questions.get(key="family_words")
    answer_question(by=COMMAND, assessment=made, question=question, said=Said(chosen=("秘密の思い",)), seen=0)
    note_stage(by=COMMAND, case=case, stage=Stage.objects.get(code="a"), on=clock.today(), note="秘密のようす")
    return {"assessment": made.pk, "question": question.pk, "set": living.pk, "form": "plan"}


def _talk(desk: Desk, case: Case) -> Talk:
    now = clock.now()
    seat = Seat.objects.create(id=uuid7(), public_key=b"0" * 32, opened_at=now)
    talk = Talk.objects.create(
        seat=seat, desk=desk, organisation=desk.organisation, case_id=case.pk, opened_at=now, last_word_at=now
    )
    CaseTalk.objects.create(case=case, talk=talk)
    Message.objects.create(id=uuid7(), talk=talk, direction="in", body="秘密のことば", said_at=now)
    return talk


def _document(case: Case) -> Document:
    picture = io.BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    kind = DocumentKind.objects.get(code="picture")
    return add_document(by=COMMAND, case=case, file=File("a", picture.getvalue()), title="秘密の書類", kind=kind)


def _family(case: Case, ward: Organisation) -> dict[str, Any]:
    """A mother in hospital, what troubles her, and a clinic."""
    today, told = clock.today(), {"by": COMMAND, "case": case}
    mother = add_member(**told, as_="mother", name="秘密の母")
    need = note_need(**told, member=mother, words="秘密の課題")
    happened = LifeEventKind.objects.get(code="hospitalised")
    event = record_event(**told, member=mother, kind=happened, on=today, words="秘密の出来事")
    agency = join_team(**told, organisation=ward, since=today, role="cooperating")
    tie = draw_tie(**told, agency=agency, strength="strained", flow="in", note="秘密のつながり")
    secret = keep_secret(**told, member=mother, kind="whereabouts", words="秘密の居場所")
    correct_secret(**told, secret=secret, words="秘密の新しい居場所")
    told_before = {"left": uuid7(), "left_name": "秘密の世帯", "left_note": "秘密のようす", "joined_at": clock.now()}
    joining = Joining.objects.create(case=case, household=mother.household, **told_before)
    rows = {"mother": mother, "need": need, "event": event, "agency": agency, "tie": tie, "secret": secret}
    rows |= {"joining": joining}
    return {name: row.pk for name, row in (rows | {"relation": mother.relations_on.get()}).items()}


def _who_is_who(case: Case, desk: Desk, ward: Organisation) -> dict[str, Any]:
    other = open_case(by=COMMAND, desk=desk, requester="family", name="秘密 太郎")
    asked = {"asker": ward, "asker_name": "江口 かえで", "received_at": clock.now()}
    return {
        "step": "agreed",
        "merge": merge_with(by=COMMAND, case=case, other=other, reason="秘密の理由").pk,
        "other_name": keep_name(by=COMMAND, case=case, kind="secret", name="秘密 花子").pk,
        "other_address": keep_address(by=COMMAND, case=case, kind="secret", address="秘密の町").pk,
        "other_reach": keep_reach(by=COMMAND, case=case, kind="secret", reach="秘密の番号").pk,
        "received": Received.objects.create(inquiry_id=uuid7(), case=case, **asked).pk,
    }


def _conference(case: Case) -> None:
    held = Conference.objects.create(number="K-1", held_on=clock.today(), ward="北")
    AgendaItem.objects.create(conference=held, case=case, kind="new", lead="地域の相談室")


def _destruction(case: Case, by: Staff) -> Any:
    made = Destruction.objects.create(organisation=case.organisation, made_by=by, made_at=clock.now())
    DestructionItem.objects.create(
        destruction=made, case=case, number=case.number, record_class_id="case", closed_on=clock.today(),
        due_on=clock.today(),
    )  # fmt: skip
    return made.pk


def _consents(case: Case, cast: dict[str, Staff]) -> dict[str, Any]:
    """A consent, something shared on another basis, and a stranger who asks to see the case."""
    today = clock.today()
    text = ConsentText.objects.filter(code="sharing").first()
    consent = Consent.objects.create(
        case=case, text=text, giver="self", giver_name="秘密の名", way="word", given_on=today, purposes=["family"],
        parts=["basics"], ends_on=today,
    )  # fmt: skip
    elsewhere = Organisation.objects.create(name="ほかの機関")
    given = Grant.objects.create(
        case_id=case.pk, organisation=elsewhere, basis="urgent", reason="急ぎ", parts=["basics"],
        starts_at=clock.now(), ends_at=clock.now() + dt.timedelta(days=1),
    )  # fmt: skip
    asked = AccessRequest.objects.create(
        case=case, asked_by=cast["stranger"], asked_at=clock.now(), reason="世帯が同じ", parts=["basics"]
    )
    share = Share.objects.create(case=case, grant=given)
    return {"consent": consent.pk, "right": share.grant_id, "request": asked.pk, "consent_text": consent.text_id}


def _gathering(case: Case) -> dict[str, Any]:
    """A family course, changed once, with one day, changed once, to which the family of the case came."""
    course = begin_gathering(by=COMMAND, organisation=case.organisation, kind="course", name="家族教室")
    describe_gathering(by=COMMAND, gathering=course, place="和室")
    attendee = take_part(by=COMMAND, gathering=course, case=case)
    day = hold_sitting(by=COMMAND, gathering=course, present=[attendee], on=clock.today())
    correct_sitting(by=COMMAND, sitting=day, present=[attendee], nameless=2)
    return {"gathering": course.pk, "attendee": attendee.pk, "sitting": day.pk}


def _referral(case: Case) -> Any:
    kind = ReferralKind.objects.get(code="introduced")
    made = refer(by=COMMAND, case=case, kind=kind, name="秘密の家族会", on=clock.today(), wish="秘密の望み")
    answer_referral(by=COMMAND, referral=made, answer="declined", answer_words="秘密の理由")
    return made.pk


def _plans(case: Case) -> dict[str, Any]:
    today = clock.today()
    content = Content([GoalSaid("秘密の目標", steps=[StepSaid("秘密のステップ")])], reviews=[today])
    plan = draft_plan(by=COMMAND, case=case, content=content, hope="秘密の望み", starts_on=today, ends_on=today)
    begin_plan(by=COMMAND, plan=plan)
    service = PlanService.objects.get(code="work_preparation")
    ServiceUse.objects.create(plan=plan, service=service)
    evaluation = Evaluation.objects.create(plan=plan, on=today, result="again", wish="秘密の希望")
    GoalOutcome.objects.create(evaluation=evaluation, goal=plan.goals.get(), reached="closer")
    Brought.objects.create(import_id=uuid7(), case=case, kind=Brought.Kind.PLAN, row_id=plan.pk, number="秘密の番号")
    staying = begin_staying(by=COMMAND, case=case, words="秘密のつながり方")
    change_staying(by=COMMAND, staying=staying, words="秘密の新しいつながり方")
    letter = {"way": "letter", "rhythm": "monthly", "words": "秘密の便り", "next_on": today, "until": None}
    quiet = plan_quiet_contact(by=COMMAND, staying=staying, **letter)
    return {"plan": plan.pk, "review": plan.reviews.get().pk, "quiet": quiet.pk}


def _values(cast: dict[str, Staff], desk: Desk, case: Case) -> dict[str, Any]:
    counsellor = cast["counsellor"]
    said = {"title": f"知らせ：{case.number}", "number": case.number}
    alert = Alert.objects.create(staff=counsellor, kind="access.glass_broken", **said)
    kept = access.keep_post(by=actor_of(counsellor), path="/me/", fields={"name": ["秘密の書きかけ"]})
    glass = Grant.objects.create(
        case_id=case.pk, organisation=case.organisation, staff=counsellor, basis="break_glass", reason="急ぎ",
        starts_at=clock.now(), ends_at=clock.now() + dt.timedelta(minutes=9),
    )  # fmt: skip
    closed = ClosedDay.objects.create(desk=desk, day=clock.today())
    aside = SetAside.objects.create(id=uuid7(), seat_id=uuid7(), key_id="k", sealed=b"x", reason="読めない")
    letter = OutgoingLetter.objects.create(kind="word_answered", body=b"x", set_aside="届かない")
    return {
        "case": case.number,
        "desk": desk.pk,
        "day": closed.day,
        "template": Template.objects.create(desk=desk, title="あいさつ", body="こんにちは").pk,
        "resource": Resource.objects.create(kind="place", name="月あかり", organisation=desk.organisation).pk,
        "organisation": desk.organisation.pk,
        "staff": cast["companion"].pk,
        "worker": counsellor.pk,
        "hold": Hold.objects.create(case=case, reason="秘密の保全", placed_at=clock.now()).pk,
        "destruction": _destruction(case, cast["supervisor"]),
        "membership": cast["companion"].memberships.get().pk,
        "alert": alert.pk,
        "kept": kept.pk,
        "glass": glass.pk,
        "envelope": aside.pk,
        "letter": letter.pk,
        "conference": "K-1",
        "import": Import.objects.create(
            file_name="台帳.xlsx",
            organisation=cast["manager"].memberships.get().organisation,
            by_name="小池",
            stage=Import.Stage.DONE,
        ).pk,
    }
