"""What the timeline tells of referrals（つなぎ）."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.office.access.actors import AnyActor
from engawa.office.casework.cases.models import Case
from engawa.office.casework.referrals.models import Referral
from engawa.office.casework.referrals.queries import referrals_of
from engawa.office.casework.timeline.sources import Moment, Wish, register

_TONES = {Referral.Answer.TAKEN: "ok", Referral.Answer.WAITING: "wait"}


@register("referral", _("つなぎ"), narrows=("worker", "member"))
def referrals(_actor: AnyActor, case: Case, wish: Wish) -> Iterator[Moment]:
    """Somebody was introduced to an agency, and what it answered."""
    exact = {"by_id": wish.worker, "member": wish.member, "on__lte": wish.until}
    rows = referrals_of(case).filter(**{name: value for name, value in exact.items() if value})
    for referral in rows.order_by("-on", "-recorded_at")[: wish.most]:
        yield _of(case, referral)
        if referral.answered_on:
            yield _of_answer(case, referral)


def _of(case: Case, referral: Referral) -> Moment:
    return Moment(
        kind="referral",
        on=referral.on,
        order=referral.recorded_at,
        title=gettext("%(to)sへのつなぎ（%(kind)s）") % {"to": referral.called, "kind": referral.kind.name},
        body="\n".join(filter(None, [referral.wish, referral.handed])),
        who=referral.by.name if referral.by else "",
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
