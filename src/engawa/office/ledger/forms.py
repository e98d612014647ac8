"""Handing over the files of a ledger."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engawa.kernel.spreadsheets.archive import LARGEST_FILE
from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.models import Organisation
from engawa.office.casework.forms.fields import WrittenDay
from engawa.office.ledger.actions.receiving import Handed
from engawa.office.ledger.rules import Part


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One workbook, or several CSV files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [super(FilesField, self).clean(file, initial) for file in data or [None]]
        if sum(file.size or 0 for file in files) > LARGEST_FILE:
            raise forms.ValidationError(_("ファイルが大きすぎます（合わせて64 MBまで）。分けて取り込んでください。"))
        return files


PARTS = [
    (Part.PEOPLE.value, _("本人・世帯・同意・つなぎ・家族教室（氏名・住所・連絡先をふくみます）")),
    (Part.ASSESSMENTS.value, _("アセスメント")),
    (Part.PLANS.value, _("計画と支援チーム")),
]


class GiveOutForm(forms.Form):
    """Which cases go out, by the days on which they were received, and how much of them."""

    first = WrittenDay(label=_("受付日のはじめ"), help_text=_("空欄なら、最初から"))
    last = WrittenDay(label=_("受付日のおわり"), help_text=_("空欄なら、今日まで"))
    parts = forms.TypedMultipleChoiceField(
        label=_("いっしょに書き出すもの"),
        choices=PARTS,
        coerce=Part,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "選ばないかぎり、氏名・住所・連絡先は書き出しません。秘匿の名・住所・連絡先は、どれを選んでも書き出しません。"
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("おわりは、はじめと同じ日か後の日にしてください。"))
        return cleaned


class UploadForm(forms.Form):
    """The files, and for which organisation."""

    books = FilesField(
        label=_("台帳のファイル"),
        help_text=_(
            "Excel（.xlsx）を一つ、または CSV をまとめて選べます。まだ何も書き込みません。次の画面で確かめられます。"
        ),
    )
    organisation = forms.ModelChoiceField(
        label=_("取り込む機関"), queryset=Organisation.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organisation"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = organisations
        if len(organisations) == 1:
            choice.initial = organisations[0]
            choice.widget = forms.HiddenInput()

    def handed(self) -> Handed:
        """The ledger as it was handed over; only of a valid form."""
        files = [Source(PurePath(file.name or "").name, file.read()) for file in self.cleaned_data["books"]]
        return Handed(files, organisation=self.cleaned_data["organisation"])

    @property
    def is_large(self) -> bool:
        """Whether somebody would wait noticeably: then a job does the work."""
        return sum(file.size or 0 for file in self.cleaned_data["books"]) > LARGE


LARGE = 300_000
