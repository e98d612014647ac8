"""Refusals of forms: every one in words of this house, which say what to do."""

import re
from collections.abc import Iterator

import pytest
from django import forms
from django.urls import get_resolver
from django.utils import translation

from engawa.kernel.doors import every_view

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥]")


def all_forms(base: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    """Every form of the house, of both zones, and those of its libraries that its pages use."""
    for form in base.__subclasses__():
        yield form
        yield from all_forms(form)


def texts_of(field: forms.Field) -> Iterator[str]:
    yield from (str(said) for said in field.error_messages.values())
    yield from (str(validator.message) for validator in field.validators if hasattr(validator, "message"))


@pytest.mark.parametrize("zone", ["office", "porch"])
def test_no_field_refuses_in_the_sentences_that_come_with_django(zone: str) -> None:
    """Errors say what happened and what to do; Django's own texts are English underneath."""
    assert list(every_view(get_resolver(f"engawa.engine.urls_{zone}").url_patterns))  # imports every form
    wrong = set()
    with translation.override(None):
        for form in all_forms():
            if form.__module__.startswith("engawa."):
                for name, field in getattr(form, "base_fields", {}).items():
                    wrong |= {
                        f"{form.__name__}.{name}: {said}" for said in texts_of(field) if not JAPANESE.search(said)
                    }
    assert not wrong, "\n".join(sorted(wrong))


def test_the_words_of_a_refusal_name_limits_and_what_to_do() -> None:
    class Asked(forms.Form):
        words = forms.CharField(max_length=3)
        day = forms.DateField()
        pick = forms.ChoiceField(choices=[("a", "あ")])
        mail = forms.EmailField()

    wrong = Asked({"words": "あいうえ", "day": "あした", "mail": "だれか"}).errors
    assert wrong["words"] == ["長すぎます（いま4文字）。3文字までにしてください。"]
    assert wrong["day"] == ["日付として読めません。2026-04-01 のように書いてください。"]
    assert wrong["pick"] == ["まだ選ばれていません。どれかを選んでください。"]
    assert wrong["mail"] == ["メールアドレスとして読めません。name@example.jp のように書いてください。"]
