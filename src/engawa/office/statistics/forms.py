"""What a table can be asked for: window, comparison window, as-of day; days in either calendar."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from engawa.kernel.fiscal import Period
from engawa.kernel.wareki import NotADate, read_date
from engawa.kernel.words import translated
from engawa.office.statistics.rules import Scope, Table


class DayField(forms.CharField):
    """A day as 2020-09-01 or 令和2年9月1日."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_date(text)
        except NotADate as error:
            raise forms.ValidationError(translated(error)) from error


class ScopeForm(forms.Form):
    """The windows of one table or of a whole report.

    With ``whole_months`` days inside a month are refused: two windows that differ by a day show a single life.
    """

    first = DayField(label=_("期間の初日"))
    last = DayField(label=_("期間の末日"))
    first_before = DayField(label=_("比較期間の初日"), required=False)
    last_before = DayField(label=_("比較期間の末日"), required=False)
    as_of = DayField(label=_("基準日"), required=False)

    def __init__(self, *args: Any, whole_months: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole_months = whole_months

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.whole_months:
            self._check_months()
        self._check_order("first", "last")
        self._check_order("first_before", "last_before")
        if bool(cleaned.get("first_before")) != bool(cleaned.get("last_before")):
            self.add_error("last_before", _("比較期間には、初日と末日の両方を入れてください。"))
        return cleaned

    def _check_order(self, first: str, last: str) -> None:
        begins, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begins and ends and ends < begins:
            self.add_error(last, _("末日は、初日と同じ日か後の日にしてください。"))

    def _check_months(self) -> None:
        first = _("月の初日にしてください。少ない数から一人ひとりが分からないように、期間は月の単位です。")
        last = _("月の末日にしてください。少ない数から一人ひとりが分からないように、期間は月の単位です。")
        for name in ("first", "first_before"):
            if (day := self.cleaned_data.get(name)) and day.day != 1:
                self.add_error(name, first)
        for name in ("last", "last_before", "as_of"):
            if (day := self.cleaned_data.get(name)) and (day + dt.timedelta(days=1)).day != 1:
                self.add_error(name, last)

    @property
    def scope(self) -> Scope:
        """What is asked for; only of a valid form."""
        asked = self.cleaned_data
        before = Period(asked["first_before"], asked["last_before"]) if asked["first_before"] else None
        return Scope(Period(asked["first"], asked["last"]), before, asked["as_of"])


class TableForm(ScopeForm):
    """The windows, which table, and for those who answer for cases whether it counts theirs alone."""

    table = forms.ChoiceField(label=_("集計表"))
    own = forms.BooleanField(label=_("自分の機関の分だけ（少ない数も見えます）"), required=False)
    field_order = ("table", "own")

    def __init__(self, *args: Any, tables: Sequence[Table], own: tuple[UUID, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = own
        if not own:
            del self.fields["own"]
        self.tables = {table.name: table for table in tables}
        choice = self.fields["table"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(table.name, translated(table.title)) for table in tables]

    def clean(self) -> dict[str, Any]:
        table, own = self.tables.get(self.cleaned_data.get("table", "")), self.cleaned_data.get("own")
        if own and table and not table.facts.narrows:
            self.add_error("own", _("この集計表は、自分の機関の分だけに絞ることができません。"))
        self.whole_months = self.whole_months and not own
        return super().clean()

    @property
    def scope(self) -> Scope:
        """What is asked for; only of a valid form."""
        asked = super().scope
        return replace(asked, organisations=self.organisations) if self.cleaned_data.get("own") else asked

    @property
    def asked_table(self) -> Table:
        """The table asked for; only of a valid form."""
        return self.tables[self.cleaned_data["table"]]


def as_initial(window: Period) -> dict[str, dt.date]:
    """Field values for a window."""
    return {"first": window.first, "last": window.last}
