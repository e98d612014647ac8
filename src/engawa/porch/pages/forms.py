"""The visitor's forms. Only the words are needed; whatever else is asked may be left out."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from engawa.kernel.ids import uuid7
from engawa.porch.pages.choices import AGE_BANDS, REQUESTERS, ROUTES, TOPICS
from engawa.post.letters import WORDS_LIMIT, tidy

LINE = 100


class WordsField(forms.CharField):
    """What the visitor says: as typed, without control characters. No ``maxlength``: a browser would cut silently."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            strip=False,
            error_messages={"required": _("まだ何も書かれていません。ひとことでも、だいじょうぶです。")},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        words = tidy(value or "")
        if len(words) > WORDS_LIMIT:
            message = _(
                "一度に送れるのは2万字までです（いま %(now)s 字）。書いたことばは残っています。分けて送ってください。"
            )
            raise ValidationError(message, code="too_long", params={"now": f"{len(words):,}"})
        return words


class LineField(forms.CharField):
    """A short optional line, without control characters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=LINE, **kwargs)

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class SayForm(forms.Form):
    """A further word in a talk."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    words = WordsField(label=_("ことば"), widget=forms.Textarea(attrs={"rows": 4}))
    no_answer = forms.BooleanField(label=_("返事はいりません。読んでもらえたら。"), required=False)

    def said(self) -> dict[str, Any]:
        """What ``entrances.web.say`` takes."""
        data = self.cleaned_data
        return {"token": data["token"], "words": data["words"], "answer_needed": not data["no_answer"]}


class StartForm(forms.Form):
    """The first word of a talk."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    desk = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = WordsField(
        label=_("話したいこと"),
        help_text=_("ひとことでも、長くても。まとまっていなくてかまいません。"),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    no_answer = forms.BooleanField(label=_("返事はいりません。読んでもらえたら。"), required=False)
    handle = LineField(label=_("呼び名"), help_text=_("本名でなくてかまいません。"))
    requester = forms.ChoiceField(label=_("あなたは"), required=False, choices=REQUESTERS, widget=forms.RadioSelect)
    age_band = forms.ChoiceField(label=_("年代"), required=False, choices=AGE_BANDS)
    area = LineField(label=_("住んでいるところ"), help_text=_("市や区、町の名前くらいで。"))
    topic = forms.ChoiceField(label=_("何について"), required=False, choices=TOPICS)
    route = forms.ChoiceField(label=_("ここを何で知りましたか"), required=False, choices=ROUTES)
    agree = forms.BooleanField(
        label=_("約束を読みました"),
        error_messages={
            "required": _("上の「はじめの約束」を読んで、しるしをつけてください。書いたことばは残っています。")
        },
    )

    def beginning(self) -> dict[str, Any]:
        """The fields of ``entrances.web.Beginning``, but terms and language."""
        data = self.cleaned_data
        told = {name: data[name] for name in ("words", "handle", "requester", "age_band", "area", "topic", "route")}
        return {**told, "desk_id": data["desk"], "answer_needed": not data["no_answer"]}


class ComeBackForm(forms.Form):
    """The passphrase, as typed in any kana; ``words`` carries what was being written when the seat was lost."""

    passphrase = forms.CharField(
        label=_("合言葉"),
        help_text=_("ひらがなで、六つのことばを順番に。間はあけても、つなげてもかまいません。"),
        max_length=400,
        error_messages={"required": _("合言葉を入れてください。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    words = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
