"""Question sets: a new one, a question of a draft, and the day of comparison with the original."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engawa.kernel import clock
from engawa.office.questionnaires.actions import QuestionFields
from engawa.office.questionnaires.models import Question, Questionnaire
from engawa.office.questionnaires.queries import questions_in_order, version_of
from engawa.office.questionnaires.rules import CHOICES

LONGEST_LINE = 200


class Lines(forms.CharField):
    """Several texts, one in a line; empty lines are left out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 6}), **options)

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class NameForm(forms.Form):
    """The name of a new set."""

    name = forms.CharField(label=_("質問票の名前"), max_length=LONGEST_LINE)


class CheckedForm(forms.Form):
    """When a version was compared with its original, and with which edition of it."""

    on = forms.DateField(
        label=_("原本と照らした日"),
        initial=clock.today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    against = forms.CharField(
        label=_("照らした原本"),
        max_length=LONGEST_LINE,
        help_text=_("文書の名前と、いつの版か。あとの人が同じものを探せるように"),
    )


class FormCheckForm(CheckedForm):
    """What comparing a form that is filled from records with its original came to."""

    fits = forms.TypedChoiceField(
        label=_("照らした結果"), coerce=lambda said: said == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("原本と合っていた")), ("no", _("ちがうところがあった"))],
    )  # fmt: skip
    note = forms.CharField(
        label=_("ちがっていたところ"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class QuestionForm(forms.Form):
    """One question of a draft. A condition names an earlier question, and the answers after which this one is asked."""

    section = forms.CharField(label=_("区分"), max_length=LONGEST_LINE, help_text=_("用紙の中の見出し"))
    text = forms.CharField(label=_("設問"), max_length=LONGEST_LINE)
    form = forms.ChoiceField(label=_("形式"), choices=Question.Form.choices, widget=forms.RadioSelect)
    options = Lines(label=_("選択肢"), help_text=_("一行にひとつ。単一・複数・尺度のとき"))
    unit = forms.CharField(label=_("単位"), required=False, max_length=20, help_text=_("数のとき。人、円など"))
    help = forms.CharField(label=_("説明"), required=False, max_length=LONGEST_LINE)
    required = forms.BooleanField(
        label=_("必ず確かめる"), required=False, help_text=_("「不明」「答えたくない」も答えです")
    )
    primary = forms.BooleanField(label=_("◎ 最も困っていることを選べる"), required=False, help_text=_("複数のとき"))
    professional = forms.BooleanField(label=_("専門職だけが読み書きする"), required=False)
    after = forms.ChoiceField(label=_("条件の設問"), required=False, help_text=_("この設問に答えたときだけ聞く"))
    any = Lines(label=_("条件の答え"), help_text=_("一行にひとつ。どれかひとつに当てはまれば聞く"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, questionnaire: Questionnaire, question: Question | None) -> None:
        super().__init__(data, initial=_as_shown(question))
        rows = questions_in_order(questionnaire)
        before = [row for row in rows if question is None or row.position < question.position]
        keys = [(row.key, row.text) for row in before if row.form in CHOICES]
        self.fields["after"] = forms.ChoiceField(
            label=_("条件の設問"), required=False, choices=[("", _("いつも聞く")), *keys],
            help_text=_("この設問の答えによってだけ聞く"),
        )  # fmt: skip

    def fields_of_question(self) -> QuestionFields:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        after = typed["after"]
        return QuestionFields(
            section=typed["section"],
            text=typed["text"],
            help=typed["help"],
            form=typed["form"],
            options=typed["options"] if typed["form"] in CHOICES else [],
            unit=typed["unit"] if typed["form"] == Question.Form.NUMBER else "",
            required=typed["required"],
            primary=typed["primary"] and typed["form"] == Question.Form.MULTIPLE,
            professional=typed["professional"],
            condition={"key": after, "any": typed["any"]} if after else {},
        )


def _as_shown(question: Question | None) -> dict[str, Any]:
    if question is None:
        return {}
    names = ("section", "text", "form", "options", "unit", "help", "required", "primary", "professional")
    condition = question.condition or {"key": "", "any": []}
    shown = {name: getattr(question, name) for name in names}
    return shown | {"after": condition["key"], "any": condition["any"], "seen": version_of(question)}
