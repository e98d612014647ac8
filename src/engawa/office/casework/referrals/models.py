"""A referral and the kinds there are. Every one has an agency, a kind and a day; an answer may be long in coming."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.parts import Part
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.models import Consent
from engawa.office.casework.households.models import Listed
from engawa.office.casework.people.models import Signed
from engawa.office.directory.models import Resource


class ReferralKind(Listed):
    """How somebody is introduced: word of mouth, going along, a letter."""


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    model_name="ReferralPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Referral(Signed):
    """A person is introduced to an agency while the case may stay（つなぎ）.

    ``introducer`` is the organisation that wrote it down: it holds the case, or helps in it.
    ``member`` is who of the household is introduced; None is the 本人. ``parts`` is what about them was handed on:
    whoever hands on anything says on which ``basis``, and on which consent where that is the basis.
    """

    class Answer(models.TextChoices):
        WAITING = "waiting", _("返事待ち")
        TAKEN = "taken", _("受けた")
        DECLINED = "declined", _("受けられない")
        NEEDLESS = "needless", _("返事はいらない")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    member = models.UUIDField("だれを", null=True, blank=True)
    kind = models.ForeignKey(ReferralKind, on_delete=models.PROTECT, related_name="+", verbose_name="つなぎ方")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="機関"
    )
    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="社会資源"
    )
    name = models.TextField("つなぎ先の名称", blank=True)
    contact_person = models.TextField("先方の担当", blank=True)
    on = models.DateField("つないだ日")
    wish = models.TextField("本人・家族の望み、つないだわけ", blank=True)
    parts = ArrayField(models.TextField(choices=Part.choices), default=list, verbose_name="伝えた範囲")
    handed = models.TextField("伝えたこと・渡したもの", blank=True)
    basis = models.TextField("伝えた根拠", choices=Grant.Basis.choices, blank=True)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals")
    reason = models.TextField("同意によらないわけ", blank=True)
    check_on = models.DateField("返事を確かめる日", null=True, blank=True)
    reminded_on = models.DateField(null=True, editable=False)
    answer = models.TextField("返事", choices=Answer.choices, default=Answer.WAITING)
    answered_on = models.DateField("返事の日", null=True, blank=True)
    answer_words = models.TextField("返事のことば", blank=True)
    introducer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="つないだ機関"
    )
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, resource__isnull=True, name="")
                | Q(organisation__isnull=True, resource__isnull=False, name="")
                | Q(organisation__isnull=True, resource__isnull=True) & ~Q(name=""),
                name="referral_leads_to_one",
            ),
            models.CheckConstraint(condition=Q(parts=[]) | ~Q(basis=""), name="referral_hands_on_with_basis"),
            models.CheckConstraint(
                condition=~Q(parts=[]) | Q(handed="", basis="", reason=""), name="referral_hands_on_parts"
            ),
            models.CheckConstraint(
                condition=Q(basis="consent", consent__isnull=False) | ~Q(basis="consent") & Q(consent__isnull=True),
                name="referral_consent",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["taken", "declined"], answered_on__gte=F("on"))
                | Q(answer__in=["waiting", "needless"], answered_on__isnull=True),
                name="referral_answered_on",
            ),
            models.CheckConstraint(condition=~Q(answer="declined") | ~Q(answer_words=""), name="referral_declined_why"),
        ]
        indexes = [
            models.Index(fields=["check_on"], name="referral_waiting", condition=Q(answer="waiting")),
        ]

    @property
    def called(self) -> str:
        """To whom it leads."""
        to = self.organisation or self.resource
        return to.name if to else self.name

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come."""
        return self.answer == Referral.Answer.WAITING

    @property
    def parts_named(self) -> list[str]:
        """What was handed on, in words."""
        return [str(part.label) for part in Part if part in self.parts]
