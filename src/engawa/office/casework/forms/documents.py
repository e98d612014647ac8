"""Documents: handing one over, and what is said about it."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engawa.office.casework.documents.actions import File
from engawa.office.casework.documents.models import Document, DocumentKind
from engawa.office.casework.documents.queries import kinds_today
from engawa.office.casework.forms.family import Whom
from engawa.office.casework.forms.fields import Day, Named, Written, offer

_TAKEN = _(
    "PDF、写真・画像、Word・Excel・PowerPoint（.docx、.xlsx、.pptx）、テキスト。20MBまで。"
    "写真の位置情報は、PDF の中の JPEG からも取り除きます（電子署名のある PDF は、署名を保つため、そのまま残します）"
)
_OFFERED = "application/pdf,image/*,.docx,.xlsx,.pptx,.txt,.csv"


class DescribeForm(forms.Form):
    """What is said about a document."""

    title = Written(label=_("題名"), required=True)
    kind = Named(label=_("種類"), queryset=DocumentKind.objects.none(), empty_label=None)
    dated_on = Day(label=_("書類の日付"), required=False, initial=None)
    member = Whom(label=_("だれについて"), none=_("ケース全体"), required=False)
    note = Written(label=_("メモ"), rows=2)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", kinds_today())

    def described(self) -> dict[str, Any]:
        """What the actions take; a member is kept by the id alone."""
        said = {name: self.cleaned_data[name] for name in DescribeForm.base_fields if name in self.cleaned_data}
        if member := said.get("member"):
            said["member"] = member.pk
        return said


class FileForm(forms.Form):
    """A file, for a new version of a document."""

    file = forms.FileField(label=_("ファイル"), help_text=_TAKEN, widget=forms.FileInput(attrs={"accept": _OFFERED}))
    reason = Written(label=_("新しい版の理由"), help_text=_("前の版も残ります"))

    def handed(self) -> File:
        """The file as it was handed over; only of a valid form."""
        given = self.cleaned_data["file"]
        return File(PurePath(given.name or "").name, given.read())


class AddForm(DescribeForm, FileForm):
    """A new document."""

    reason = None  # type: ignore[assignment] # Django's way to take a field back
    field_order = ("file", "title", "kind", "dated_on", "member", "note")


def description_of(document: Document) -> dict[str, Any]:
    """What ``DescribeForm`` shows at first."""
    return {name: getattr(document, name) for name in DescribeForm.base_fields}
