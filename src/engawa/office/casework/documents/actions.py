"""The only writers of documents."""

import datetime as dt
from dataclasses import dataclass
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from engawa.kernel import clock
from engawa.kernel.my_number import holds_my_number
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.audit.actions import record
from engawa.office.casework.access import member, require
from engawa.office.casework.cases.models import Case
from engawa.office.casework.cases.rules import NotPossible
from engawa.office.casework.documents.contents.harmless import Refused
from engawa.office.casework.documents.contents.looking import look_at, name_for
from engawa.office.casework.documents.models import Document, DocumentKind, DocumentVersion
from engawa.office.casework.documents.privacy import DOCUMENT, VERSION
from engawa.office.casework.documents.sealing import give_key, key_of
from engawa.office.casework.timeline.queries import members_of
from engawa.post.sealing import lock


class Described(TypedDict, total=False):
    """What is said about a document. ``dated_on`` is the day that stands on it, ``member`` whom it is about."""

    title: str
    kind: DocumentKind
    dated_on: dt.date | None
    note: str
    member: UUID | None


@dataclass(frozen=True)
class File:
    """A file as it was handed over: what it was called where it came from, and its content."""

    name: str
    body: bytes


@transaction.atomic
def add_document(*, by: AnyActor, case: Case, file: File, **described: Unpack[Described]) -> Document:
    """Take a file in as a document of the case; title and kind are needed.

    Args:
        by: needs ``casework:case:edit`` on the documents of the case.
        case: the case.
        file: what it is follows from its content, not from its name.
        described: see ``Described``.

    Raises:
        Refused: the file cannot be kept.
        NotPossible: it is about somebody who does not belong to the household.
    """
    require(by, Permission.CASEWORK_CASE_EDIT, case, Part.DOCUMENTS)
    document = Document(case=case)
    _describe(document, described)
    key = give_key(document)
    document.save(force_insert=True)
    _add_version(by, document, key, file)
    _record(by, "casework.add_document", document)
    return document


@transaction.atomic
def add_version(*, by: AnyActor, document: Document, file: File, reason: str = "") -> DocumentVersion:
    """Take a file in as the next version of a document; the versions before stay.

    Raises:
        Refused: the file cannot be kept.
        NotPossible: the document was erased.
    """
    found = _locked(by, document)
    if found.shredded_at:
        raise NotPossible("この書類は消去されています。新しい書類として加えてください")
    version = _add_version(by, found, key_of(found), file, reason)
    _record(by, "casework.add_version", found)
    return version


@transaction.atomic
def describe_document(*, by: AnyActor, document: Document, **described: Unpack[Described]) -> Document:
    """Change what is said about a document; its content never changes.

    Raises:
        NotPossible: it is to be about somebody who does not belong to the household.
    """
    found = _locked(by, document)
    _describe(found, described)
    found.save(update_fields=list(described))
    _record(by, "casework.describe_document", found)
    return found


@transaction.atomic
def shred(*, by: AnyActor, document: Document) -> Document:
    """Erase a document for good by destroying its key; its sealed contents and words go as well. Twice is harmless.

    What stays says that there was a document of this kind, how large, and when it was erased.
    """
    found = _locked(by, document)
    if found.shredded_at:
        return found
    DOCUMENT.scrub(found)
    found.shredded_at = clock.now()
    found.save(force_update=True)
    for version in found.versions.all():
        VERSION.scrub(version)
        version.save(force_update=True)
    _record(by, "casework.shred_document", found)
    return found


def _describe(document: Document, described: Described) -> None:
    about = document.member
    for name, value in described.items():
        setattr(document, name, value)
    # Whoever was taken out of the household since stays the one whom the document is about.
    if document.member not in (None, about, *(member.pk for member in members_of(document.case))):
        raise NotPossible("この世帯にいない人が選ばれています。選び直してください")


def _add_version(by: AnyActor, document: Document, key: bytes, file: File, reason: str = "") -> DocumentVersion:
    content = look_at(file.body)
    if holds_my_number(content.text):
        raise Refused("マイナンバーらしい12けたの数字が含まれています。塗りつぶすか消してから加えてください")
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    return DocumentVersion.objects.create(
        document=document,
        case_id=document.case_id,
        number=last + 1,
        name=name_for(file.name, content),
        media_type=content.media_type,
        size=len(content.body),
        pages=content.pages,
        cleaned=content.cleaned,
        reason=reason,
        content=lock(content.body, key),
        preview=lock(content.preview, key) if content.preview else b"",
        by=member(by),
    )


def _locked(by: AnyActor, document: Document) -> Document:
    found = Document.objects.select_for_update(of=("self",)).select_related("case").filter(pk=document.pk).first()
    if found is None:
        raise NotAllowed
    require(by, Permission.CASEWORK_CASE_EDIT, found.case, Part.DOCUMENTS)
    return found


def _record(by: AnyActor, deed: str, document: Document) -> None:
    case, detail = document.case, {"document": str(document.pk)}
    record(by=by, deed=deed, subject=case.number, case_id=case.pk, detail=detail)
