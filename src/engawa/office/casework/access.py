"""Who may do what with a case: the first wall of casework. The second is in PostgreSQL."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Protocol
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from engawa.kernel import clock
from engawa.kernel.asked import asked_often
from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.models import Grant, Staff
from engawa.office.access.parts import WHOLE, Part, needed
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import grants_for, grants_of
from engawa.office.audit import actions as audit
from engawa.office.audit.actions import note_reading
from engawa.office.casework.cases.models import Case, Handover

# Whoever is asked to take a case, has given it away, or breaks the glass in an emergency reads; they do not write.
READ_ONLY = (Grant.Basis.HANDOVER, Grant.Basis.BREAK_GLASS)
_KNOWN = "known_grants"


def grants_in_force(actor: Actor, permission: Permission, at: dt.datetime | None = None) -> QuerySet[Grant]:
    """The grants through which the actor may use ``permission`` at this moment."""
    grants = grants_for(actor, permission, at)
    return grants if permission is Permission.CASEWORK_CASE_VIEW else grants.exclude(basis__in=READ_ONLY)


def visible_cases(actor: AnyActor, part: Part | None = None, at: dt.datetime | None = None) -> QuerySet[Case]:
    """Every case that the actor may see now, or of which they may see this part."""
    if not isinstance(actor, Actor):
        return Case.objects.all()
    grants = grants_in_force(actor, Permission.CASEWORK_CASE_VIEW, at).filter(case_id=OuterRef("pk"))
    if part:
        grants = grants.filter(Q(parts=None) | Q(parts__contains=[part]))
    return Case.objects.filter(Exists(grants))


def cases_worked_on(actor: AnyActor, at: dt.datetime | None = None) -> QuerySet[Case]:
    """The cases whose course the actor writes, not only reads for a time: of these they may say who is the same."""
    if not isinstance(actor, Actor):
        return Case.objects.all()
    grants = grants_in_force(actor, Permission.CASEWORK_CASE_EDIT, at).filter(case_id=OuterRef("pk"))
    return visible_cases(actor, at=at).filter(Exists(grants.filter(Q(parts=None) | Q(parts__contains=[Part.COURSE]))))


def own_cases(actor: Actor) -> QuerySet[Case]:
    """The cases that the actor's own organisations hold: the list can follow an index instead of every grant."""
    return Case.objects.filter(organisation_id__in=actor.organisations_with(Permission.CASEWORK_CASE_VIEW))


def parts_of(actor: AnyActor, case: Case, permission: Permission = Permission.CASEWORK_CASE_VIEW) -> frozenset[Part]:
    """The parts of the case on which the actor may use ``permission``, through all grants in force together."""
    if not isinstance(actor, Actor):
        return WHOLE
    granted = [grant.parts for grant in _grants_on(case, actor, permission)]
    return WHOLE if None in granted else frozenset(Part(part) for parts in granted for part in parts or ())


def _grants_on(case: Case, actor: Actor, permission: Permission) -> list[Grant]:
    """The grants through which the actor may use ``permission`` on the case, the oldest first.

    A page asks often and about one case: what ``case_for`` fetched remembers them.
    """
    known: dict[str, list[Grant]] = vars(case).get(_KNOWN, {})
    if actor.key not in known:
        known[actor.key] = _held_on(case.pk, actor, clock.now())
    posts = actor.organisations_with(permission)
    at_post = [grant for grant in known[actor.key] if grant.organisation_id in posts]
    reads = permission is Permission.CASEWORK_CASE_VIEW
    return at_post if reads else [grant for grant in at_post if grant.basis not in READ_ONLY]


@asked_often
def _held_on(case: UUID, actor: Actor, at: dt.datetime) -> QuerySet[Grant]:
    return grants_of(actor, at).filter(case_id=case).select_related("organisation", "staff").order_by("starts_at")


def may(actor: AnyActor, permission: Permission, case: Case, part: Part | None = None) -> bool:
    """Whether the actor may use ``permission`` on this part of the case; on the whole of it where none is named."""
    return needed(part) <= parts_of(actor, case, permission)


def require(actor: AnyActor, permission: Permission, case: Case, part: Part | None = None) -> None:
    """Raise ``NotAllowed`` unless the actor may use ``permission`` on this part of the case, or on the whole."""
    if not may(actor, permission, case, part):
        raise NotAllowed


def require_holder(actor: AnyActor, permission: Permission, case: Case) -> None:
    """Raise ``NotAllowed`` unless the actor has ``permission`` in the organisation that holds the case."""
    if not holds(actor, permission, case):
        raise NotAllowed


def holds(actor: AnyActor, permission: Permission, case: Case) -> bool:
    """Whether the actor has ``permission`` in the organisation that holds the case."""
    return not isinstance(actor, Actor) or case.organisation_id in actor.organisations_with(permission)


def answers_for(actor: AnyActor, case: Case) -> bool:
    """Whether the actor answers for the case where it is held: whoever leads it, coordinates or supervises."""
    leads = isinstance(actor, Actor) and case.lead_id == actor.id and holds(actor, Permission.CASEWORK_CASE_EDIT, case)
    return leads or holds(actor, Permission.CASEWORK_GRANT_GIVE, case)


def posts_writing(actor: AnyActor, case: Case, part: Part) -> list[UUID]:
    """The organisations through whose rights the actor writes this part of the case; the one that holds it first."""
    if not isinstance(actor, Actor):
        return [case.organisation_id]
    granted = _grants_on(case, actor, Permission.CASEWORK_CASE_EDIT)
    posts = dict.fromkeys(one.organisation_id for one in granted if one.parts is None or part in one.parts)
    return sorted(posts, key=lambda post: post != case.organisation_id)


def member(actor: AnyActor) -> Staff | None:
    """The member of staff behind the actor; None for a part of the system."""
    return Staff.objects.get(pk=actor.id) if isinstance(actor, Actor) else None


def case_for(
    actor: AnyActor,
    number: str,
    permission: Permission = Permission.CASEWORK_CASE_VIEW,
    *,
    part: Part | None = None,
    deed: str = "casework.read",
) -> Case:
    """The case with this number, for a page about ``part`` of it; the reading is noted in the audit log.

    A page that names no part is for those alone who see the whole case.

    Raises:
        NotAllowed: no such case, or none of which this actor may see the part: both look the same.
    """
    found = _numbered(number, actor, clock.now() if isinstance(actor, Actor) else None)
    if not found:
        raise NotAllowed
    case = found[0]
    setattr(case, _KNOWN, {})
    require(actor, permission, case, part)
    detail = {"part": str(part)} if part else {}
    note_reading(by=actor, deed=deed, subject=case.number, case_id=case.pk, detail=detail)
    return case


@asked_often
def _numbered(number: str, actor: AnyActor, at: dt.datetime | None) -> QuerySet[Case]:
    cases = visible_cases(actor, at=at).select_related("organisation", "desk", "lead", "person")
    return cases.filter(number=number)


class Numbered(Protocol):
    """A case, or what is known of one besides its contents."""

    @property
    def number(self) -> str: ...


def note_listing(actor: AnyActor, deed: str, cases: Iterable[Numbered], asked: Mapping[str, str] | None = None) -> None:
    """Note in one entry that a page named these cases, and what it was narrowed to; never what somebody typed."""
    also = {"asked": dict(asked)} if asked else {}
    audit.note_listing(by=actor, deed=deed, numbers=(case.number for case in cases), **also)


def handover_for(actor: AnyActor, pk: UUID) -> Handover:
    """The handover that the actor's organisation has offered or is asked to take; the reading is noted.

    Raises:
        NotAllowed: no such handover, or it is between others: both look the same.
    """
    found = Handover.objects.select_related("case__person", "case__desk", "giver", "taker", "offered_by", "answered_by")
    handover = found.filter(pk=pk, case__in=visible_cases(actor)).first()
    if handover is None or Part.COURSE not in parts_of(actor, handover.case):
        raise NotAllowed
    note_reading(by=actor, deed="casework.read_handover", subject=handover.case.number, case_id=handover.case_id)
    return handover


def reasons_to_see(actor: AnyActor, case: Case) -> list[Grant]:
    """Why the actor may see the case, and until when: shown on the case's page."""
    if not isinstance(actor, Actor):
        return []
    return _grants_on(case, actor, Permission.CASEWORK_CASE_VIEW)
