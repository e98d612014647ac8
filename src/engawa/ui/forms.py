"""How Django's forms look and speak: the design system's templates, and refusals in words that say what to do."""

from typing import Any

from django import forms
from django.core import validators
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    """Renders forms by the design system's templates, and widgets by Django's own."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/components/field.html"


_GONE = _("いまの選択肢にないものが選ばれています。もう一度選んでください。")
_PICK = _("まだ選ばれていません。どれかを選んでください。")
_WORDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("まだ何も書かれていません。ここに書いてください。")},
    forms.BooleanField: {"required": _("まだ印がついていません。よければ印をつけてください。")},
    forms.ChoiceField: {"required": _PICK, "invalid_choice": _GONE},
    forms.MultipleChoiceField: {"required": _PICK, "invalid_choice": _GONE, "invalid_list": _GONE},
    forms.ModelChoiceField: {"required": _PICK, "invalid_choice": _GONE},
    forms.ModelMultipleChoiceField: {
        "required": _PICK,
        "invalid_choice": _GONE,
        "invalid_list": _GONE,
        "invalid_pk_value": _GONE,
    },
    forms.DateField: {"invalid": _("日付として読めません。2026-04-01 のように書いてください。")},
    forms.TimeField: {"invalid": _("時刻として読めません。14:30 のように書いてください。")},
    forms.DateTimeField: {"invalid": _("日時として読めません。2026-04-01 14:30 のように書いてください。")},
    forms.IntegerField: {"invalid": _("数として読めません。0〜9の数字だけで書いてください。")},
    forms.DecimalField: {"invalid": _("数として読めません。12.5 のように数字で書いてください。")},
    forms.FloatField: {"invalid": _("数として読めません。12.5 のように数字で書いてください。")},
    forms.UUIDField: {"invalid": _("画面が古くなっています。開き直して、もう一度送ってください。")},
    forms.URLField: {"invalid": _("アドレスとして読めません。https:// から書いてください。")},
    forms.FileField: {
        "required": _("ファイルがまだ選ばれていません。選んでから送ってください。"),
        "invalid": _("ファイルが届きませんでした。もう一度選んで送ってください。"),
        "missing": _("ファイルがまだ選ばれていません。選んでから送ってください。"),
        "empty": _("ファイルの中身が空です。開いて中身を確かめ、選び直してください。"),
        "max_length": _(
            "ファイルの名前が長すぎます（%(length)d文字）。%(max)d文字までの名前にかえて、選び直してください。"
        ),
        "contradiction": _("ファイルを選びながら「消す」にも印がついています。どちらかひとつにしてください。"),
    },
    forms.ImageField: {"invalid_image": _("画像として読めません。PNG か JPEG のファイルを選んでください。")},
}
_LIMITS: dict[Any, Any] = {
    validators.MaxLengthValidator: _("長すぎます（いま%(show_value)d文字）。%(limit_value)d文字までにしてください。"),
    validators.MinLengthValidator: _("短すぎます（いま%(show_value)d文字）。%(limit_value)d文字から書けます。"),
    validators.MaxValueValidator: _("大きすぎます。%(limit_value)s までの数にしてください。"),
    validators.MinValueValidator: _("小さすぎます。%(limit_value)s からの数にしてください。"),
    validators.EmailValidator: _("メールアドレスとして読めません。name@example.jp のように書いてください。"),
    validators.URLValidator: _("アドレスとして読めません。https:// から書いてください。"),
    validators.ProhibitNullCharactersValidator: _(
        "目に見えない文字が入っています。書き直すか、貼り付け直してください。"
    ),
}


def speak_plainly() -> None:
    """Let every field of every form, also of libraries, refuse in words of this house instead of Django's own.

    Django reads these texts when a field is made, so this is done once, before any form is.
    """
    for kind, words in _WORDS.items():
        kind.default_error_messages = {**vars(kind).get("default_error_messages", {}), **words}
    for validator, said in _LIMITS.items():
        validator.message = said
