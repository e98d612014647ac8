"""What must not be known of a member except where it was written（秘匿）."""

from django.db import transaction

from engawa.office.access.actors import Actor, AnyActor, NotAllowed
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import require_holder
from engawa.office.casework.cases.actions import index_household
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible, check_seen
from engawa.office.casework.households.actions import OPEN_FIELDS, clear_open
from engawa.office.casework.households.models import Member, Secret
from engawa.office.casework.maps.actions.household import noted, open_household
from engawa.office.casework.maps.queries import version_of

_EDIT = Permission.CASEWORK_CASE_EDIT


@transaction.atomic
def keep_secret(  # noqa: PLR0913 # a secret is whose, of which kind, and its words
    *,
    by: AnyActor,
    case: Case,
    member: Member,
    kind: str,
    words: str = "",
    note: str = "",
    clear: bool = False,
) -> Secret:
    """Write down a secret name or whereabouts of a member; it belongs to the organisation that holds the case.

    Args:
        by: needs ``casework:case:edit`` on the family, where the case is held.
        case: the case.
        member: of its household; whoever has no name yet, too.
        kind: of ``Secret.Kind``.
        words: what is secret. Empty with ``clear``: what stands openly becomes the secret.
        note: how to reach them, what to mind.
        clear: take everything of this kind out of the member's record, and out of its past. What stood there openly
            at last goes into the note where it is not the secret itself.

    Raises:
        NotPossible: nothing is said.
    """
    case, household = open_household(by, case)
    require_holder(by, _EDIT, case)
    member = _member_in(case, member)
    stood = _open_words(member, kind) if clear else ""
    said = words.strip() or stood
    if not said:
        raise NotPossible("秘匿する名か居場所を書いてください")
    note = "\n".join(filter(None, [note, stood if stood not in said else ""]))
    kept = {"household": household, "member": member, "organisation": case.organisation}
    secret = Secret.objects.create(**kept, kind=kind, words=said, note=note)
    if clear:
        clear_open(member, kind)
        index_household(household.pk)
    noted(by, "casework.keep_secret", case, member=member.pk, secret=secret.pk)
    return secret


@transaction.atomic
def correct_secret(  # noqa: PLR0913 # as above
    *, by: AnyActor, case: Case, secret: Secret, words: str, note: str = "", seen: str | None = None
) -> Secret:
    """Change what is secret; what stood before is kept, as secret as this.

    Raises:
        NotPossible: somebody else has changed it since ``seen``, or nothing is said.
    """
    case, secret = _own(by, case, secret)
    check_seen(seen, version_of(secret))
    if not words.strip():
        raise NotPossible("秘匿する名か居場所を書いてください")
    secret.words, secret.note = words, note
    secret.save(force_update=True)
    noted(by, "casework.keep_secret", case, member=secret.member_id, secret=secret.pk)
    return secret


@transaction.atomic
def drop_secret(*, by: AnyActor, case: Case, secret: Secret, seen: str | None = None) -> None:
    """Take out a secret that was a mistake; its past is kept.

    Raises:
        NotPossible: somebody else has changed it since ``seen``.
    """
    case, secret = _own(by, case, secret)
    check_seen(seen, version_of(secret))
    noted(by, "casework.drop_secret", case, member=secret.member_id, secret=secret.pk)
    secret.delete()


def _own(by: AnyActor, case: Case, secret: Secret) -> tuple[Case, Secret]:
    """The case and the secret, as those who keep it may write in both."""
    case, household = open_household(by, case)
    require_holder(by, _EDIT, case)
    found = Secret.objects.filter(pk=secret.pk, household=household).first()
    if found is None or (isinstance(by, Actor) and found.organisation_id not in by.organisations_with(_EDIT)):
        raise NotAllowed
    return case, found


def _member_in(case: Case, member: Member) -> Member:
    found = Member.objects.filter(pk=member.pk, household=case.household_id).first()
    if found is None:
        raise NotAllowed
    return found


def _open_words(member: Member, kind: str) -> str:
    """Everything of this kind that stands openly: 山田 よし（やまだ よし）."""
    stood: list[str] = [text for field in OPEN_FIELDS[Secret.Kind(kind)] if (text := getattr(member, field))]
    return "".join(f"（{text}）" if place else text for place, text in enumerate(stood))
