"""The notebook for outreach: a contact as it is written on the way, without a network."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engawa.office.casework.forms.fields import Day, Written
from engawa.office.casework.timeline.models import Counterpart, Method

# Speech goes into the field in paragraphs; the keyboard of a phone offers a new line, not "send".
_SPOKEN = forms.Textarea(attrs={"rows": 8, "enterkeyhint": "enter", "autocomplete": "off"})


class NotebookForm(forms.Form):
    """What the notebook asks for. The same names as in ``ContactForm``, which judges them once they arrive."""

    # The choices come on the device; Django knows of none and would not mark the field.
    number = forms.ChoiceField(label=_("ケース"), choices=(), widget=forms.Select(attrs={"required": True}))
    other = Written(label=_("ケースの番号"), help_text=_("例 E-2026-00042"))
    content = Written(label=_("内容"), rows=8, required=True, help_text=_("キーボードのマイクで話して書けます"))
    method = forms.ChoiceField(label=_("手法"), choices=Method.choices, initial=Method.VISIT, widget=forms.RadioSelect)
    counterpart = forms.ChoiceField(
        label=_("対象"), choices=Counterpart.choices, initial=Counterpart.SELF, widget=forms.RadioSelect
    )
    on = Day(label=_("対応日"), initial=None)
    at = forms.TimeField(label=_("時刻"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    minutes = forms.IntegerField(
        label=_("所要分"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": 1440}),
    )
    place = Written(label=_("場所"))
    urgent = forms.BooleanField(
        label=_("至急"), required=False, help_text=_("知らせが届くのは、つながって送れたときです。急ぐときは電話で")
    )

    def __init__(self) -> None:
        super().__init__(label_suffix="")
        self.fields["content"].widget = _SPOKEN


def _pin(label: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "off", "maxlength": 64})
    return forms.CharField(label=label, widget=widget)


class PinForm(forms.Form):
    """Opens the notebook on its device. The PIN stays there; the server never hears of it."""

    pin = _pin(_("PIN"))

    def __init__(self, name: str) -> None:
        super().__init__(label_suffix="", auto_id=f"{name}-%s")


class NewPinForm(PinForm):
    """A new PIN, typed twice."""

    pin = _pin(_("新しいPIN"))
    again = _pin(_("もう一度"))
