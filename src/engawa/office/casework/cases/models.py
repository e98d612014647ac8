"""Cases, their states with effective dates, talks that belong to them, and handovers."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from engawa.kernel.age import Age, words_of
from engawa.kernel.rows import Row
from engawa.kernel.words import translated
from engawa.office.access.models import Organisation, Staff
from engawa.office.casework.households.models import Household, Member
from engawa.office.casework.people.models import Person
from engawa.office.directory.models import Desk
from engawa.office.talks.models import Talk


class Standing(models.TextChoices):
    """Where a case stands on a day（状態）. No change at all means: continuing."""

    CONTINUING = "continuing", _("継続対応中")
    CLOSED = "closed", pgettext_lazy("状態", "終結")
    HANDED_OVER = "handed_over", pgettext_lazy("状態", "引継ぎ")


class Requester(models.TextChoices):
    """Who asked first（相談者）."""

    SELF = "self", _("本人")
    FAMILY = "family", _("家族・親族")
    AGENCY = "agency", _("支援する人・機関")
    COMPANY = "company", _("会社・お店・農家")
    OTHER = "other", _("その他")


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=pghistory.AnyChange(exclude=["state", "last_contact_on"])),
    model_name="CasePast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Case(Row):
    """The unit of support（ケース）, from the first consultation on. The person may stay nameless for years.

    ``number`` is what people see: ``E-2026-00042`` by fiscal year, or the number of the office's old ledger.
    ``household`` is what the case covers, ``member`` who of it is the 本人, if it is one of them.
    ``organisation`` holds the case; the right to see it comes from grants, not from this column.
    ``state`` and ``last_contact_on`` repeat what the states and contacts say today: PostgreSQL keeps them
    (triggers in ``0004``), so that a list of a million cases can be filtered by them.
    """

    number = models.TextField("ケース番号", unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cases", verbose_name="担当機関"
    )
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="cases", verbose_name="受付窓口")
    lead = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="led_cases", verbose_name="主担当"
    )
    received_on = models.DateField("受付日")
    requester = models.TextField("相談者", choices=Requester.choices)
    route = models.TextField("相談経路", blank=True)
    complaint = models.TextField("主訴", blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="本人"
    )
    # Its own index would hold every case without a household: case_by_household does not.
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="cases", db_index=False
    )
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="cases", db_index=False
    )
    handle = models.TextField("呼び名", blank=True)
    age_years = models.SmallIntegerField("受付時の年齢", null=True, blank=True)
    age_band = models.TextField("受付時の年代", blank=True)
    sex = models.TextField("性別", choices=Person.Sex.choices, default=Person.Sex.UNKNOWN)
    notes = models.JSONField("台帳の他の列", default=dict, blank=True)
    import_id = models.UUIDField(null=True, editable=False)
    opened_at = models.DateTimeField(auto_now_add=True)
    state = models.TextField("状態", choices=Standing.choices, default=Standing.CONTINUING, editable=False)
    last_contact_on = models.DateField("最後の対応日", null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["received_on", "desk"], name="case_by_day"),
            models.Index(fields=["organisation", "-received_on"], name="case_by_organisation"),
            models.Index(fields=["organisation", "last_contact_on"], name="case_by_last_contact"),
            models.Index(fields=["organisation", "number"], name="case_by_organisation_number"),
            models.Index(fields=["lead"], name="case_by_lead", condition=Q(lead__isnull=False)),
            models.Index(fields=["person"], name="case_by_person", condition=Q(person__isnull=False)),
            models.Index(fields=["household"], name="case_by_household", condition=Q(household__isnull=False)),
            models.Index(fields=["member"], name="case_by_member", condition=Q(member__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=True) | Q(household__isnull=False), name="case_member_has_household"
            )
        ]

    @property
    def called(self) -> str:
        """What people call the case: the person's name as far as it is known, else the handle."""
        known = self.person and (self.person.name or self.person.reading or self.person.nickname)
        return known or self.handle

    @property
    def age(self) -> str:
        """The age when the case was received, as far as it was known."""
        return translated(Age(self.age_years).words if self.age_years is not None else words_of(self.age_band))

    @property
    def carried_on(self) -> bool:
        """Whether another organisation of this house goes on with a case that was handed over."""
        return self.state == Standing.HANDED_OVER and self.organisation_id != self.desk.organisation_id


class CaseSearch(models.Model):
    """The search text of a case, folded and cut into pairs of characters (docs/decisions: Japanese search).

    ``family`` holds the names of the household's members: they find the case for whoever sees its family.
    PostgreSQL fills ``holders``: everybody who was ever given a right to the case.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="search")
    text = models.TextField()
    family = models.TextField(default="", blank=True)
    pieces = ArrayField(models.TextField())
    holders = ArrayField(models.UUIDField(), default=list, editable=False)

    class Meta:
        indexes = [GinIndex(fields=["pieces", "holders"], name="case_search_pieces")]


class CaseCounter(models.Model):
    """The last number given in a fiscal year; numbers have no gaps."""

    fiscal_year = models.SmallIntegerField(primary_key=True)
    last = models.IntegerField(default=0)


class EndReason(models.Model):
    """Why a case may end（終結の理由）: dated data with its source, so that a city can add its own."""

    code = models.TextField(primary_key=True)
    label = models.TextField("理由", unique=True)
    source = models.TextField("出典", blank=True)
    position = models.SmallIntegerField(default=0)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position", "code"]

    @property
    def name(self) -> str:
        """What a choice shows."""
        return translated(self.label)


class CaseState(Row):
    """A change of state with the day from which it holds. No row means: continuing（継続対応中）."""

    class State(models.TextChoices):
        CLOSED = "closed", pgettext_lazy("状態", "終結")
        HANDED_OVER = "handed_over", pgettext_lazy("状態", "引継ぎ")
        REOPENED = "reopened", pgettext_lazy("状態", "再開")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="states")
    effective_on = models.DateField("日付")
    state = models.TextField("状態", choices=State.choices)
    reason = models.TextField("理由", blank=True)
    reason_code = models.TextField(blank=True)
    destination = models.TextField("引継ぎ先", blank=True)
    note = models.TextField("メモ", blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    import_id = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["effective_on", "recorded_at"]
        indexes = [models.Index(fields=["case", "effective_on", "recorded_at", "id"], name="state_by_day")]


class CaseTalk(Row):
    """A talk that belongs to a case; linking it keeps all that was said."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="talk_links")
    talk = models.OneToOneField(Talk, on_delete=models.PROTECT, related_name="case_link")
    linked_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")


class Handover(Row):
    """A case offered to another organisation（引継ぎ）, which must accept it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handovers")
    giver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="handovers_given")
    taker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="handovers_taken")
    package = models.TextField("引き継ぐこと")
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    accepted = models.BooleanField(null=True)
    answer = models.TextField("返答", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(answered_at__isnull=True), name="one_open_handover")
        ]
