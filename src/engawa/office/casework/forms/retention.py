"""Holds, and for how many years records are kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engawa.office.casework.forms.fields import Day, Named, Seen, Written
from engawa.office.casework.retention.models import RecordClass

LONGEST_YEARS = 100


class HoldForm(forms.Form):
    """The records of a case are held back from destruction."""

    reason = Written(label=_("保全の理由"), rows=3, required=True, help_text=_("不服申立て、開示請求、事故など"))
    ends_on = Day(label=_("いつまで"), required=False, initial=None, help_text=_("空欄は、解くまで"))


class LiftForm(forms.Form):
    """A hold is lifted."""

    note = Written(label=_("解く理由"), rows=2, required=True)


class TermForm(forms.Form):
    """A class of record is kept for so many years, for cases closed from a day on."""

    record_class = Named(label=_("文書の種類"), queryset=RecordClass.objects.all(), empty_label=None)
    years = forms.IntegerField(
        label=_("年数"), required=False, min_value=1, max_value=LONGEST_YEARS, help_text=_("空欄は永久")
    )
    starts_on = Day(label=_("いつの終結から"))
    source = Written(label=_("根拠"), required=True, help_text=_("文書管理規程の名前や改正日など"))


class AskerForm(forms.Form):
    """Who asked for the records of a case's person."""

    asker = Written(
        label=_("開示を求めた人"),
        required=True,
        help_text=_("請求書に書かれた名前。本人か、正当な代理人かを確かめてから"),
    )


class PickForm(forms.Form):
    """What of a person's records goes out as written, masked although in doubt, or not at all."""

    whole = forms.MultipleChoiceField(required=False)
    masked = forms.MultipleChoiceField(required=False)
    withheld = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, keys: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("whole", "masked", "withheld"):
            self.fields[name] = forms.MultipleChoiceField(required=False, choices=[(key, key) for key in keys])


class StrikeForm(forms.Form):
    """A passage to be masked wherever it stands, and why."""

    use_required_attribute = False  # other buttons of the page send it empty

    words = Written(label=_("伏せることば"), required=True, help_text=_("下の文面でなぞって選ぶと、ここに入ります"))
    reason = Written(
        label=_("伏せる理由"), required=True, help_text=_("例：ほかの人のことがわかる。本人に渡す紙にも載ります")
    )


class ReturnForm(forms.Form):
    """What is still to be done before a disclosure can leave."""

    words = Written(label=_("どこを直すとよいか"), rows=2)
    seen = Seen()
