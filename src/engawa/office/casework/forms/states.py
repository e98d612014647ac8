"""終結, 再開, 引継ぎ."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engawa.office.access.models import Organisation
from engawa.office.casework.cases.models import Case, EndReason
from engawa.office.casework.forms.fields import Day, Named, Written, offer


class CloseForm(forms.Form):
    """終結 with its reason."""

    reason = Named(label=_("理由"), queryset=EndReason.objects.none(), widget=forms.RadioSelect, empty_label=None)
    on = Day(label=_("終結の日"))
    note = Written(label=_("メモ"), rows=3)

    def __init__(self, *args: Any, reasons: QuerySet[EndReason], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "reason", reasons)


class ReopenForm(forms.Form):
    """再開."""

    on = Day(label=_("再開の日"))
    note = Written(label=_("きっかけ"), rows=3)


class OfferForm(forms.Form):
    """引継ぎ to another organisation, with what it should know."""

    taker = Named(label=_("引継ぎ先"), queryset=Organisation.objects.none())
    package = Written(
        label=_("引き継ぐこと"),
        rows=10,
        required=True,
        help_text=_("これまでの経過、本人・家族の望み、気をつけること。相手はこの文とケースの記録を読んで返事をします"),
    )

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        others = Organisation.objects.filter(ended_on__isnull=True).exclude(pk=case.organisation_id)
        offer(self, "taker", others)


class AnswerForm(forms.Form):
    """The answer to an offered case; the button pressed is the choice."""

    CHOICES = (("accept", _("受ける")), ("decline", _("断る")), ("withdraw", _("取り下げる")))
    choice = forms.ChoiceField(choices=CHOICES, widget=forms.HiddenInput)

    on = Day(label=_("引継ぎの日"), required=False, help_text=_("受けるとき。この日から、この機関のケースになります"))
    answer = Written(label=_("返答"), rows=4, help_text=_("断るときは、理由と、ほかに頼れそうなところがあれば"))
