"""The support team of a case, and the ties of its household to whatever carries it."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.office.access.models import Organisation, Staff
from engawa.office.casework.cases.models import Case
from engawa.office.casework.households.models import Household, Member
from engawa.office.directory.models import Resource


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    model_name="AgencyPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Agency(Row):
    """An agency in the support team（支援チーム）of a case, with its part in it, for a period (end day included).

    ``organisation`` where it is one of the house's own, else ``name``: a clinic, a school, a care manager. Being in
    the team gives no right to see the case; grants do.
    """

    class Role(models.TextChoices):
        LEAD = "lead", _("主担当")
        COOPERATING = "cooperating", _("協力")
        INFORMING = "informing", _("情報提供")
        WATCHING = "watching", _("見守り")
        ADVISING = "advising", _("助言")
        OTHER = "other", _("その他")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="agencies")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="機関"
    )
    name = models.TextField("名称", blank=True)
    role = models.TextField("役割", choices=Role.choices, default=Role.COOPERATING)
    contact_person = models.TextField("担当の人", blank=True)
    phone = models.TextField("連絡先", blank=True)
    since = models.DateField("いつから")
    until = models.DateField("いつまで", null=True, blank=True)
    note = models.TextField("メモ", blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, name="") | Q(organisation__isnull=True) & ~Q(name=""),
                name="agency_is_somebody",
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="agency_period"),
        ]

    @property
    def called(self) -> str:
        """The agency's name."""
        return self.organisation.name if self.organisation else self.name


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    model_name="TiePast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Tie(Row):
    """A tie（つながり）of a member, or of the household, to an agency, a resource, or anything that has a name.

    ``flow`` is where the energy goes: towards the household, away from it, or both ways.
    """

    class Strength(models.TextChoices):
        STRONG = "strong", _("強い")
        PLAIN = "plain", _("ふつう")
        WEAK = "weak", _("弱い")
        STRAINED = "strained", _("ぎくしゃくしている")
        CUT = "cut", _("切れている")

    class Flow(models.TextChoices):
        BOTH = "both", _("互いに")
        IN = "in", _("相手から")
        OUT = "out", _("こちらから")
        NONE = "none", _("わからない")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ties")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, blank=True, related_name="ties")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="ties")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.TextField("相手", blank=True)
    strength = models.TextField("つながり", choices=Strength.choices, default=Strength.PLAIN)
    flow = models.TextField("向き", choices=Flow.choices, default=Flow.NONE)
    note = models.TextField("メモ", blank=True)
    drawn_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["drawn_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, resource__isnull=True, name="")
                | Q(agency__isnull=True, resource__isnull=False, name="")
                | Q(agency__isnull=True, resource__isnull=True) & ~Q(name=""),
                name="tie_leads_to_one",
            )
        ]

    @property
    def carries(self) -> bool:
        """Whether somebody is carried by it: it holds, and energy does not only go away."""
        return self.strength not in (Tie.Strength.STRAINED, Tie.Strength.CUT) and self.flow != Tie.Flow.OUT

    @property
    def called(self) -> str:
        """What the tie leads to."""
        if self.agency:
            return self.agency.called
        return self.resource.name if self.resource else self.name


class Joining(Row):
    """Two households became one（世帯をまとめた記録）: ``case`` moved into ``household`` with all that its own knew.

    ``left`` was that household, with its name and note; ``moved`` are the rows that came along. Where its 本人 ``own``
    was recognised as ``member``, ``turned`` are the rows that are about that one since. ``filled`` says what was taken
    over: the name of the household, the person of the member. Parting（分ける）gives all of that back.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="joinings")
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="joinings")
    left = models.UUIDField()
    left_name = models.TextField("前の世帯の呼び名", blank=True)
    left_note = models.TextField("前の世帯のようす", blank=True)
    own = models.UUIDField(null=True)
    member = models.UUIDField(null=True)
    moved = ArrayField(models.UUIDField(), default=list)
    turned = ArrayField(models.UUIDField(), default=list)
    filled = ArrayField(models.TextField(), default=list)
    joined_at = models.DateTimeField()
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    parted_at = models.DateTimeField(null=True)
    parted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    parted_reason = models.TextField("分ける理由", blank=True)

    class Meta:
        ordering = ["joined_at"]
