"""What assessments and steps between stages add to the timeline."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel.asked import asked_often
from engawa.office.access.actors import AnyActor
from engawa.office.access.parts import Part
from engawa.office.casework.assessments.course import steps_of
from engawa.office.casework.assessments.models import Assessment, StageStep
from engawa.office.casework.assessments.rules import Direction
from engawa.office.casework.cases.models import Case
from engawa.office.casework.timeline.sources import Moment, Wish, register

TONES = {Direction.ONWARD: "ok", Direction.BACK: "wait"}


@register(
    "assessment",
    _("アセスメント"),
    Part.ASSESSMENTS,
    own=True,
    writers=lambda case: [Assessment.objects.filter(case=case).values_list("begun_by")],
)
def assessments(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Assessments, begun or finished."""
    for row in _assessments(case.pk, wish):
        state = gettext("確定") if row.finished_at else gettext("書きかけ")
        yield Moment(
            kind="assessment",
            on=row.on,
            order=row.begun_at,
            title=gettext("アセスメント「%(name)s」（%(state)s）") % {"name": row.questionnaire, "state": state},
            who=row.shown_writer,
            tone="info",
            url=reverse("casework:assessment", args=[case.number, row.pk]),
            url_label=gettext("読む"),
        )


@asked_often
def _assessments(case: UUID, wish: Wish) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(case=case).select_related("questionnaire", "begun_by")
    return wish.among(rows, by="begun_by_id").order_by("-on", "-begun_at")[: wish.most]


@register(
    "stage",
    _("段階"),
    Part.ASSESSMENTS,
    own=True,
    writers=lambda case: [StageStep.objects.filter(case=case).values_list("by")],
)
def stages(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Steps between stages, onward and back."""
    for step in steps_of(case):
        if wish.worker in (None, step.row.by_id):
            yield Moment(
                kind="stage",
                on=step.row.on,
                order=step.row.recorded_at,
                title=f"{step.row.stage.name}（{gettext(step.direction.value)}）",
                body=step.row.note,
                who=step.row.shown_writer,
                tone=TONES.get(step.direction, "plain"),
            )
