"""Reads of documents; opening one is noted."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.kernel.asked import asked_often, counted_often
from engawa.kernel.clock import JAPAN
from engawa.office.access.actors import AnyActor, NotAllowed
from engawa.office.access.parts import Part
from engawa.office.audit.actions import note_reading
from engawa.office.casework.cases.models import Case
from engawa.office.casework.documents.models import Document, DocumentKind, DocumentVersion
from engawa.office.casework.documents.sealing import key_of
from engawa.office.casework.timeline.queries import members_called
from engawa.office.casework.timeline.rules import Passage
from engawa.office.casework.timeline.sources import Moment, Wish, register
from engawa.post.sealing import CannotOpen, unlock

_CONTENTS = ("content", "preview")


def kinds_today() -> QuerySet[DocumentKind]:
    """The kinds that a new document may have."""
    today = clock.today()
    return DocumentKind.objects.exclude(starts_on__gt=today).exclude(ends_on__lt=today)


def documents_of(case: Case) -> QuerySet[Document]:
    """The documents of a case with their versions, contents left where they are; the newest first."""
    versions = DocumentVersion.objects.defer(*_CONTENTS).select_related("by").annotate(has_preview=~Q(preview=b""))
    return Document.objects.filter(case=case).select_related("kind").prefetch_related(Prefetch("versions", versions))


def count_of(_actor: AnyActor, case: Case) -> int:
    """How many documents lie under the tab."""
    return _count(case.pk)


@counted_often
def _count(case: UUID) -> QuerySet[Document]:
    return Document.objects.filter(case=case, shredded_at__isnull=True)


def about(case: Case, documents: Iterable[Document]) -> list[tuple[Document, str]]:
    """The documents, each with whom it is about; empty where that is the case as such."""
    rows = list(documents)
    named = members_called(case) if any(row.member for row in rows) else {}
    return [(row, _about(row, named)) for row in rows]


def _about(document: Document, named: Mapping[UUID, str]) -> str:
    """Whom nobody here can name, because they see no family or the member was taken out, is still somebody of it."""
    return named.get(document.member, gettext("家族のひとり")) if document.member else ""


def papers_of(case: Case) -> QuerySet[Document]:
    """The documents of a case that can still be read, without their versions; the newest first."""
    return Document.objects.filter(case=case, shredded_at__isnull=True).select_related("kind")


def document_in(case: Case, pk: UUID) -> Document:
    """A document of this case.

    Raises:
        NotAllowed: the case has none with this id.
    """
    document = documents_of(case).filter(pk=pk).first()
    if document is None:
        raise NotAllowed
    return document


def opened(actor: AnyActor, document: Document, number: int, what: str) -> tuple[DocumentVersion, bytes]:
    """One version with its ``content`` or ``preview``, opened; the reading is noted.

    Raises:
        NotAllowed: there is no such version, it has no preview, or the document was erased.
    """
    version = DocumentVersion.objects.filter(document=document, number=number).first()
    locked = bytes(getattr(version, what)) if version else b""
    if version is None or not locked or document.shredded_at:
        raise NotAllowed
    try:
        body = unlock(locked, key_of(document))
    except CannotOpen as error:
        raise NotAllowed from error
    detail = {"document": str(document.pk), "version": number, "what": what}
    deed = "casework.read_document"
    note_reading(by=actor, deed=deed, subject=document.case.number, case_id=document.case_id, detail=detail)
    return version, body


@register(
    "document",
    _("書類"),
    Part.DOCUMENTS,
    narrows=("worker", "member"),
    writers=lambda case: [DocumentVersion.objects.filter(document__case=case).values_list("by")],
)
def added(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Documents as they were added, each version by itself, with the member of the household that is wished for."""
    rows = _versions(case.pk, wish)
    named = members_called(case) if any(row.document.member for row in rows) else {}
    for row in rows:
        at = row.added_at.astimezone(JAPAN)
        what = gettext("書類を加えた") if row.number == 1 else gettext("書類の新しい版（%d）") % row.number
        yield Moment(
            kind="document",
            on=at.date(),
            at=at.time(),
            order=row.added_at,
            title=f"{what}：{row.document.title}",
            passages=(Passage("facts", row.reason or row.document.note),) if row.reason or row.document.note else (),
            tags=tuple(filter(None, [row.document.kind.name, _about(row.document, named)])),
            who=row.by.name if row.by else "",
            url=reverse("casework:document", args=[case.number, row.document_id]),
            url_label=gettext("開く"),
        )


@asked_often
def _versions(case: UUID, wish: Wish) -> QuerySet[DocumentVersion]:
    rows = DocumentVersion.objects.filter(document__case=case, document__shredded_at__isnull=True).defer(*_CONTENTS)
    if wish.member:
        rows = rows.filter(document__member=wish.member)
    wished = wish.among(rows, on="added_at__date").select_related("document__kind", "by")
    return wished.order_by("-added_at")[: wish.most]
