"""People as far as they are known. Every field may be empty: nobody is refused for what is not known."""

import datetime as dt
from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.kernel.words import translated
from engawa.office.access.models import Organisation, Staff
from engawa.office.casework.people import rules


class Signed(Row):
    """What somebody wrote down: with an account here, or as an earlier record names its ``writer``, who has none."""

    signed_in: ClassVar[str] = "by"
    """The field that holds the account."""
    writer = models.TextField(_("記録した人"), blank=True)

    class Meta:
        abstract = True

    @property
    def signer(self) -> Staff | None:
        """Whoever wrote it with an account of this house."""
        found: Staff | None = getattr(self, self.signed_in)
        return found

    @property
    def written_by(self) -> str:
        """The name of whoever wrote it down, as far as anybody knows; ``shown_writer`` is what people read."""
        return self.signer.name if self.signer else self.writer

    @property
    def shown_writer(self) -> str:
        """As ``written_by``; a name that only an earlier record gives is marked, for it may be anybody's."""
        if self.signer or not self.writer:
            return self.written_by
        return gettext("%(name)s（台帳）") % {"name": self.writer}


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    model_name="PersonPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Person(Row):
    """A person（人）. Names are stored as written and never normalised.

    A person is seen by whoever sees one of their cases (the wall is made in a migration of ``cases``).
    ``name``, ``phone`` and ``address`` are those in use; further, earlier and secret ones stand in rows of their own.
    ``merged_into`` is the record under which this one counts since two were found to be the same person.
    """

    class Sex(models.TextChoices):
        """ISO 5218 as text; a form never forces a choice."""

        UNKNOWN = "0", _("不明")
        MALE = "1", _("男")
        FEMALE = "2", _("女")
        OTHER = "9", _("その他")

    name = models.TextField("氏名", blank=True)
    reading = models.TextField("よみ", blank=True)
    nickname = models.TextField("呼び名", blank=True)
    sex = models.TextField("性別", choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = models.DateField("生年月日", null=True, blank=True)
    age_years = models.SmallIntegerField("年齢", null=True, blank=True)
    age_band = models.TextField("年代", blank=True)
    age_on = models.DateField("年齢を聞いた日", null=True, blank=True)
    phone = models.TextField("電話", blank=True)
    address = models.TextField("住所", blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["merged_into"], name="person_merged", condition=Q(merged_into__isnull=False))]

    @property
    def named(self) -> bool:
        """Whether they have a name or a reading; a nickname leaves somebody anonymous."""
        return bool(self.name or self.reading)

    def known(self) -> rules.Known:
        """What is known of the person, as the rules compare it. Secret names, addresses and numbers never are."""
        others = [(one.name, one.reading) for one in self.other_names.all() if one.kind != OtherName.Kind.SECRET]
        return rules.Known(
            name=self.name,
            reading=self.reading,
            nickname=self.nickname,
            others=tuple(text for pair in others for text in pair if text),
            birth_date=self.birth_date,
            age_years=self.age_years,
            age_band=self.age_band,
            age_on=self.age_on,
            phone=self.phone,
            reaches=tuple(one.reach for one in self.other_reaches.all() if not one.secret),
            address=self.address,
        )

    def age_on_day(self, day: dt.date) -> str:
        """The age on ``day`` in words, with how far it is known."""
        return translated(rules.age_in_words(self.birth_date, self.age_years, self.age_band, self.age_on, day))


class _Period(Row):
    """Something that was true of a person for a time. Days that nobody knows stay empty.

    A secret one（秘匿）belongs to the ``organisation`` that wrote it.
    """

    kind: Any  # a text among the choices of each
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField("いつから", null=True, blank=True)
    ends_on = models.DateField("いつまで", null=True, blank=True)
    note = models.TextField("メモ", blank=True)

    class Meta:
        abstract = True

    @property
    def secret(self) -> bool:
        """Whether only the organisation that wrote it may know it."""
        return bool(self.kind == "secret")


_IN_ORDER = Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
_SECRET_BELONGS = ~Q(kind="secret") | Q(organisation__isnull=False)


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    model_name="OtherNamePast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class OtherName(_Period):
    """A name beside the one in use（別の名）.

    A common name shows with the basics of a case, a former one with its family. A secret one belongs to the
    ``organisation`` that wrote it and is seen there alone, also where other organisations hold a case of the same
    person; it goes along when the case is handed over.
    """

    class Kind(models.TextChoices):
        FORMER = "former", _("前の名前（旧姓など）")
        COMMON = "common", _("通称")
        SECRET = "secret", _("秘匿の名（DVなど）")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="other_names")
    kind = models.TextField("種類", choices=Kind.choices)
    name = models.TextField("名前", blank=True)
    reading = models.TextField("よみ", blank=True)

    class Meta:
        ordering = ["kind", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") | ~Q(reading=""), name="other_name_says_something"),
            models.CheckConstraint(condition=_IN_ORDER, name="other_name_period"),
            models.CheckConstraint(condition=_SECRET_BELONGS, name="other_name_secret_belongs"),
        ]


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    model_name="OtherAddressPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class OtherAddress(_Period):
    """An address beside the present one（別の住所）: shows with the family of a case, secret ones where it is held."""

    class Kind(models.TextChoices):
        FORMER = "former", _("前の住所")
        REGISTERED = "registered", _("住民票の住所")
        HOME = "home", _("実家など連絡のつく住所")
        SECRET = "secret", _("秘匿の住所（DVなど）")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="other_addresses")
    kind = models.TextField("種類", choices=Kind.choices)
    address = models.TextField("住所")

    class Meta:
        ordering = ["kind", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=_IN_ORDER, name="other_address_period"),
            models.CheckConstraint(condition=_SECRET_BELONGS, name="other_address_secret_belongs"),
        ]


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    pghistory.DeleteEvent(row=pghistory.Old),
    model_name="OtherReachPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class OtherReach(_Period):
    """Where somebody is reached beside the phone in use（別の連絡先）: a phone number or a mail address.

    ``message`` says whether a word may be left there, ``note`` when to call or whose it is（夜は出られない、母の携帯）.
    Shows with the family of a case, since it often tells of kin; a secret one where it was written. A caller is
    recognised by any that is not secret.
    """

    class Kind(models.TextChoices):
        MOBILE = "mobile", _("携帯電話")
        HOME = "home", _("自宅の電話")
        MAIL = "mail", _("メールアドレス")
        THROUGH = "through", _("家族などの連絡先")
        OTHER = "other", _("その他の連絡先")
        SECRET = "secret", _("秘匿の連絡先（DVなど）")

    class Message(models.TextChoices):
        """Empty: nobody has asked yet."""

        YES = "yes", _("伝言してよい")
        NO = "no", _("伝言しない")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="other_reaches")
    kind = models.TextField("種類", choices=Kind.choices)
    reach = models.TextField("連絡先")
    message = models.TextField("伝言", choices=Message.choices, blank=True)

    class Meta:
        ordering = ["kind", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=_IN_ORDER, name="other_reach_period"),
            models.CheckConstraint(condition=_SECRET_BELONGS, name="other_reach_secret_belongs"),
        ]


# Whatever is written down of a person beside what is in use.
Other = OtherName | OtherAddress | OtherReach
OTHERS: tuple[type[Other], ...] = (OtherName, OtherAddress, OtherReach)


class Mark(models.Model):
    """What a person may be recognised by（手がかり）: two facts folded into one text, for an index.

    Nothing secret is ever a mark. Made anew by ``actions.keep_marks`` whenever a person changes; only random numbers
    (``rules.COUNTED``), which let statistics count one person after another record of theirs was erased, stay.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="marks")
    mark = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["mark", "person"], name="mark_of_person")]
