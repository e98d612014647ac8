"""The only writers of disclosures: one person prepares, another approves; every step is on record."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from hashlib import sha256

from django.db import transaction
from django.urls import reverse

from engawa.kernel import clock
from engawa.office.access.actors import Actor, NotAllowed
from engawa.office.access.permissions import Permission
from engawa.office.alerts.actions import tell
from engawa.office.audit.actions import record
from engawa.office.casework.access import require, require_holder
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.retention import rules
from engawa.office.casework.retention.disclosure import Chosen, fixed
from engawa.office.casework.retention.models import Disclosure
from engawa.office.casework.retention.queries import approvers_of, version_of

PREPARE = Permission.CASEWORK_CASE_EDIT
State = Disclosure.State
_OPEN = (State.PREPARING, State.WAITING)


@dataclass(frozen=True)
class Picked:
    """Keys of records, as they were ticked."""

    whole: Collection[str] = field(default_factory=list)
    masked: Collection[str] = field(default_factory=list)
    withheld: Collection[str] = field(default_factory=list)


@transaction.atomic
def begin_disclosure(*, by: Actor, case: Case, asker: str) -> Disclosure:
    """Begin to prepare what the person of a case gets of their records.

    Args:
        by: works on the whole case where it is held; prepares it, and cannot approve it.
        case: the case.
        asker: who asked, as the request says.

    Raises:
        NotAllowed: ``by`` may not prepare it.
        NotPossible: one is under way.
    """
    require(by, PREPARE, case)
    require_holder(by, PREPARE, case)
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    rules.check_open_disclosure(open_already=Disclosure.objects.filter(case=case, state__in=_OPEN).exists())
    made = Disclosure.objects.create(case=case, asker=asker, prepared_by_id=by.id, begun_at=clock.now())
    _record(by, "casework.begin_disclosure", made)
    return made


@transaction.atomic
def prepare_disclosure(*, by: Actor, disclosure: Disclosure, picked: Picked) -> Disclosure:
    """Keep what was chosen for single records.

    Raises:
        NotPossible: it is not being prepared any more, or by somebody else.
    """
    found = _preparing(by, disclosure)
    found.choices = {name: sorted(keys) for name, keys in asdict(picked).items()}
    found.save(force_update=True)
    _record(by, "casework.prepare_disclosure", found)
    return found


@transaction.atomic
def strike_words(*, by: Actor, disclosure: Disclosure, words: str, reason: str) -> Disclosure:
    """Mask a passage by hand, wherever it stands in the records, and say why.

    Raises:
        NotPossible: as ``rules.check_struck``, or it is not being prepared any more.
    """
    found = _preparing(by, disclosure)
    words = words.strip()
    rules.check_struck(words, reason, taken=any(one["words"] == words for one in found.struck))
    found.struck = [*found.struck, {"words": words, "reason": reason.strip()}]
    found.save(force_update=True)
    _record(by, "casework.strike_words", found)
    return found


@transaction.atomic
def unstrike_words(*, by: Actor, disclosure: Disclosure, words: str) -> Disclosure:
    """Let a passage stand again that was masked by hand."""
    found = _preparing(by, disclosure)
    found.struck = [one for one in found.struck if one["words"] != words]
    found.save(force_update=True)
    _record(by, "casework.unstrike_words", found)
    return found


@transaction.atomic
def submit_disclosure(*, by: Actor, disclosure: Disclosure) -> Disclosure:
    """Hand in what was prepared, word by word; those who may approve are told.

    Raises:
        NotPossible: it is not being prepared any more, or nothing would go out.
    """
    found = _preparing(by, disclosure)
    content = fixed(found.case, Chosen(**found.choices), found.struck)
    if all(one["withheld"] for one in content["records"]):
        raise NotPossible("お渡しする記録がひとつもありません。出す記録を選んでください")
    found.content, found.state, found.returned = content, State.WAITING, ""
    found.handed_in_at = clock.now()
    found.save(force_update=True)
    _record(by, "casework.submit_disclosure", found)
    tell(staff=approvers_of(found), kind="casework.disclosure_asked", path=_path(found), number=found.case.number)
    return found


@transaction.atomic
def return_disclosure(*, by: Actor, disclosure: Disclosure, words: str, seen: str) -> Disclosure:
    """Give it back to whoever prepared it, and say what is missing. They may take it back themselves, too.

    Raises:
        NotAllowed: ``by`` neither prepared it nor may approve it.
        NotPossible: it does not wait any more, or nothing was said.
    """
    found = _locked(by, disclosure)
    own = found.prepared_by_id == by.id
    if not own:
        _require_second(by, found)
    rules.check_approves(found.state, same=False, overtaken=seen != version_of(found))
    if not own and not words.strip():
        raise NotPossible("どこを直すとよいか書いてください")
    found.state, found.content, found.returned = State.PREPARING, {}, words.strip()
    found.save(force_update=True)
    _record(by, "casework.return_disclosure", found)
    if not own:
        told = {"path": _path(found), "number": found.case.number}
        tell(staff=[found.prepared_by], kind="casework.disclosure_returned", **told)
    return found


def _require_second(by: Actor, disclosure: Disclosure) -> None:
    if by.id not in {staff.pk for staff in approvers_of(disclosure)}:
        raise NotAllowed


@transaction.atomic
def approve_disclosure(*, by: Actor, disclosure: Disclosure, seen: str) -> Disclosure:
    """As the second person, having read it through, let it go out as it was handed in.

    Raises:
        NotAllowed: ``by`` is none of those who may (``approvers_of``).
        NotPossible: it is one's own, does not wait, or was handed in anew since it was ``seen``.
    """
    found = _locked(by, disclosure)
    same, overtaken = found.prepared_by_id == by.id, seen != version_of(found)
    if not same:
        _require_second(by, found)
    rules.check_approves(found.state, same=same, overtaken=overtaken)
    found.state, found.approved_by_id, found.approved_at = State.APPROVED, by.id, clock.now()
    found.save(force_update=True)
    _record(by, "casework.approve_disclosure", found)
    tell(
        staff=[found.prepared_by],
        kind="casework.disclosure_approved",
        path=_path(found),
        number=found.case.number,
    )
    return found


@transaction.atomic
def end_disclosure(*, by: Actor, disclosure: Disclosure) -> Disclosure:
    """Give it up; nothing goes out. What was prepared is forgotten, that it was begun is not.

    Raises:
        NotPossible: it was approved or given up already.
    """
    found = _locked(by, disclosure)
    if found.state not in _OPEN:
        raise NotPossible("この開示は、もう終わっています。画面を開き直してください")
    found.state, found.content, found.struck, found.choices = State.GIVEN_UP, {}, [], {}
    found.save(force_update=True)
    _record(by, "casework.end_disclosure", found)
    return found


def _locked(by: Actor, disclosure: Disclosure) -> Disclosure:
    rows = Disclosure.objects.select_for_update(of=("self",)).select_related("case__organisation", "prepared_by")
    found = rows.filter(pk=disclosure.pk).first()
    if found is None:
        raise NotAllowed
    require(by, PREPARE, found.case)
    require_holder(by, PREPARE, found.case)
    return found


def _preparing(by: Actor, disclosure: Disclosure) -> Disclosure:
    found = _locked(by, disclosure)
    rules.check_prepares(found.state, own=found.prepared_by_id == by.id)
    return found


def _path(disclosure: Disclosure) -> str:
    return reverse("casework:disclosure_of", args=[disclosure.case.number, disclosure.pk])


def _record(by: Actor, deed: str, disclosure: Disclosure) -> None:
    """Numbers and a check sum only: what was masked is told nowhere else."""
    records = disclosure.content.get("records", [])
    counts = {"records": len(records), "withheld": sum(one["withheld"] for one in records)}
    detail = {"disclosure": str(disclosure.pk), "struck": len(disclosure.struck)} | (counts if records else {})
    if records:
        said = json.dumps(disclosure.content, ensure_ascii=False, sort_keys=True)
        detail["sha256"] = sha256(said.encode()).hexdigest()
    case = disclosure.case
    record(by=by, deed=deed, subject=case.number, case_id=case.pk, detail=detail)
