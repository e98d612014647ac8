"""The gallery: every component in every variant, on one page."""

from dataclasses import dataclass
from typing import get_args

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from engawa.kernel.doors import open_page
from engawa.ui import variants
from engawa.ui.beside import OVERTAKEN
from engawa.ui.figures import Figure, Number, draw
from engawa.ui.icons import NAMES
from engawa.ui.tables import Sort


@dataclass(frozen=True)
class _Tab:
    label: str
    url: str
    here: bool
    count: int | None = None


class Example(forms.Form):
    """One field of each kind."""

    words = forms.CharField(
        label=_("ことば"), help_text=_("話したい分だけ。"), widget=forms.Textarea(attrs={"rows": 3})
    )
    name = forms.CharField(label=_("呼ばれたい名前"), required=False)
    mail = forms.EmailField(label=_("メールアドレス"))
    day = forms.DateField(
        label=_("日付"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    method = forms.ChoiceField(
        label=_("手法"), choices=[("phone", _("電話")), ("interview", _("面談"))], required=False
    )
    age = forms.ChoiceField(
        label=_("年代"),
        choices=[("20", _("20代")), ("30", _("30代")), ("", _("答えない"))],
        required=False,
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("話したいこと"),
        choices=[("sleep", _("眠り")), ("family", _("家族")), ("work", _("しごと"))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label=_("約束を読みました"))
    file = forms.FileField(label=_("ファイル"), required=False)


def _overtaken() -> Example:
    """A form whose writer was overtaken: what stands there now is what it was begun with."""
    written = {"words": "月曜の夜に電話してほしい。", "method": "phone", "mail": "sakura@example.jp", "agreed": "on"}
    form = Example(written, initial={"words": "火曜の昼がよい。", "method": "interview"}, auto_id="id_overtaken_%s")
    form.add_error(None, ValidationError("ほかの人が先に直しました。", code=OVERTAKEN))
    return form


def _figures() -> list[Figure]:
    months = ["9月", "10月", "11月", "12月", "1月"]
    who: dict[str, list[Number]] = {
        "本人": [12, 18, 16, 22, 25],
        "家族・親族": [31, 28, 35, 40, 38],
        "その他": [4, 6, 3, None, 5],
    }
    return [
        draw(kind="bar", caption="新規の相談件数", labels=months, series={"本人": who["本人"]}, unit="件", head="月"),
        draw(kind="bar", caption="相談者別の件数", labels=months, series=who, unit="件", head="月"),
        draw(kind="stacked", caption="相談者別の内訳", labels=months, series=who, unit="件", head="月"),
        draw(kind="line", caption="相談件数のうつりかわり", labels=months, series=who, unit="件", head="月"),
    ]


_ROWS = [("E-2026-00042", "あおき", 12), ("E-2026-00043", "いとう", 3), ("E-2026-00044", "うえだ", 28)]
_COLUMNS = {"number": "0", "reading": "1", "contacts": "2"}


@open_page("invented examples only; nothing about anybody")
def gallery(request: HttpRequest) -> HttpResponse:
    """All components; ``?toast=1`` shows a toast, ``?office=1`` the office's frame."""
    if "toast" in request.GET:
        messages.success(request, "保存しました。")
    sort = Sort.asked(request.GET.get("sort"), columns=_COLUMNS, default="number")
    rows = sorted(_ROWS, key=lambda row: row[int(sort.columns[sort.key])], reverse=sort.descending)
    context = {
        "tones": get_args(variants.Tone),
        "kinds": get_args(variants.ButtonKind),
        "pictures": get_args(variants.Picture),
        "icons": NAMES,
        "form": Example(initial={"day": "2026-04-01"}),
        "wrong": Example(data={"mail": "さくら"}, prefix="wrong", auto_id="id_wrong_%s"),
        "overtaken": _overtaken(),
        "sort": sort,
        "rows": rows,
        "page": Paginator(range(30), 10).page(2),
        "tabs": [_Tab("待っている", "?", here=True, count=4), _Tab("すべて", "?all=1", here=False)],
        "figures": _figures(),
        "trend": [3, 5, 4, 8, 7, 9, 12],
    }
    return render(request, f"ui/gallery/{'office' if 'office' in request.GET else 'index'}.html", context)
