"""Conferences and agenda items, as far as the ledger knows them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from engawa.kernel.rows import Row
from engawa.office.casework.cases.models import Case


class Conference(Row):
    """One sitting of a support coordination conference（支援調整会議）; ``agencies`` as the minutes name them."""

    number = models.TextField("会議番号", unique=True)
    held_on = models.DateField("開催日")
    ward = models.TextField("開催区")
    basis = models.TextField("根拠", blank=True)
    agencies = models.JSONField("出席機関", default=list)
    notes = models.JSONField("台帳の他の列", default=dict, blank=True)
    import_id = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["-held_on"]
        indexes = [models.Index(fields=["held_on"], name="conference_by_day")]


class AgendaItem(Row):
    """One case at one conference（会議案件）."""

    class Kind(models.TextChoices):
        NEW = "new", _("新規")
        CONTINUED = "continued", _("継続")

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agenda_items")
    kind = models.TextField("区分", choices=Kind.choices)
    route = models.TextField("つながった経路", blank=True)
    lead = models.TextField("主担当", blank=True)
    notes = models.JSONField("台帳の他の列", default=dict, blank=True)
    import_id = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conference", "case"], name="item_once")]
