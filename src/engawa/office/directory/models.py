"""Consultation desks, their hours, and the resources of the community."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from engawa.kernel.hours import Weekly
from engawa.kernel.rows import Row
from engawa.office.access.models import Organisation


class Desk(Row):
    """A consultation desk（相談窓口）. ``group`` says how the verification report counts it."""

    class Group(models.TextChoices):
        ALL_AGE = "all_age", _("全年齢の相談窓口")
        WARD_CENTRE = "ward_centre", _("保健福祉センター")
        FORMER = "former", _("以前の相談窓口")
        OTHER = "other", _("その他")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="desks", verbose_name=_("運営機関")
    )
    name = models.TextField(_("名称"), unique=True)
    name_easy = models.TextField(_("名称（やさしい日本語）"), blank=True)
    name_english = models.TextField(_("名称（英語）"), blank=True)
    reading = models.TextField(_("よみ"), blank=True)
    group = models.TextField(_("集計上の区分"), choices=Group.choices, default=Group.OTHER)
    summary = models.TextField(_("紹介文"), blank=True)
    summary_easy = models.TextField(_("紹介文（やさしい日本語）"), blank=True)
    summary_english = models.TextField(_("紹介文（英語）"), blank=True)
    phone = models.TextField(_("電話"), blank=True)
    email = models.TextField(_("メール"), blank=True)
    address = models.TextField(_("所在地"), blank=True)
    areas = models.TextField(_("担当区域"), blank=True)
    takes_talks = models.BooleanField(_("文字の相談を受ける"), default=False)
    published = models.BooleanField(_("掲示する"), default=False)
    position = models.PositiveSmallIntegerField(_("並び順"), default=0)

    class Meta:
        ordering = ["position", "reading", "name"]

    def __str__(self) -> str:
        return self.name

    def weekly(self) -> list[Weekly]:
        """The hours, as the rules of opening read them."""
        return [Weekly(one.weekday, one.opens, one.closes, one.starts_on, one.ends_on) for one in self.hours.all()]

    def closed_dates(self) -> set[dt.date]:
        return {one.day for one in self.closed_days.all()}


class OpeningHours(Row):
    """When a desk is open on one weekday (1 = Monday … 7 = Sunday), for a period. 23:59 means until midnight."""

    class Weekday(models.IntegerChoices):
        MONDAY = 1, pgettext_lazy("曜日", "月")
        TUESDAY = 2, pgettext_lazy("曜日", "火")
        WEDNESDAY = 3, pgettext_lazy("曜日", "水")
        THURSDAY = 4, pgettext_lazy("曜日", "木")
        FRIDAY = 5, pgettext_lazy("曜日", "金")
        SATURDAY = 6, pgettext_lazy("曜日", "土")
        SUNDAY = 7, pgettext_lazy("曜日", "日")

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="hours")
    weekday = models.SmallIntegerField(_("曜日"), choices=Weekday.choices)
    opens = models.TimeField(_("開始"))
    closes = models.TimeField(_("終了"))
    starts_on = models.DateField(_("適用開始日"), null=True, blank=True)
    ends_on = models.DateField(_("適用終了日"), null=True, blank=True)

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__range=(1, 7)), name="hours_weekday"),
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="hours_order"),
        ]


class ClosedDay(Row):
    """A day on which a desk is closed in spite of its hours."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="closed_days")
    day = models.DateField(_("休みの日"))
    reason = models.TextField(_("理由"), blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["desk", "day"], name="closed_once")]


class Resource(Row):
    """Anything in the community that can help（社会資源）: a place to be, a course at home, a family group."""

    class Kind(models.TextChoices):
        PLACE = "place", _("居場所")
        COURSE = "course", _("家でできる講座")
        FAMILY_GROUP = "family_group", _("家族の会")
        EXPERIENCE = "experience", _("見学・体験")

    kind = models.TextField(_("種類"), choices=Kind.choices)
    name = models.TextField(_("名称"))
    name_easy = models.TextField(_("名称（やさしい日本語）"), blank=True)
    name_english = models.TextField(_("名称（英語）"), blank=True)
    reading = models.TextField(_("よみ"), blank=True)
    summary = models.TextField(_("紹介文"), blank=True)
    summary_easy = models.TextField(_("紹介文（やさしい日本語）"), blank=True)
    summary_english = models.TextField(_("紹介文（英語）"), blank=True)
    times = models.TextField(_("日時"), blank=True)
    where = models.TextField(_("場所"), blank=True)
    online = models.BooleanField(_("オンラインあり"), default=False)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("運営機関"),
    )
    published = models.BooleanField(_("掲示する"), default=False)

    class Meta:
        ordering = ["kind", "reading", "name"]

    def __str__(self) -> str:
        return self.name
