"""What the timeline tells of the way from anonymous to named, and back."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel.asked import asked_often
from engawa.office.access.actors import AnyActor
from engawa.office.casework.cases.models import Case
from engawa.office.casework.identity.models import Step
from engawa.office.casework.timeline.sources import Moment, Wish, register


@register(
    "step", _("匿名から名前まで"), own=True, writers=lambda case: [Step.objects.filter(case=case).values_list("by")]
)
def steps(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Talks that were joined and parted, names that were given and taken back, and who agreed. Never the name."""
    agreed, asked = gettext("同意：%(who)s"), gettext("同意：%(who)s（%(how)s）")
    for row in _steps(case.pk, wish):
        said = {"who": row.get_agreed_by_display(), "how": row.get_how_display()}
        yield Moment(
            kind="step",
            on=row.on,
            order=row.recorded_at,
            title=row.get_kind_display(),
            body=row.note,
            who=row.by.name if row.by else "",
            tags=((asked if row.how else agreed) % said,),
            url=reverse("casework:person", args=[case.number]),
            url_label=gettext("開く"),
        )


@asked_often
def _steps(case: UUID, wish: Wish) -> QuerySet[Step]:
    rows = wish.among(Step.objects.filter(case=case)).select_related("by")
    return rows.order_by("-on", "-recorded_at")[: wish.most]
