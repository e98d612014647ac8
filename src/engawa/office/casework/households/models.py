"""Households: members, relations, needs and events of life. Everything but who belongs to whom may stay unknown.

A household is seen by whoever sees one of its cases: PostgreSQL judges (migration ``households_and_support_maps``).
"""

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.kernel.words import translated
from engawa.office.access.models import Organisation, Staff
from engawa.office.casework.people.models import Person, Signed


class Listed(models.Model):
    """A choice that is data: dated, with its source, so that a city can add its own."""

    code = models.TextField(primary_key=True)
    label = models.TextField("名称", unique=True)
    source = models.TextField("出典", blank=True)
    position = models.SmallIntegerField(default=0)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    @property
    def name(self) -> str:
        """What a choice shows."""
        return translated(self.label)


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    model_name="HouseholdPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Household(Row):
    """People who live or manage life together（世帯）. Several cases may belong to one household."""

    name = models.TextField("世帯の呼び名", blank=True)
    note = models.TextField("世帯のようす", blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    model_name="MemberPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Member(Row):
    """A member of a household, or kin who matters to it（世帯員・家族）.

    ``called`` is enough: 母, 兄. ``person`` is set where the member is somebody's 本人; their own data then come
    from there, as far as the reader may see that person, else from here.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    called = models.TextField("続柄・呼び名", blank=True)
    name = models.TextField("氏名", blank=True)
    reading = models.TextField("よみ", blank=True)
    sex = models.TextField("性別", choices=Person.Sex.choices, default=Person.Sex.UNKNOWN)
    birth_date = models.DateField("生年月日", null=True, blank=True)
    age_years = models.SmallIntegerField("年齢", null=True, blank=True)
    age_band = models.TextField("年代", blank=True)
    age_on = models.DateField("年齢を聞いた日", null=True, blank=True)
    birth_order = models.SmallIntegerField("きょうだいの何番目", null=True, blank=True)
    lives_here = models.BooleanField("同居している", default=True)
    whereabouts = models.TextField("いまいるところ", blank=True)
    deceased = models.BooleanField("亡くなっている", default=False)
    died_on = models.DateField("亡くなった日", null=True, blank=True)
    occupation = models.TextField("しごと・学校", blank=True)
    note = models.TextField("メモ", blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(died_on__isnull=True) | Q(deceased=True), name="member_died"),
            models.CheckConstraint(condition=Q(deceased=False) | Q(lives_here=False), name="member_dead_live_nowhere"),
            models.UniqueConstraint(
                fields=["household", "person"], condition=Q(person__isnull=False), name="member_once"
            ),
        ]


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    model_name="SecretPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Secret(Row):
    """A member's name or whereabouts that others must not learn（秘匿）: a mother who fled, with her new address.

    It belongs to the ``organisation`` that wrote it and is seen there alone, also where other organisations hold a
    case of the same household; it goes along when the case is handed over. No map, no search and no paper knows it.
    Whoever is the 本人 of a case has secret names and addresses of their own.
    """

    class Kind(models.TextChoices):
        NAME = "name", _("秘匿の名")
        WHEREABOUTS = "whereabouts", _("秘匿の居場所・連絡先")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="secrets")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="secrets")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField("種類", choices=Kind.choices)
    words = models.TextField("秘匿すること")
    note = models.TextField("メモ", blank=True)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="secret_says_something")]


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    model_name="RelationPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Relation(Row):
    """How two members are related（関係）. Siblings follow from their parents and have no row.

    Of parent and child, ``one`` is the parent; couples and other relatives stand in any order. Years are the common
    era; people remember years, rarely days.
    """

    class Kind(models.TextChoices):
        PARENT = "parent", _("親子（実子）")
        ADOPTIVE = "adoptive", _("親子（養子）")
        FOSTER = "foster", _("親子（里子）")
        STEP = "step", _("親子（継子）")
        MARRIED = "married", _("夫婦（婚姻）")
        COMMON_LAW = "common_law", _("夫婦（内縁・事実婚）")
        PARTNER = "partner", _("交際")
        RELATIVE = "relative", _("その他の親族")

    class Ending(models.TextChoices):
        SEPARATED = "separated", _("別居")
        DIVORCED = "divorced", _("離婚・離別")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="relations")
    one = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="relations_on")
    other = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="relations_back")
    kind = models.TextField("関係", choices=Kind.choices)
    ending = models.TextField("いまは", choices=Ending.choices, blank=True)
    since_year = models.SmallIntegerField("はじまりの年", null=True, blank=True)
    until_year = models.SmallIntegerField("おわりの年", null=True, blank=True)
    words = models.TextField("どんな関係か", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(one=models.F("other")), name="relation_of_two"),
            models.UniqueConstraint(Least("one", "other"), Greatest("one", "other"), name="relation_once"),
            models.CheckConstraint(
                condition=Q(since_year__isnull=True)
                | Q(until_year__isnull=True)
                | Q(until_year__gte=models.F("since_year")),
                name="relation_years",
            ),
        ]


class NeedKind(Listed):
    """A kind of need, as the national intake sheet lists them."""


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    model_name="NeedPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Need(Signed):
    """What troubles a member of the household, or the household as a whole（課題）."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="needs")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, blank=True, related_name="needs")
    kind = models.ForeignKey(NeedKind, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField("本人・家族のことば", blank=True)
    noted_on = models.DateField("気づいた日")
    settled_on = models.DateField("落ち着いた日", null=True, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["noted_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__isnull=False) | ~Q(words=""), name="need_says_something"),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | Q(settled_on__gte=models.F("noted_on")), name="need_period"
            ),
        ]


class LifeEventKind(Listed):
    """A kind of event of life; ``effect`` is what it changes about the member by itself."""

    class Effect(models.TextChoices):
        DIED = "died", _("亡くなる")
        LEFT = "left", _("家を出る")
        JOINED = "joined", _("家に入る")

    effect = models.TextField(choices=Effect.choices, blank=True)


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    model_name="LifeEventPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class LifeEvent(Signed):
    """Something that happened to a member or the household（世帯の出来事）: often the moment to be in touch."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="events_of_life")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, blank=True, related_name="events_of_life")
    kind = models.ForeignKey(LifeEventKind, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("日付")
    about = models.BooleanField("おおよその日", default=False)
    words = models.TextField("ようす", blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["on", "recorded_at"]
        indexes = [models.Index(fields=["household", "on"], name="life_event_by_day")]
