"""Giving and ending the right to see a case（閲覧の根拠）, and breaking the glass（緊急閲覧）."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from engawa.kernel import clock
from engawa.office.access import rules
from engawa.office.access.actors import KEEPER, Actor, AnyActor, NotAllowed, SystemActor
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import (
    actor_of,
    auditors,
    holding_organisations,
    holds_case,
    may_share,
    organisations_of,
    sees_case,
    supervisors_of,
    unended_grants,
)
from engawa.office.access.upstairs import NamedCase, ring
from engawa.office.access.walls import acting_as
from engawa.office.audit import actions as audit


@transaction.atomic
def grant(  # noqa: PLR0913  # a grant is never bare: each of these is part of it
    *,
    by: AnyActor,
    case_id: UUID,
    basis: str,
    organisation: Organisation,
    staff: Staff | None = None,
    reason: str = "",
    ends_at: dt.datetime | None = None,
    parts: Iterable[Part] | None = None,
) -> Grant:
    """Give an organisation, or one of its people, the right to see a case.

    Args:
        by: who gives it; the case is their own organisation's, unless it is new or taken over and becomes so.
        case_id: the case.
        basis: one of ``Grant.Basis``, except break-glass.
        organisation: the holder.
        staff: of its people the one to whom the right is limited; it counts while they work with cases there.
        reason: why; needed for every basis but ``own`` and ``handover``.
        ends_at: when it ends; needed for every basis but ``own``.
        parts: what of the case is seen, the basics always with it; the whole case where none are named.

    Raises:
        NotAllowed: ``by`` may not give this.
        rules.Refused: reason or end is missing, or ``staff`` has no role there that works with cases.
    """
    now = clock.now()
    _demand_may_grant(by, case_id, basis, organisation)
    rules.check_post(at_post=staff is None or _works_with_cases(staff, organisation))
    rules.check_term(basis, reason, now, ends_at)
    return _give(
        by,
        Grant(
            case_id=case_id,
            staff=staff,
            organisation=organisation,
            basis=basis,
            reason=reason.strip(),
            parts=None if parts is None else sorted({Part.BASICS, *parts}),
            starts_at=now,
            ends_at=ends_at,
        ),
    )


def _works_with_cases(staff: Staff, organisation: Organisation) -> bool:
    return organisation.pk in actor_of(staff).organisations_with(Permission.CASEWORK_CASE_VIEW)


def _demand_may_grant(by: AnyActor, case_id: UUID, basis: str, holder: Organisation) -> None:
    if not (isinstance(by, SystemActor) or rules.may_grant(basis, _giver(by, case_id, holder))):
        raise NotAllowed


def _giver(by: Actor, case_id: UUID, holder: Organisation) -> rules.Giver:
    held = by.permissions.get(holder.id, frozenset())
    of_holder = bool(held & {Permission.CASEWORK_CASE_OPEN, Permission.CASEWORK_CASE_HANDOVER})
    with acting_as(KEEPER):
        case_is_new = not Grant.objects.filter(case_id=case_id).exists()
    if case_is_new:  # without any right nobody sees it, and none of its holders need be asked for
        return rules.Giver(sees=False, hands_over=False, gives=False, of_holder=of_holder, case_is_new=True)
    return rules.Giver(
        sees=sees_case(by, case_id),
        hands_over=holds_case(by, case_id, Permission.CASEWORK_CASE_HANDOVER),
        gives=may_share(by, case_id),
        of_holder=of_holder,
        case_is_new=False,
    )


def _give(by: AnyActor, new: Grant) -> Grant:
    if isinstance(by, Actor):
        new.given_by_id = by.id
    # A right cannot be seen before it is there: the second wall lets only a part of the system place the first one.
    with acting_as(KEEPER):
        new.save(force_insert=True)
    holder = new.staff_id or new.organisation_id
    audit.record(
        by=by,
        deed="access.grant",
        case_id=new.case_id,
        detail={"grant": str(new.id), "basis": new.basis, "holder": str(holder)}
        | ({"parts": new.parts} if new.parts else {}),
    )
    return new


@transaction.atomic
def revoke(*, by: AnyActor, grant_id: UUID) -> None:
    """End a right to see a case now. The grant stays as history.

    Raises:
        NotAllowed: the case is not ``by``'s own organisation's to share or hand over, nor the right theirs to give up.
        rules.Refused: it is the last right of those whose own case it is.
    """
    with acting_as(KEEPER):
        found = unended_grants().filter(pk=grant_id).first()
    if found is None or not _may_end(by, found):
        raise NotAllowed
    with acting_as(KEEPER):
        others = unended_grants().filter(case_id=found.case_id, basis="own").exclude(pk=found.pk)
        if found.basis == "own" and not others.exists():
            raise rules.Refused("このケースを受け持つ機関がなくなります。先に引継ぎをしてください。")
        _end(found)
    audit.record(by=by, deed="access.revoke", case_id=found.case_id, detail={"grant": str(found.id)})


def _may_end(by: AnyActor, found: Grant) -> bool:
    if may_share(by, found.case_id) or holds_case(by, found.case_id, Permission.CASEWORK_CASE_HANDOVER):
        return True
    if not isinstance(by, Actor) or found.staff_id not in {None, by.id}:
        return False
    return found.organisation_id in by.organisations_with(Permission.CASEWORK_CASE_HANDOVER)


@transaction.atomic
def break_glass(*, by: Actor, case: NamedCase, reason: str, minutes: int) -> Grant:
    """Open a case that ``by`` may not see, for at most an hour; supervisors are told at once.

    Raises:
        NotAllowed: ``by`` has no role that may break the glass.
        rules.Refused: no reason, or too long.
    """
    posts = by.organisations_with(Permission.CASEWORK_CASE_BREAK_GLASS)
    if not posts:
        raise NotAllowed
    rules.check_break_glass(reason, minutes)
    now = clock.now()
    given = _give(
        by,
        Grant(
            case_id=case.id,
            organisation_id=posts[0],
            staff_id=by.id,
            basis=Grant.Basis.BREAK_GLASS,
            reason=reason.strip(),
            starts_at=now,
            ends_at=now + dt.timedelta(minutes=minutes),
        ),
    )
    audit.record(
        by=by,
        deed="access.break_glass",
        subject=case.number,
        case_id=case.id,
        detail={"grant": str(given.id), "minutes": minutes},
    )
    watchers, path = _watchers(by, case.id), "/glass/"
    if not watchers:  # no organisation concerned has a supervisor: nobody breaks the glass unseen
        watchers, path = set(auditors()), "/audit/?deed=access.break_glass"
    ring(staff=watchers, kind="access.glass_broken", path=path, who=by.name, number=case.number)
    return given


def _watchers(by: Actor, case_id: UUID) -> set[Staff]:
    """Supervisors of the actor's organisations and of those that hold the case, but not the actor."""
    organisations = {*organisations_of(by.id), *holding_organisations(case_id)}
    return {staff for organisation in organisations for staff in supervisors_of(organisation) if staff.id != by.id}


@transaction.atomic
def close_break_glass(*, by: Actor, grant_id: UUID) -> None:
    """End one's own break-glass right before its time.

    Raises:
        NotAllowed: it is not the actor's, or has ended.
    """
    with acting_as(KEEPER):
        found = unended_grants().filter(pk=grant_id, staff=by.id, basis="break_glass").first()
        if found is None:
            raise NotAllowed
        _end(found)
    audit.record(by=by, deed="access.close_break_glass", case_id=found.case_id, detail={"grant": str(found.id)})


@transaction.atomic
def end_rights_of(*, by: AnyActor, staff: Staff, at: dt.datetime, organisation: Organisation | None = None) -> None:
    """Let what somebody was given themselves end by then, in one organisation or in all: it stays over.

    By itself a right only rests while its holder has no post, and comes back with them.
    """
    where = {"organisation": organisation} if organisation else {}
    with acting_as(KEEPER):
        theirs = list(unended_grants().filter(staff=staff, ends_at__gt=at, **where))
        for right in theirs:
            right.ends_at = at
            right.save(update_fields=["ends_at"])
    for right in theirs:
        audit.record(by=by, deed="access.revoke", case_id=right.case_id, detail={"grant": str(right.id)})


def _end(found: Grant) -> None:
    found.ends_at = clock.now()
    found.save(update_fields=["ends_at"])
