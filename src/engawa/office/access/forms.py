"""Forms of staff, organisations and one's own corner."""

import json
from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.permissions import Role
from engawa.office.access.rules import BREAK_GLASS_MINUTES
from engawa.office.audit.wording import known_deeds

_DIFFERENT = _("二つのパスワードがちがいます。パスワードはまだ変わっていません。二つとも同じものを入れてください。")


class ChangePasswordForm(allauth.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Another password of one's own, typed twice."""

    def clean(self) -> Any:
        given = forms.Form.clean(self) or {}
        first, again = given.get("password1"), given.get("password2")
        if first and again and first != again:
            self.add_error("password2", _DIFFERENT)
        return given


class FirstPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # generic for the checker only
    """The first password of somebody who was invited, or whose way in was renewed."""

    error_messages = {"password_mismatch": _DIFFERENT}


class _OpenOrganisation(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker only
    """One of the organisations that have not ended."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            Organisation.objects.filter(ended_on=None), label=_("機関"), empty_label=_("選んでください"), **options
        )

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class StaffSearchForm(forms.Form):
    """Part of a name, reading, address or organisation."""

    q = forms.CharField(label=_("名前・よみ・メール・機関"), required=False)


class InviteForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """A new member of staff with a first role."""

    organisation = _OpenOrganisation()
    role = forms.ChoiceField(label=_("役割"), choices=Role.choices)

    class Meta:
        model = Staff
        fields = ("email", "name", "reading")
        widgets = {"name": forms.TextInput, "reading": forms.TextInput}

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if Staff.objects.filter(email=email).exists():
            raise forms.ValidationError(_("このメールアドレスの職員はもういます。職員の一覧から開いてください。"))
        return email


class RoleForm(forms.Form):
    """A further role, for a period."""

    organisation = _OpenOrganisation()
    role = forms.ChoiceField(label=_("役割"), choices=Role.choices)
    starts_on = forms.DateField(label=_("開始日"), initial=clock.today, widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(
        label=_("終了日"), required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text=_("空欄は期限なし")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("終了日は開始日より後にしてください。"))
        return data


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """What can be said of an organisation."""

    class Meta:
        model = Organisation
        fields = ("name", "reading", "kind", "area_code")
        widgets = {"name": forms.TextInput, "reading": forms.TextInput, "area_code": forms.TextInput}
        error_messages = {"name": {"unique": _("この名称の機関はもうあります。")}}


class SelfForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """One's own name, the name one gives in talks, and the language of the pages."""

    language = forms.ChoiceField(
        label=_("画面のことば"), required=False, choices=[("", _("ブラウザに合わせる")), *settings.LANGUAGES]
    )

    class Meta:
        model = Staff
        fields = ("name", "reading", "persona", "language")
        widgets = {"name": forms.TextInput, "reading": forms.TextInput, "persona": forms.TextInput}
        help_texts = {"persona": _("相談した人に見える名です。本名でなくてかまいません。")}


class BreakGlassForm(forms.Form):
    """Why one must see a case that one may not see, and for how long."""

    number = forms.CharField(label=_("ケース番号"), max_length=50)
    reason = forms.CharField(
        label=_("理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("スーパーバイザーがあとで必ず読みます。"),
    )
    minutes = forms.IntegerField(label=_("見る時間（分）"), min_value=1, max_value=BREAK_GLASS_MINUTES, initial=30)


class LogForm(forms.Form):
    """What an auditor looks for."""

    who = forms.CharField(label=_("だれが"), required=False)
    about = forms.CharField(label=_("ケース番号・対象"), required=False)
    deed = forms.ChoiceField(label=_("したこと"), required=False)
    since = forms.DateField(label=_("から"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("まで"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["deed"].choices = [("", _("すべて")), *known_deeds()]  # type: ignore[attr-defined]  # a ChoiceField


def read_draft(body: bytes) -> tuple[str, dict[str, list[str]]] | None:
    """The path and the fields of a draft as the browser sends it, or nothing if it is something else."""
    try:
        sent = json.loads(body)
        path, fields = sent["path"], sent["fields"]
        known = {str(name): [str(value) for value in values] for name, values in fields.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return (path, known) if isinstance(path, str) and path else None
