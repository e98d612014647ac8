"""Who else is named in a case's records, and which records are about them rather than about the person who asks."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext

from engawa.office.access.actors import KEEPER
from engawa.office.access.models import Grant, Membership, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.assessments.models import AssessmentAnswer
from engawa.office.casework.cases.models import Case, Handover, Requester
from engawa.office.casework.consents.models import Consent
from engawa.office.casework.documents.models import Document
from engawa.office.casework.gatherings.models import Attendee
from engawa.office.casework.households.models import LifeEvent, Member, Need, Relation, Secret
from engawa.office.casework.maps.models import Agency, Tie
from engawa.office.casework.people.models import OTHERS, OtherAddress, OtherName, OtherReach, Person
from engawa.office.casework.plans.models.plans import Plan, PlanStep
from engawa.office.casework.referrals.models import Referral
from engawa.office.casework.retention.masking import Veil, named_in, somebody_in
from engawa.office.casework.retention.rules import Tells, told_by
from engawa.office.casework.timeline.models import Contact
from engawa.office.talks.models import Message, Talk

# What stands in place of a name; the reader of the paper learns what somebody is, not who.
FAMILY, AGENCY, ELSEWHERE, KNOWN, ADDRESS, CONTACT = (
    "家族",
    "関係機関の人",
    "ほかの機関の職員",
    "ほかの人",
    "ほかの人の住所",
    "ほかの人の連絡先",
)
# Came in the person's place: a name, a phone and a kinship, asked under these keys in any set (form 1: 来談者).
VISITOR = "来談した人"
_OF_VISITOR = frozenset({"visitor_name", "visitor_kinship", "visitor_phone"})
_TOLD = {Tells.WHO: KNOWN, Tells.WHERE: ADDRESS, Tells.HOW: CONTACT}
SHORTEST_ADDRESS = 3
SHORTEST_NAME = 2
_BREAKS = re.compile(r"[\n、。，,；;：:（）()]+")
Names = Iterable[tuple[str, str]]


def veil_of(case: Case, struck: Collection[str] = ()) -> Veil:
    """What is laid over the case's records before their person gets them.

    Read as the keeper: somebody may be the 本人 of a case that the reader does not see, and is masked all the same.

    Args:
        case: whose 本人 asks.
        struck: what staff masked by hand.
    """
    with acting_as(KEEPER):
        kin = dict(_kin(case))
        names = [*_of_members(case), *_of_people(kin), *_of_agencies(case), *_of_staff_here(case), *_of_others(case)]
        own = list(dict.fromkeys(_called(case.person_id))) if case.person_id else []
        return Veil(
            names=list(dict.fromkeys(names)),
            own=own,
            wholes=list(
                dict.fromkeys(
                    [*_secrets(kin), *_secrets_of_members(case), *_addresses(kin), *_of_staff_elsewhere(case)]
                )
            ),
            own_numbers=_own_numbers(case),
            struck=tuple(struck),
        )


def _kin(case: Case) -> Iterator[tuple[UUID, str]]:
    """People whom the house knows: members of the household, and the 本人 of its other cases → their role."""
    cases = Case.objects.filter(household=case.household_id) if case.household_id else Case.objects.none()
    for person in cases.exclude(person=None).exclude(person=case.person_id).values_list("person", flat=True):
        yield person, FAMILY
    for member in _others(case):
        if member.person_id:
            yield member.person_id, member.called or FAMILY


def _others(case: Case) -> list[Member]:
    members = Member.objects.filter(household=case.household_id) if case.household_id else Member.objects.none()
    own = _own_members(case)
    return [member for member in members if member.pk not in own]


def _of_members(case: Case) -> Names:
    for member in _others(case):
        yield from ((name, member.called or FAMILY) for name in (member.name, member.reading) if name)


def _of_people(kin: dict[UUID, str]) -> Names:
    for person, role in kin.items():
        yield from ((name, role) for name in _called(person))


def _called(person: UUID) -> Iterator[str]:
    """Names, readings and nicknames of a person and of the records merged into theirs; no secret ones."""
    records = Person.objects.filter(Q(pk=person) | Q(merged_into=person))
    others = OtherName.objects.filter(person__in=records).exclude(kind=OtherName.Kind.SECRET)
    for row in (*records.values_list("name", "reading", "nickname"), *others.values_list("name", "reading")):
        yield from filter(None, row)


def _secrets(kin: dict[UUID, str]) -> Names:
    """Secret names are masked as a whole only: a part of one that vanished would tell that there is a secret.

    Those that stood there before are as secret as those of now.
    """
    for person, role in kin.items():
        records = Person.objects.filter(Q(pk=person) | Q(merged_into=person))
        for rows in _now_and_before(OtherName):
            secret = rows.filter(person__in=records, kind=OtherName.Kind.SECRET)
            for name, reading, note in secret.values_list("name", "reading", "note"):
                yield from ((said, role) for said in (name, reading) if said)
                yield from _in_note(note)


def _secrets_of_members(case: Case) -> Names:
    """As ``_secrets``, of members, whichever organisation keeps them; also of those who were taken out since."""
    roles = {member.pk: member.called for member in _others(case)}
    for rows in _now_and_before(Secret) if case.household_id else ():
        kept = rows.filter(household=case.household_id).exclude(member__in=_own_members(case) - {None})
        for member, kind, words, note in kept.values_list("member", "kind", "words", "note"):
            if kind == Secret.Kind.NAME:
                said = [words, *(piece for piece in _BREAKS.split(words) if len(piece) > SHORTEST_NAME)]
                yield from ((name, roles.get(member) or FAMILY) for name in said)
            elif len(words) > SHORTEST_ADDRESS:
                yield words, ADDRESS
            yield from _in_note(words if kind == Secret.Kind.WHEREABOUTS else "")
            yield from _in_note(note)


def _in_note(note: str) -> Names:
    """Who, where and how (``rules.told_by``), with what takes its place."""
    yield from ((words, _TOLD[tells]) for words, tells in told_by(note))


def _addresses(kin: dict[UUID, str]) -> Names:
    records = Person.objects.filter(Q(pk__in=kin) | Q(merged_into__in=kin))
    written = [*records.values_list("address", flat=True)]
    for rows in _now_and_before(OtherAddress):
        others = rows.filter(person__in=records)
        written += others.values_list("address", flat=True)
    for model in (OtherAddress, OtherReach):
        for rows in _now_and_before(model):
            secret = rows.filter(person__in=records, kind=OtherName.Kind.SECRET)
            for note in secret.values_list("note", flat=True):
                yield from _in_note(note)
    yield from ((address, ADDRESS) for address in written if len(address.strip()) > SHORTEST_ADDRESS)


def _now_and_before(model: type[Model]) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """The rows of a model, and what stood in them before."""
    return QuerySet(model), QuerySet(apps.get_model("casework", f"{model.__name__}Past"))


def _of_agencies(case: Case) -> Names:
    """Who is named at an agency of the team, now or before a correction, and at what the ties lead to."""
    for rows in _now_and_before(Agency):
        for contact, agency in rows.filter(case=case).values_list("contact_person", "name"):
            yield from ((name, AGENCY) for name in (*named_in(contact), *somebody_in(agency)))
    for contact, agency in Referral.objects.filter(case=case).values_list("contact_person", "name"):
        yield from ((name, AGENCY) for name in (*named_in(contact), *somebody_in(agency)))
    steps = PlanStep.objects.filter(goal__plan__case=case, who_kind=PlanStep.Who.AGENCY)
    for who in steps.values_list("who", flat=True):
        yield from ((name, AGENCY) for name in named_in(who))


def _of_others(case: Case) -> Names:
    """Whom a tie, a step of a plan or a consent names in words."""
    consents = Consent.objects.filter(case=case).exclude(giver=Consent.Giver.SELF)
    for giver in consents.values_list("giver_name", flat=True):
        yield from ((name, FAMILY) for name in named_in(giver))
    for rows in _now_and_before(AssessmentAnswer):
        visitors = rows.filter(case=case, question__key="visitor_name")
        for chosen, note in visitors.values_list("chosen", "note"):
            yield from ((name, VISITOR) for words in (*chosen, note) for name in named_in(words))
    for tie in Tie.objects.filter(case=case).values_list("name", flat=True):
        yield from ((name, KNOWN) for name in somebody_in(tie))
    named = PlanStep.objects.filter(goal__plan__case=case, who_kind__in=[PlanStep.Who.FAMILY, PlanStep.Who.OTHER])
    for who in named.values_list("who", flat=True):
        yield from ((name, KNOWN) for name in somebody_in(who))


def _of_staff_here(case: Case) -> Names:
    """Staff of other organisations who have done something in the case, or may see it by their own name."""
    did = {
        *Contact.objects.filter(case=case).values_list("by", flat=True),
        *Handover.objects.filter(case=case).values_list("offered_by", flat=True),
        *Handover.objects.filter(case=case).values_list("answered_by", flat=True),
        *Plan.objects.filter(case=case).values_list("worker", flat=True),
        *Referral.objects.filter(case=case).values_list("by", flat=True),
        *PlanStep.objects.filter(goal__plan__case=case).values_list("staff", flat=True),
        *Message.objects.filter(talk__case_id=case.pk).values_list("by", flat=True),
        *Grant.objects.filter(case_id=case.pk).values_list("staff", flat=True),
    }
    yield from _names_of_staff(_not_ours(case).filter(pk__in=did - {None}))


def _of_staff_elsewhere(case: Case) -> Names:
    """Staff of the organisations that help in the case: many, so that their names are masked only as a whole."""
    grants = Grant.objects.filter(case_id=case.pk).exclude(organisation=None)
    helping = {
        *Agency.objects.filter(case=case).exclude(organisation=None).values_list("organisation", flat=True),
        *grants.values_list("organisation", flat=True),
    }
    there = Membership.objects.filter(organisation__in=helping - {case.organisation_id})
    yield from _names_of_staff(_not_ours(case).filter(pk__in=there.values("staff")))


def _not_ours(case: Case) -> QuerySet[Staff]:
    """Staff who never worked for the organisation that holds the case: its own speak for themselves."""
    return Staff.objects.exclude(pk__in=Membership.objects.filter(organisation=case.organisation_id).values("staff"))


def _names_of_staff(staff: QuerySet[Staff]) -> Names:
    for row in staff.values_list("name", "reading"):
        yield from ((name, ELSEWHERE) for name in row if name)


def _own_numbers(case: Case) -> list[str]:
    """The person's own phones, mail addresses and addresses; what leads to them through others is those others' own."""
    if case.person_id is None:
        return []
    records = Person.objects.filter(Q(pk=case.person_id) | Q(merged_into=case.person_id))
    own = [text for row in records.values_list("phone", "address") for text in row]
    own += OtherAddress.objects.filter(person__in=records).values_list("address", flat=True)
    reaches = OtherReach.objects.filter(person__in=records).exclude(kind=OtherReach.Kind.THROUGH)
    own += reaches.values_list("reach", flat=True)
    return [text for text in own if text]


def own_members(case: Case) -> set[UUID | None]:
    """Which members of their household the person of the case is, also where the reader sees no household."""
    with acting_as(KEEPER):
        return _own_members(case)


def _own_members(case: Case) -> set[UUID | None]:
    own = Member.objects.filter(household=case.household_id, person=case.person_id) if case.person_id else ()
    return {case.member_id, *(member.pk for member in own)}


def doubt_about(row: Model, own: set[UUID | None]) -> str:
    """Why a record does not go out by itself: it is somebody else's, or secret; empty where neither is so.

    Args:
        row: the record.
        own: which members of the household are the person who asks (``own_members``).
    """
    if isinstance(row, Secret) or (isinstance(row, OTHERS) and row.secret):
        return gettext("秘匿の記録です")
    if isinstance(row, Talk | Message) and _talk(row).requester != Requester.SELF:
        return gettext("本人ではない人とのやりとりです")
    about = _members(row)
    return gettext("ほかの人についての記録です") if _of_visitor(row) or (about and not own & about) else ""


def _of_visitor(row: Model) -> bool:
    return isinstance(row, AssessmentAnswer) and row.question.key in _OF_VISITOR


def _talk(row: Talk | Message) -> Talk:
    return row if isinstance(row, Talk) else row.talk


def _members(row: Model) -> set[UUID | None]:
    """Whom a row of the household is about; nobody where it is about the household as a whole, or no such row."""
    if isinstance(row, Member):
        return {row.pk}
    if isinstance(row, Relation):
        return {row.one_id, row.other_id}
    if isinstance(row, Need | LifeEvent) and row.member_id:
        return {row.member_id}
    if isinstance(row, Referral | Attendee | Document) and row.member:
        return {row.member}
    return set()
