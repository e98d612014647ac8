"""What somebody typed before they were signed off, called as its form called it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

Fields = Mapping[str, Sequence[str]]


def in_words(fields: Fields) -> list[tuple[str, str]]:
    """Label and words of each field of a kept post; what only the page itself understands is left out.

    A post does not say which form it came from: the form that knows most of its names gives the labels.
    """
    known = max(_every_form(), key=lambda own: len(own.keys() & fields.keys()), default={})
    return [
        (_label(known.get(name)), _said(known.get(name), value))
        for name, values in fields.items()
        for value in values
        if value.strip() and not _is_reference(known.get(name))
    ]


def _every_form(above: type[forms.BaseForm] = forms.BaseForm) -> Iterator[dict[str, forms.Field]]:
    for form in above.__subclasses__():
        yield getattr(form, "base_fields", {})
        yield from _every_form(form)


def _label(field: forms.Field | None) -> str:
    return str(field.label) if field and field.label else _("書いたこと")


def _is_reference(field: forms.Field | None) -> bool:
    return isinstance(field, forms.ModelChoiceField) or (field is not None and field.widget.is_hidden)


def _said(field: forms.Field | None, value: str) -> str:
    """The value, or the name of the choice it stands for."""
    choices: list[Any] = list(field.widget.choices) if isinstance(field, forms.ChoiceField) else []
    return next((str(label) for key, label in choices if str(key) == value), value)
