"""Assessments: one form for each question, beginning one, comparing two, and a step between stages."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engawa.kernel.ids import uuid7
from engawa.office.access.actors import Actor
from engawa.office.casework.assessments.models import Assessment, Stage
from engawa.office.casework.assessments.queries import Filled, assessments_of, sets_to_begin
from engawa.office.casework.cases.models import Case
from engawa.office.casework.forms.fields import Day, Named, Written, offer
from engawa.office.questionnaires.models import GivenAnswer, Question, Questionnaire
from engawa.office.questionnaires.rules import Said

Form = Question.Form
# The page holds its questions side by side with the form, so that each can be sent alone.
SHEET = {"form": "sheet"}


class AnswerForm(forms.Form):
    """One question of an assessment. ``seen`` is the version of the answer that the writer has in front of them.

    ``mine`` is sent by the button that keeps one's own answer, after somebody else's was shown beside it: it carries
    the version that was shown.
    """

    kind = forms.ChoiceField(
        label=_("答えのようす"), choices=GivenAnswer.Kind.choices, widget=forms.RadioSelect(attrs=SHEET)
    )
    source = forms.ChoiceField(
        label=_("出どころ"),
        required=False,
        choices=[("", _("書いていない")), *GivenAnswer.Source.choices],
        widget=forms.Select(attrs=SHEET),
    )
    note = Written(label=_("補足"), widget=forms.TextInput(attrs=SHEET))
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput(attrs=SHEET))
    mine = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, row: Filled) -> None:
        said = row.said
        several = row.question.form == Form.MULTIPLE
        value = list(said.chosen) if several else next(iter(said.chosen), "")
        initial = {"value": value, "kind": said.kind, "source": said.source, "note": said.note, "seen": row.version}
        super().__init__(
            data, prefix=f"q{row.question.pk.hex}", initial=initial | {"primary": said.primary}, label_suffix=""
        )
        self.fields["value"] = _value(row.question)
        self.fields["value"].help_text = row.question.help
        if row.question.primary:
            choices = [("", _("とくにない")), *((option, option) for option in row.question.options)]
            self.fields["primary"] = forms.ChoiceField(
                label=_("◎ 最も困っていること"), choices=choices, required=False, widget=forms.Select(attrs=SHEET)
            )

    def said(self) -> Said:
        """What was typed, as an answer."""
        typed = self.cleaned_data
        value = typed["value"]
        chosen = tuple(value) if isinstance(value, list) else (value,) if value else ()
        return Said(typed["kind"], chosen, typed.get("primary", ""), typed["note"], typed["source"])

    def version_seen(self) -> int:
        """The version that the writer has seen, theirs or the one shown beside it."""
        mine: int | None = self.cleaned_data["mine"]
        return self.cleaned_data["seen"] if mine is None else mine


def _value(question: Question) -> forms.Field:
    choices = [(option, option) for option in question.options]
    if question.form == Form.MULTIPLE:
        boxes = forms.CheckboxSelectMultiple(attrs=SHEET)
        return forms.MultipleChoiceField(label=question.text, choices=choices, required=False, widget=boxes)
    if question.form in (Form.SINGLE, Form.SCALE):
        radios = forms.RadioSelect(attrs=SHEET)
        return forms.ChoiceField(
            label=question.text, choices=[*choices, ("", _("選ばない"))], required=False, widget=radios
        )
    if question.form == Form.TEXT:
        words = Written(label=question.text, rows=2)
        words.widget.attrs.update(SHEET)
        return words
    kind = {"type": "date"} if question.form == Form.DATE else {"inputmode": "decimal"}
    return Written(label=question.text, widget=forms.TextInput(attrs=SHEET | kind))


class BeginForm(forms.Form):
    """A new assessment, empty or with what the last one said."""

    questionnaire = Named(label=_("質問票"), queryset=Questionnaire.objects.none(), empty_label=None)
    on = Day(label=_("アセスメントの日"))
    carry = forms.BooleanField(
        label=_("前回の答えから始める"), required=False, initial=True, help_text=_("前回の記録はそのまま残ります")
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid7)

    def __init__(self, *args: Any, actor: Actor, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        usable = [one.pk for one in sets_to_begin(actor, case)]
        offer(self, "questionnaire", Questionnaire.objects.filter(pk__in=usable).order_by("position"))


class StageForm(forms.Form):
    """A step to a stage, onward or back."""

    stage = Named(label=_("段階"), queryset=Stage.objects.none(), empty_label=None, widget=forms.RadioSelect)
    on = Day(label=_("日付"))
    note = Written(label=_("ようす"), help_text=_("戻ることも、そのままでいることも、ここに残せます"))

    def __init__(self, *args: Any, stages: QuerySet[Stage], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "stage", stages)


class CompareForm(forms.Form):
    """Two assessments to lay side by side."""

    left = Named(label=_("ひとつめ"), queryset=Assessment.objects.none(), empty_label=None)
    right = Named(label=_("ふたつめ"), queryset=Assessment.objects.none(), empty_label=None)

    def __init__(self, *args: Any, actor: Actor, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        for side in ("left", "right"):
            offer(self, side, assessments_of(actor, case))
