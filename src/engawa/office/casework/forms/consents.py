"""Consents, sharing, and requests to see a case."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.office.access.models import Grant, Organisation
from engawa.office.access.parts import Part
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.actions import BASES
from engawa.office.casework.consents.models import Consent, ConsentText, Purpose, Way
from engawa.office.casework.documents.models import Document
from engawa.office.casework.documents.queries import papers_of
from engawa.office.casework.forms.fields import Day, Named, Written, offer

A_YEAR, A_QUARTER = dt.timedelta(days=365), dt.timedelta(days=90)


class NamedMany(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # generic in its stubs only
    """Several among rows that have a name, each with a box to tick."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class Parts(forms.MultipleChoiceField):
    """Parts of a case. The basics go with every other part and are not asked for."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=[(part.value, part.label) for part in Part if part != Part.BASICS],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("番号・呼び名・相談者・担当などの「基本」は、いつも含まれます"),
            **options,
        )


class Paper(Named):
    """The signed document of a consent, among those of its case."""

    def __init__(self) -> None:
        super().__init__(
            label=_("署名した書面"),
            queryset=Document.objects.none(),
            required=False,
            empty_label=_("なし"),
            help_text=_("先に「書類」に加えておくと、ここで選べます。あとからでも選べます"),
        )


class PaperForm(forms.Form):
    """Which document of the case is the signed paper of a consent."""

    paper = Paper()

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "paper", papers_of(case))


class ConsentForm(forms.Form):
    """Who agrees to which words, for what, to whom, about which parts, until when."""

    text = Named(label=_("読んでもらった文面"), queryset=ConsentText.objects.none(), empty_label=None)
    giver = forms.ChoiceField(label=_("同意した人"), choices=Consent.Giver.choices, widget=forms.RadioSelect)
    giver_name = Written(label=_("名前・続柄"), help_text=_("呼び名でかまいません。空欄でもかまいません"))
    way = forms.ChoiceField(label=_("方法"), choices=Way.choices, widget=forms.RadioSelect)
    given_on = Day(label=_("同意した日"))
    purposes = NamedMany(label=_("何のために"), queryset=Purpose.objects.none(), to_field_name="code")
    organisations = NamedMany(
        label=_("だれに（このしくみを使う機関）"), queryset=Organisation.objects.none(), required=False
    )
    agencies = Written(label=_("だれに（そのほかの機関）"), rows=2, help_text=_("一行に一つ"))
    parts = Parts(label=_("どの部分を"))
    ends_on = Day(label=_("いつまで"), initial=lambda: clock.today() + A_YEAR)
    note = Written(label=_("本人・家族のことば、条件"), rows=3)
    paper = Paper()
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Case, texts: list[ConsentText], purposes: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "text", ConsentText.objects.filter(pk__in=[text.pk for text in texts]))
        offer(self, "purposes", purposes)
        offer(self, "organisations", others_than(case))
        offer(self, "paper", papers_of(case))

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        said = dict(self.cleaned_data)
        agencies = [line.strip() for line in said.pop("agencies").splitlines() if line.strip()]
        return said | {"agencies": agencies, "purposes": [purpose.code for purpose in said["purposes"]]}


def others_than(case: Case) -> QuerySet[Organisation]:
    """Organisations of the house that do not hold the case."""
    return Organisation.objects.filter(ended_on__isnull=True).exclude(pk=case.organisation_id)


class WithdrawForm(forms.Form):
    """A consent is taken back."""

    on = Day(label=_("取りやめた日"))
    way = forms.ChoiceField(label=_("方法"), choices=Way.choices, widget=forms.RadioSelect)
    note = Written(label=_("本人・家族のことば"), rows=3)


class TermsForm(forms.Form):
    """On what terms a case is shared."""

    basis = forms.ChoiceField(
        label=_("根拠"), choices=[(basis.value, basis.label) for basis in BASES], widget=forms.RadioSelect
    )
    consent = Named(
        label=_("どの同意によるか"), queryset=Consent.objects.none(), required=False, empty_label=_("同意によらない")
    )
    parts = Parts(label=_("見せる範囲"))
    ends_on = Day(label=_("いつまで"), initial=lambda: clock.today() + A_QUARTER)
    reason = Written(label=_("何のために、なぜ"), rows=3, required=True, help_text=_("相手の画面にも出ます"))

    def __init__(self, *args: Any, consents: QuerySet[Consent], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "consent", consents)

    def clean(self) -> dict[str, Any]:
        """A basis that is no consent rests on none."""
        data = super().clean() or {}
        if data.get("basis") != Grant.Basis.CONSENT:
            data["consent"] = None
        elif not data.get("consent"):
            self.add_error("consent", ValidationError(_("どの同意によるのかを選んでください")))
        return data


class ShareForm(TermsForm):
    """A case is shared with another organisation."""

    organisation = Named(label=_("共有する相手"), queryset=Organisation.objects.none())
    field_order = ("organisation",)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "organisation", others_than(case))


class LetSeeForm(TermsForm):
    """Yes to a request."""

    answer = Written(label=_("ひとこと"), rows=2)


class DeclineForm(forms.Form):
    """No to a request, with a word."""

    answer = Written(
        label=_("ひとこと"), rows=3, required=True, help_text=_("理由と、ほかの方法があれば。相手に届きます")
    )


class AskForm(forms.Form):
    """Somebody asks to see a case."""

    number = Written(label=_("ケース番号"), required=True)
    reason = Written(label=_("見たい理由"), rows=4, required=True, help_text=_("受け持つ人が読んで、返事をします"))
    parts = Parts(label=_("見たい範囲"))


class TextForm(forms.Form):
    """A new version of a consent text."""

    organisation = Named(label=_("どの機関の文面か"), queryset=Organisation.objects.none(), empty_label=None)
    title = Written(label=_("題"), required=True)
    body = Written(label=_("文面"), rows=14, required=True)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "organisation", organisations)
