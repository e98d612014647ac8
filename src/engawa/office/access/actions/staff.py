"""Staff and their roles: inviting, changing roles, ending."""

import datetime as dt
from dataclasses import dataclass
from importlib import import_module

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt, encrypt
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse

from engawa.kernel import clock
from engawa.kernel.japanese import in_japanese
from engawa.office.access import rules
from engawa.office.access.actions.grants import end_rights_of
from engawa.office.access.actions.organisations import demand_management
from engawa.office.access.actors import AnyActor, NotAllowed, SystemActor
from engawa.office.access.models import Membership, Organisation, Staff
from engawa.office.access.permissions import Role
from engawa.office.access.queries import administrators, is_last_administrator, supervisors_of
from engawa.office.access.upstairs import ring
from engawa.office.audit import actions as audit

# Where factors keep what must not be read: an app its secret, recovery codes what they are made of.
_SECRETS = ("secret", "seed")


@dataclass(frozen=True)
class Invitation:
    """A new member of staff with the one-time way in: ``path`` is a secret until a password is chosen."""

    staff: Staff
    path: str


@transaction.atomic
def invite_staff(  # noqa: PLR0913  # who, where and as what belong together
    *, by: AnyActor, email: str, name: str, organisation: Organisation, role: Role, reading: str = ""
) -> Invitation:
    """Take somebody into the house with a first role from today, and make their one-time way in."""
    demand_management(by)
    staff = Staff(email=email.strip().lower(), name=name, reading=reading)
    staff.set_unusable_password()
    staff.save(force_insert=True)
    audit.record(by=by, deed="access.invite_staff", subject=staff.email, detail={"staff": str(staff.id)})
    set_role(by=by, staff=staff, organisation=organisation, role=role)
    return Invitation(staff, _way_in(staff))


@transaction.atomic
def renew_invitation(*, by: AnyActor, staff: Staff) -> Invitation:
    """Make a new way in for somebody who lost password or factor: both are taken away, all sessions end.

    Raises:
        NotAllowed: ``by`` does not manage staff.
        rules.Refused: for oneself, or for somebody who has left.
    """
    demand_management(by)
    rules.check_role_change(own=by.key == str(staff.id), last_administrator=False)
    if not staff.is_active:
        raise rules.Refused("この職員は停止されています。先に再開してください。")
    staff.set_unusable_password()
    staff.save(update_fields=["password"])
    Authenticator.objects.filter(user=staff).delete()
    _end_sessions(staff)
    audit.record(by=by, deed="access.renew_invitation", subject=staff.email, detail={"staff": str(staff.id)})
    ring(staff=_watchers(by, staff), kind="access.way_in_renewed", who=by.name, whom=staff.name)
    return Invitation(staff, _way_in(staff))


def accept_invitation(*, staff: Staff, password: str) -> None:
    """Choose the first password; the way in is used up by that."""
    with transaction.atomic():
        staff.set_password(password)
        staff.save(update_fields=["password"])
        record_oneself(staff, "access.accept_invitation")


@transaction.atomic
def set_role(  # noqa: PLR0913  # who, what, where and when
    *,
    by: AnyActor,
    staff: Staff,
    organisation: Organisation,
    role: Role,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Membership:
    """Give a role in an organisation from a day on (today unless said); its supervisors are told.

    Raises:
        NotAllowed: ``by`` does not manage staff.
        rules.Refused: it is one's own role.
    """
    demand_management(by)
    rules.check_role_change(own=by.key == str(staff.id), last_administrator=False)
    membership = Membership.objects.create(
        staff=staff, organisation=organisation, role=role, starts_on=starts_on or clock.today(), ends_on=ends_on
    )
    _record_role(by, "access.set_role", membership)
    ring(
        staff=[person for person in supervisors_of(organisation) if person != staff],
        kind="access.role_given",
        whom=staff.name,
        role=in_japanese(Role(role).label),
        organisation=organisation.name,
    )
    return membership


@transaction.atomic
def end_role(*, by: AnyActor, membership: Membership, ends_on: dt.date | None = None) -> None:
    """Let a role end with a day (yesterday unless said: it holds no longer); one that never began is taken away.

    With the last role in an organisation end the rights to cases that the person was given there.

    Raises:
        NotAllowed: ``by`` does not manage staff.
        rules.Refused: it is one's own role, or the last administrator's.
    """
    demand_management(by)
    rules.check_role_change(
        own=by.key == str(membership.staff_id),
        last_administrator=membership.role == Role.ADMINISTRATOR and is_last_administrator(membership.staff),
    )
    last_day = ends_on or clock.today() - dt.timedelta(days=1)
    _record_role(by, "access.end_role", membership)
    _end_rights_of_post(by, membership, last_day)
    if last_day < membership.starts_on:
        membership.delete()
        return
    membership.ends_on = last_day
    membership.save(update_fields=["ends_on"])


def _end_rights_of_post(by: AnyActor, membership: Membership, last_day: dt.date) -> None:
    """Rights to cases that the person was given end with their last role in an organisation."""
    others = Membership.objects.filter(staff=membership.staff, organisation=membership.organisation)
    stays = others.exclude(pk=membership.pk).exclude(ends_on__lte=last_day).exists()
    if stays or membership.starts_on > clock.today():
        return
    over = dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(), clock.JAPAN)
    at = max(clock.now(), over)
    end_rights_of(by=by, staff=membership.staff, at=at, organisation=membership.organisation)


def _record_role(by: AnyActor, deed: str, membership: Membership) -> None:
    audit.record(
        by=by,
        deed=deed,
        subject=membership.staff.email,
        detail={"organisation": str(membership.organisation_id), "role": membership.role},
    )


@transaction.atomic
def deactivate(*, by: AnyActor, staff: Staff) -> None:
    """Close the house to somebody at once: no sign-in, all sessions and rights end. What they wrote stays.

    Raises:
        NotAllowed: ``by`` does not manage staff.
        rules.Refused: it is oneself, or the last administrator.
    """
    demand_management(by)
    rules.check_role_change(own=by.key == str(staff.id), last_administrator=is_last_administrator(staff))
    _set_active(by, staff, "access.deactivate", active=False)
    _end_sessions(staff)
    end_rights_of(by=by, staff=staff, at=clock.now())


@transaction.atomic
def reactivate(*, by: AnyActor, staff: Staff) -> None:
    """Let somebody in again, with the roles that still hold."""
    demand_management(by)
    _set_active(by, staff, "access.reactivate", active=True)


def _set_active(by: AnyActor, staff: Staff, deed: str, *, active: bool) -> None:
    staff.is_active = active
    staff.save(update_fields=["is_active"])
    audit.record(by=by, deed=deed, subject=staff.email, detail={"staff": str(staff.id)})


@transaction.atomic
def describe_self(  # noqa: PLR0913  # one corner, one form
    *, by: AnyActor, staff: Staff, name: str, reading: str, persona: str, language: str = ""
) -> None:
    """Correct one's own name, its reading, the name one gives in talks, and the language of one's pages.

    An empty ``language`` leaves it to the browser.

    Raises:
        NotAllowed: it is somebody else.
    """
    if by.key != str(staff.id):
        raise NotAllowed
    staff.name, staff.reading, staff.persona, staff.language = name, reading, persona, language
    staff.save(update_fields=["name", "reading", "persona", "language"])
    audit.record(by=by, deed="access.describe_self", subject=staff.email)


@transaction.atomic
def first_administrator(*, by: SystemActor, email: str, name: str, organisation: str) -> Invitation:
    """From the command line: an administrator for a house that has none, or whose own has lost the way in."""
    home, _ = Organisation.objects.get_or_create(name=organisation, defaults={"kind": Organisation.Kind.CITY})
    known = Staff.objects.filter(email=email.strip().lower()).first()
    if known is None:
        return invite_staff(by=by, email=email, name=name, organisation=home, role=Role.ADMINISTRATOR)
    if not known.is_active:
        reactivate(by=by, staff=known)
    if not known.memberships.filter(role=Role.ADMINISTRATOR, ends_on=None).exists():
        set_role(by=by, staff=known, organisation=home, role=Role.ADMINISTRATOR)
    return renew_invitation(by=by, staff=known)


@transaction.atomic
def equip(*, by: SystemActor, staff: Staff, password: str, totp_secret: str) -> None:
    """Give invented staff of the demo city a known password and authenticator secret (base 32)."""
    staff.set_password(password)
    staff.save(update_fields=["password"])
    Authenticator.objects.filter(user=staff).delete()
    TOTP.activate(staff, totp_secret)
    audit.record(by=by, deed="access.equip", subject=staff.email)


def seal_factors() -> int:
    """Seal secrets of factors that were kept as they are, before they were sealed; how many factors it were."""
    sealed = 0
    for factor in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN):
        bare = {name: value for name in _SECRETS if (value := factor.data.get(name)) and decrypt(value) == value}
        if bare:
            factor.data |= {name: encrypt(value) for name, value in bare.items()}
            factor.save(update_fields=["data"])
            sealed += 1
    return sealed


@dataclass(frozen=True)
class _OneSelf:
    """Somebody who acts before they are signed in, through a link that only they have."""

    staff: Staff

    @property
    def key(self) -> str:
        return str(self.staff.id)

    @property
    def name(self) -> str:
        return self.staff.name


def record_oneself(staff: Staff, deed: str, detail: dict[str, str] | None = None) -> None:
    """Write down what somebody did with their own way in."""
    audit.record(by=_OneSelf(staff), deed=deed, subject=staff.email, detail=detail or {})


def _way_in(staff: Staff) -> str:
    return reverse("access:invitation", args=[staff.pk, default_token_generator.make_token(staff)])


def _watchers(by: AnyActor, staff: Staff) -> list[Staff]:
    """Whoever should notice that somebody's keys were changed: they, their supervisors, and the other administrators.

    One administrator is enough to renew a way in (docs/decisions/0017-one-person-renews-a-way-in.md).
    """
    organisations = [membership.organisation for membership in staff.memberships.select_related("organisation")]
    people = {staff, *administrators(), *(one for place in organisations for one in supervisors_of(place))}
    return [one for one in people if str(one.id) != by.key]


def _end_sessions(staff: Staff) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for session in UserSession.objects.filter(user=staff):
        store.delete(session.session_key)
        session.delete()
