"""What the timeline tells of referrals（つなぎ）."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel.asked import asked_often
from engawa.office.access.actors import AnyActor
from engawa.office.casework.cases.models import Case
from engawa.office.casework.referrals.models import Referral
from engawa.office.casework.timeline.sources import Moment, Wish, register

_TONES = {Referral.Answer.TAKEN: "ok", Referral.Answer.WAITING: "wait"}


@register(
    "referral",
    _("つなぎ"),
    narrows=("worker", "member"),
    writers=lambda case: [Referral.objects.filter(case=case).values_list("by")],
)
def referrals(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Somebody was introduced to an agency, and what it answered."""
    member = None if wish.is_own(case) else wish.member
    for referral in _referrals(case.pk, wish, member, narrowed=bool(wish.member)):
        yield _of(case, referral)
        if referral.answered_on:
            yield _of_answer(case, referral)


@asked_often
def _referrals(case: UUID, wish: Wish, member: UUID | None, *, narrowed: bool) -> QuerySet[Referral]:
    rows = wish.among(Referral.objects.filter(case=case)).select_related("kind", "organisation", "resource", "by")
    of_member = rows.filter(member=member) if narrowed else rows
    return of_member.order_by("-on", "-recorded_at")[: wish.most]


def _of(case: Case, referral: Referral) -> Moment:
    return Moment(
        kind="referral",
        on=referral.on,
        order=referral.recorded_at,
        title=gettext("%(to)sへのつなぎ（%(kind)s）") % {"to": referral.called, "kind": referral.kind.name},
        body="\n".join(filter(None, [referral.wish, referral.handed])),
        who=referral.shown_writer,
        tone=_TONES.get(Referral.Answer(referral.answer), "plain"),
        tags=(str(referral.get_answer_display()),),
        url=f"{reverse('casework:referrals', args=[case.number])}#r-{referral.pk}",
        url_label=gettext("開く"),
    )


def _of_answer(case: Case, referral: Referral) -> Moment:
    said = {"to": referral.called, "answer": referral.get_answer_display()}
    return Moment(
        kind="referral",
        on=referral.answered_on or referral.on,
        order=referral.recorded_at,
        title=gettext("%(to)sの返事：%(answer)s") % said,
        body=referral.answer_words,
        url=f"{reverse('casework:referrals', args=[case.number])}#r-{referral.pk}",
        url_label=gettext("開く"),
    )
