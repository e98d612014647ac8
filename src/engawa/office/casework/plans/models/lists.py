"""Code lists of plans: dated data with their source, so that a new year or a city can change them."""

from django.db import models

from engawa.office.casework.households.models import Listed


class PlanService(Listed):
    """A service that a plan may use（事業）, under the law or outside it (form 5 of the national standard forms).

    ``most_months`` is how long it may be used without a special reason; empty where no limit is known to us. What
    begins within ``pause_days`` of the end of an earlier use counts as one with it. For that the law names no number of
    days: 31 is for holidays and the days between two plans, until the municipality says its own.
    """

    group = models.TextField("区分")
    legal = models.BooleanField()
    most_months = models.SmallIntegerField(null=True, blank=True)
    pause_days = models.SmallIntegerField("続きとみなす間（日）", default=31)


class WorkMenu(Listed):
    """What work preparation may consist of（支援メニュー）: offered while steps are written, and nothing more."""


class NoticedChange(Listed):
    """A change that the person or a worker may notice（見られた変化）: not only employment.

    ``begins_work``: statistics count whoever had such a change as having reached work.
    """

    group = models.TextField("区分")
    begins_work = models.BooleanField("就労の開始", default=False)
