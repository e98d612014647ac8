"""Staying connected, and quiet contacts."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.office.casework.forms.fields import Day, Written
from engawa.office.casework.plans.models.staying import QuietContact, Staying
from engawa.office.casework.plans.queries.staying import version_of
from engawa.office.casework.plans.rules import Rhythm


class StayingForm(forms.Form):
    """How we stay connected."""

    words = Written(
        label=_("望まれているつながり方"),
        rows=3,
        required=True,
        help_text=_("本人や家族のことばで。まだ聞けていなければ、いま考えていることを"),
    )
    care = Written(label=_("気をつけること"), rows=2, help_text=_("例：呼び鈴は鳴らさない。返事を求める文は書かない"))
    since = Day(label=_("いつから"), required=False, help_text=_("もう続けてきたことなら、はじめた日を"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not new:
            del self.fields["since"]


def staying_said(staying: Staying) -> dict[str, Any]:
    """What ``StayingForm`` shows at first."""
    return {"words": staying.words, "care": staying.care, "seen": version_of(staying)}


class EndForm(forms.Form):
    """Why staying connected comes to an end."""

    reason = Written(
        label=_("おわりにする理由"),
        rows=3,
        required=True,
        help_text=_("返事がないことは、おわりにする理由になりません"),
    )


class QuietForm(forms.Form):
    """A quiet contact: in which way, how often, from when, until when if at all."""

    way = forms.ChoiceField(label=_("方法"), choices=QuietContact.Way.choices, widget=forms.RadioSelect)
    rhythm = forms.ChoiceField(label=_("どのくらいごと"), choices=[(one.value, _(one.label)) for one in Rhythm])
    words = Written(label=_("届けること"), rows=2, help_text=_("例：季節のあいさつ、居場所のおたより"))
    next_on = Day(label=_("次のめやす"))
    until = Day(label=_("いつまで"), required=False, initial=None, help_text=_("決めなくてかまいません"))


def quiet_said(quiet: QuietContact) -> dict[str, Any]:
    """What ``QuietForm`` shows at first."""
    return {name: getattr(quiet, name) for name in ("way", "rhythm", "words", "next_on", "until")}


class MadeForm(forms.Form):
    """It was delivered."""

    on = Day(label=_("届けた日"))
    content = Written(label=_("内容"), rows=4)

    def clean_on(self) -> dt.date:
        """A contact cannot be in the future."""
        on: dt.date = self.cleaned_data["on"]
        if on > clock.today():
            raise ValidationError(_("先の日付の対応は記録できません。今日までの日を入れてください"))
        return on


class WaitForm(forms.Form):
    """Not now: until when, and a word why."""

    until = Day(label=_("いつまで待つか"), initial=None)
    word = Written(label=_("ひとこと"), required=True, help_text=_("例：お母さんが入院中で、落ち着くまで"))
