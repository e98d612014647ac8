"""What the timeline tells of consents（同意）."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel.asked import asked_often
from engawa.office.access.actors import AnyActor
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.models import Consent
from engawa.office.casework.timeline.sources import Moment, Wish, register


@register(
    "consent",
    _("同意"),
    part=None,
    narrows=("worker", "member"),
    writers=lambda case: [
        Consent.objects.filter(case=case).values_list("recorded_by"),
        Consent.objects.filter(case=case).values_list("withdrawn_by"),
    ],
)
def consents(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Consents given and taken back; of members only those of the 本人 are known."""
    own = wish.is_own(case)
    for row in _consents(case.pk, wish, own=own) if own or not wish.member else []:
        yield from _of_consent(case, row)


@asked_often
def _consents(case: UUID, wish: Wish, *, own: bool) -> QuerySet[Consent]:
    rows = Consent.objects.filter(case=case).select_related("text", "recorded_by", "withdrawn_by")
    if own:
        rows = rows.filter(giver=Consent.Giver.SELF)
    if wish.until:
        rows = rows.filter(given_on__lte=wish.until)
    if wish.worker:
        rows = rows.filter(Q(recorded_by=wish.worker) | Q(withdrawn_by=wish.worker))
    return rows[: wish.most]


def _of_consent(case: Case, row: Consent) -> Iterator[Moment]:
    url = reverse("casework:consents", args=[case.number])
    said = {"who": row.get_giver_display(), "how": row.get_way_display(), "text": row.text.title}
    yield Moment(
        kind="consent",
        on=row.given_on,
        order=row.recorded_at,
        title=gettext("同意：%(who)s（%(how)s）%(text)s") % said,
        body=row.note,
        who=row.shown_writer,
        tags=tuple(row.parts_named),
        tone="ok",
        url=url,
        url_label=gettext("開く"),
    )
    if row.withdrawn_on:
        title, who = gettext("同意の取りやめ：%(text)s") % said, row.withdrawn_by.name if row.withdrawn_by else ""
        yield Moment("consent", row.withdrawn_on, row.recorded_at, title, body=row.withdrawal_note, who=who, url=url)
