"""Fields that the forms of casework share."""

import datetime as dt
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.kernel.age import Age, NotAnAge, read_age
from engawa.kernel.my_number import holds_my_number
from engawa.kernel.wareki import NotADate, read_date
from engawa.kernel.words import translated

LONGEST_LINE = 200
LONGEST_TEXT = 50_000


class Written(forms.CharField):
    """Text kept as it was written. Invisible control characters are refused with their place, and マイナンバー."""

    def __init__(self, *, rows: int = 0, **options: Any) -> None:
        options.setdefault("max_length", LONGEST_TEXT if rows else LONGEST_LINE)
        options.setdefault("required", False)
        if rows:
            options["widget"] = forms.Textarea(attrs={"rows": rows})
        super().__init__(strip=not rows, **options)

    def to_python(self, value: Any) -> str:
        text: str = (super().to_python(value) or "").replace("\r\n", "\n")
        for place, character in enumerate(text, 1):
            if unicodedata.category(character) == "Cc" and character not in "\n\t":
                raise ValidationError(
                    _("%(place)s文字目に、目に見えない文字（制御文字）が入っています。消してから保存してください"),
                    params={"place": place},
                )
        if holds_my_number(text):
            raise ValidationError(
                _("マイナンバーらしい12けたの数字が入っています。ここには残せない番号です。消してから保存してください")
            )
        return text


class Named(forms.ModelChoiceField):  # type: ignore[type-arg] # generic in its stubs only
    """A choice among rows that have a name."""

    def __init__(self, queryset: QuerySet[Any], *, required: bool = True, **options: Any) -> None:
        nothing = _("えらんでください") if required else _("えらばない")
        super().__init__(queryset, required=required, **({"empty_label": nothing} | options))

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class Seen(forms.CharField):
    """The version that the writer had in front of them; empty on a form for something new."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False)


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let the form's field choose among these rows."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


class Day(forms.DateField):
    """A day, today at first, typed or chosen."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", clock.today)
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class WrittenDay(forms.DateField):
    """A day long ago as people say it: 昭和55年5月1日, S55.5.1, 1980-05-01, or nothing (X-08)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput, **options)

    def to_python(self, value: Any) -> dt.date | None:
        try:
            return read_date(value) if value else None
        except NotADate as wrong:
            raise ValidationError(translated(wrong)) from wrong


class AgeField(forms.CharField):
    """An age as far as it is known: 23, 40代, 不明 or nothing (X-05)."""

    def to_python(self, value: Any) -> Any:
        try:
            return read_age(super().to_python(value) or "")
        except NotAnAge as wrong:
            raise ValidationError(translated(wrong)) from wrong

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Age) else value
