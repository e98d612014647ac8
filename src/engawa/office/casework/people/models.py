"""People as far as they are known. Every field may be empty: nobody is refused for what is not known."""

import pghistory
from django.db import models

from engawa.kernel.rows import Row


@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old),
    model_name="PersonPast",
    context_field=None,  # type: ignore[arg-type] # None: no context, as its documentation says
)
class Person(Row):
    """A person（人）. Names are stored as written and never normalised.

    A person is seen by whoever sees one of their cases (the wall is made in a migration of ``cases``).
    """

    class Sex(models.TextChoices):
        """ISO 5218 as text; a form never forces a choice."""

        UNKNOWN = "0", "不明"
        MALE = "1", "男"
        FEMALE = "2", "女"
        OTHER = "9", "その他"

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
