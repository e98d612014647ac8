"""Who may do what with a case: the first wall of casework. The second is in PostgreSQL."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.models import Grant, Staff
from engawa.office.access.parts import WHOLE, Part, needed
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import grants_for
from engawa.office.audit.actions import note_reading
from engawa.office.casework.cases.models import Case, Handover

# Whoever is asked to take a case, has given it away, or breaks the glass in an emergency reads; they do not write.
READ_ONLY = (Grant.Basis.HANDOVER, Grant.Basis.BREAK_GLASS)
_KNOWN = "known_parts"


def grants_in_force(actor: Actor, permission: Permission) -> QuerySet[Grant]:
    """The grants through which the actor may use ``permission`` at this moment."""
    grants = grants_for(actor, permission)
    return grants if permission is Permission.CASEWORK_CASE_VIEW else grants.exclude(basis__in=READ_ONLY)


def visible_cases(actor: AnyActor, part: Part | None = None) -> QuerySet[Case]:
    """Every case that the actor may see now, or of which they may see this part."""
    if not isinstance(actor, Actor):
        return Case.objects.all()
    grants = grants_in_force(actor, Permission.CASEWORK_CASE_VIEW).filter(case_id=OuterRef("pk"))
    if part:
        grants = grants.filter(Q(parts=None) | Q(parts__contains=[part]))
    return Case.objects.filter(Exists(grants))


def cases_worked_on(actor: AnyActor) -> QuerySet[Case]:
    """The cases whose course the actor writes, not only reads for a time: of these they may say who is the same."""
    if not isinstance(actor, Actor):
        return Case.objects.all()
    grants = grants_in_force(actor, Permission.CASEWORK_CASE_EDIT).filter(case_id=OuterRef("pk"))
    return visible_cases(actor).filter(Exists(grants.filter(Q(parts=None) | Q(parts__contains=[Part.COURSE]))))


def own_cases(actor: Actor) -> QuerySet[Case]:
    """The cases that the actor's own organisations hold: the list can follow an index instead of every grant."""
    return Case.objects.filter(organisation_id__in=actor.organisations_with(Permission.CASEWORK_CASE_VIEW))


def parts_of(actor: AnyActor, case: Case, permission: Permission = Permission.CASEWORK_CASE_VIEW) -> frozenset[Part]:
    """The parts of the case on which the actor may use ``permission``, through all grants in force together.

    A page asks often and about one case: what ``case_for`` fetched remembers the answer.
    """
    known: dict[tuple[str, Permission], frozenset[Part]] | None = case.__dict__.get(_KNOWN)
    if known is None:
        return _granted_parts(actor, case, permission)
    if (actor.key, permission) not in known:
        known[actor.key, permission] = _granted_parts(actor, case, permission)
    return known[actor.key, permission]


def _granted_parts(actor: AnyActor, case: Case, permission: Permission) -> frozenset[Part]:
    if not isinstance(actor, Actor):
        return WHOLE
    granted = list(grants_in_force(actor, permission).filter(case_id=case.pk).values_list("parts", flat=True))
    return WHOLE if None in granted else frozenset(Part(part) for parts in granted for part in parts or ())


def may(actor: AnyActor, permission: Permission, case: Case, part: Part | None = None) -> bool:
    """Whether the actor may use ``permission`` on this part of the case; on the whole of it where none is named."""
    return needed(part) <= parts_of(actor, case, permission)


def require(actor: AnyActor, permission: Permission, case: Case, part: Part | None = None) -> None:
    """Raise ``NotAllowed`` unless the actor may use ``permission`` on this part of the case, or on the whole."""
    if not may(actor, permission, case, part):
        raise NotAllowed


def require_holder(actor: AnyActor, permission: Permission, case: Case) -> None:
    """Raise ``NotAllowed`` unless the actor has ``permission`` in the organisation that holds the case."""
    if isinstance(actor, Actor) and case.organisation_id not in actor.organisations_with(permission):
        raise NotAllowed


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
    cases = visible_cases(actor).select_related("organisation", "desk", "lead", "person")
    case = cases.filter(number=number).first()
    if case is None:
        raise NotAllowed
    setattr(case, _KNOWN, {})
    require(actor, permission, case, part)
    detail = {"part": str(part)} if part else {}
    note_reading(by=actor, deed=deed, subject=case.number, case_id=case.pk, detail=detail)
    return case


def note_listing(actor: AnyActor, deed: str, cases: Iterable[Case], asked: Mapping[str, str] | None = None) -> None:
    """Note in one entry that a page named these cases, and what it was narrowed to; never what somebody typed."""
    detail = {"cases": [case.number for case in cases]} | ({"asked": dict(asked)} if asked else {})
    note_reading(by=actor, deed=deed, detail=detail)


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
    grants = grants_in_force(actor, Permission.CASEWORK_CASE_VIEW).filter(case_id=case.pk)
    return list(grants.select_related("organisation", "staff").order_by("starts_at"))
