"""Staff, organisations, roles with periods, and grants: who may see which case, on what legal basis, until when."""

import datetime as dt

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engawa.kernel.ids import uuid7
from engawa.kernel.rows import Row
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Role


class Organisation(Row):
    """A body whose people work with cases（機関）: a city section, an entrusted NPO, a partner agency."""

    class Kind(models.TextChoices):
        CITY = "city", _("市区町村")
        WARD_CENTRE = "ward_centre", _("保健福祉センター")
        PREFECTURE = "prefecture", _("都道府県")
        ENTRUSTED = "entrusted", _("受託団体")
        PARTNER = "partner", _("関係機関")

    name = models.TextField(_("名称"), unique=True)
    reading = models.TextField(_("よみ"), blank=True)
    kind = models.TextField(_("種別"), choices=Kind.choices, default=Kind.PARTNER)
    area_code = models.TextField(_("全国地方公共団体コード"), blank=True)
    ended_on = models.DateField(_("終了日"), null=True, blank=True)

    class Meta:
        ordering = ["reading", "name"]

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    """Finds staff by their sign-in address; staff are made by ``access.actions.invite_staff`` only."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(email__iexact=username)


class Staff(AbstractBaseUser):
    """A member of staff（職員）. Signing in needs a password and a second factor."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("メールアドレス"), unique=True)
    name = models.TextField(_("氏名"))
    reading = models.TextField(_("よみ"), blank=True)
    persona = models.TextField(_("相談での名のり"), blank=True)
    language = models.TextField(_("画面のことば"), blank=True)
    is_active = models.BooleanField(_("有効"), default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = StaffManager()

    def __str__(self) -> str:
        return self.name


class Membership(Row):
    """A role of one member of staff in one organisation, for a period (end day included)."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("職員"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("機関")
    )
    role = models.TextField(_("役割"), choices=Role.choices)
    starts_on = models.DateField(_("開始日"))
    ends_on = models.DateField(_("終了日"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="membership_period"
            )
        ]
        indexes = [models.Index(fields=["staff", "organisation"], name="membership_by_staff")]


class Grant(Row):
    """A right to see one case（閲覧の根拠）, held by an organisation or one of its people; never without basis and end.

    With ``staff`` it is this one person's, and counts while they work with cases in the organisation. ``case_id`` is
    no foreign key: cases live on a floor above. Only the basis ``own`` may have no end: it ends by handover or, with
    the case, by retention. ``parts`` limits what of the case is seen; none named is the whole case.
    """

    class Basis(models.TextChoices):
        OWN = "own", _("自機関のケース")
        CONSENT = "consent", _("同意")
        CONFERENCE_POVERTY = "conference_9", _("支援会議（生活困窮者自立支援法第9条）")
        CONFERENCE_WELFARE = "conference_106_6", _("支援会議（社会福祉法第106条の6）")
        HANDOVER = "handover", _("引継ぎの打診")
        URGENT = "urgent", _("緊急")
        BREAK_GLASS = "break_glass", _("緊急閲覧")

    case_id = models.UUIDField()
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grants")
    basis = models.TextField(choices=Basis.choices)
    reason = models.TextField(blank=True)
    parts = ArrayField(models.TextField(choices=Part.choices), verbose_name=_("共有する範囲"), null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(basis="own") | Q(staff__isnull=True), name="grant_own_is_no_person_s"),
            models.CheckConstraint(condition=Q(basis="own") | Q(ends_at__isnull=False), name="grant_has_end"),
            models.CheckConstraint(
                condition=~Q(basis="break_glass")
                | Q(ends_at__lte=F("starts_at") + dt.timedelta(minutes=60)) & ~Q(reason=""),
                name="break_glass_is_short_and_reasoned",
            ),
            models.CheckConstraint(
                condition=Q(parts__isnull=True) | Q(parts__contains=["basics"]) & ~Q(basis="own"),
                name="grant_parts_with_basics",
            ),
        ]
        indexes = [
            models.Index(fields=["case_id", "organisation"], name="grant_by_case"),
            models.Index(fields=["staff", "case_id"], name="grant_by_staff"),
            models.Index(fields=["organisation", "case_id"], name="grant_by_organisation"),
            models.Index(fields=["-starts_at"], condition=Q(basis="break_glass"), name="grant_broken_glass"),
        ]

    @property
    def parts_named(self) -> list[str]:
        """What of the case is shared, in words; empty for the whole case."""
        return [str(part.label) for part in Part if part in (self.parts or [])]


class Draft(Row):
    """What a member of staff had typed into a form and not yet saved; given back when they return to it."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="drafts")
    path = models.TextField()
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "path"], name="draft_per_form")]


class KeptPost(Row):
    """What a member of staff sent after they had been signed off; sent again when they come back and say so."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="kept_posts")
    path = models.TextField()
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-kept_at"]


class Remembered(models.Model):
    """What all processes of the office share for a while (``shared_memory``): tries counted, codes used."""

    key = models.TextField(primary_key=True)
    value = models.TextField()
    until = models.DateTimeField(db_index=True)
