"""Consents in the words that were agreed to, what was shared on them, and requests to see a case."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.office.access.models import Grant, Organisation, Staff
from engawa.office.access.parts import Part
from engawa.office.casework.cases.models import Case
from engawa.office.casework.documents.models import Document
from engawa.office.casework.households.models import Listed
from engawa.office.casework.people.models import Signed


class Purpose(Listed):
    """What a consent may be for（目的）."""


class ConsentText(Row):
    """The words that are read or handed over before somebody agrees（同意の文面）. A changed text is a new version.

    Without an organisation it belongs to the whole house; an organisation's own version comes before it.
    """

    code = models.TextField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.SmallIntegerField("版", default=1)
    title = models.TextField("題")
    body = models.TextField("文面")
    written_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "organisation", "version"], nulls_distinct=False, name="consent_text_version"
            )
        ]

    @property
    def name(self) -> str:
        """What a choice shows."""
        return gettext("%(name)s（第%(version)s版）") % {"name": gettext(self.title), "version": self.version}


class Way(models.TextChoices):
    """How somebody agreed, or took it back."""

    WORD = "word", _("口頭")
    PAPER = "paper", _("書面")
    CHAT = "chat", _("チャット・メール")


class Consent(Signed):
    """A consent（同意）: who agreed to which words, for what, about which parts, until when. Withdrawn, it stays.

    ``paper`` is the signed document（署名した書面）, where there is one.
    """

    class Giver(models.TextChoices):
        SELF = "self", _("本人")
        FAMILY = "family", _("家族・親族")
        GUARDIAN = "guardian", _("法定代理人")

    signed_in = "recorded_by"
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    giver = models.TextField("同意した人", choices=Giver.choices)
    giver_name = models.TextField("同意した人の名前・続柄", blank=True)
    way = models.TextField("方法", choices=Way.choices)
    given_on = models.DateField("同意した日")
    purposes = ArrayField(models.TextField(), verbose_name="目的")
    parts = ArrayField(models.TextField(choices=Part.choices), verbose_name="共有する範囲")
    ends_on = models.DateField("いつまで")
    note = models.TextField("本人・家族のことば、条件", blank=True)
    paper = models.ForeignKey(
        Document,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name="署名した書面",
    )
    recorded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_on = models.DateField("取りやめた日", null=True, blank=True)
    withdrawn_way = models.TextField("取りやめの方法", choices=Way.choices, blank=True)
    withdrawal_note = models.TextField("取りやめのことば", blank=True)
    withdrawn_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-given_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("given_on")), name="consent_period"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")), name="consent_withdrawal"
            ),
        ]

    @property
    def parts_named(self) -> list[str]:
        """What may be shared, in words."""
        return [str(part.label) for part in Part if part in self.parts]

    @property
    def name(self) -> str:
        """What a choice shows."""
        return f"{self.given_on:%Y-%m-%d} {self.get_giver_display()}：{self.text.title}"


class ConsentParty(Row):
    """To whom a consent lets something be shared: an organisation of this house, or an agency named in words."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.TextField("機関", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, agency="") | Q(organisation__isnull=True) & ~Q(agency=""),
                name="consent_party_named",
            )
        ]

    @property
    def called(self) -> str:
        """The name of the organisation or agency."""
        return self.organisation.name if self.organisation else self.agency


class Share(Row):
    """A right to see the case that was given to others（共有）, and the consent it rests on, if any."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shares")
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="shares")

    class Meta:
        ordering = ["-id"]


class AccessRequest(Row):
    """Somebody asks to see a case（閲覧の申請）; those whose own case it is answer."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="access_requests")
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField("見たい理由")
    parts = ArrayField(models.TextField(choices=Part.choices), verbose_name="見たい範囲")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    share = models.OneToOneField(Share, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.TextField("返事", blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "asked_by"], condition=Q(answered_at__isnull=True), name="one_open_access_request"
            )
        ]
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="access_request_by_asker")]

    @property
    def parts_named(self) -> list[str]:
        """What is asked for, in words."""
        return [str(part.label) for part in Part if part in self.parts]
