"""Keeps words in the database for readers of any language."""

from typing import Any

from django.db import models

from engawa.kernel.words import Words


class WordsField(models.JSONField):
    """Words, or a list of them, that are kept for readers of any language."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """What was kept, as words."""
        return _unpacked(super().from_db_value(value, expression, connection))

    def get_prep_value(self, value: Any) -> Any:
        """The words as JSON keeps them."""
        return super().get_prep_value(_packed(value))


def _packed(words: Any) -> Any:
    match words:
        case Words():
            return {"text": words.text, "filled": {name: _packed(one) for name, one in words.filled.items()}}
        case list():
            return [_packed(one) for one in words]
        case int() | None:
            return words
    return str(words)


def _unpacked(kept: Any) -> Any:
    match kept:
        case {"text": text, "filled": filled}:
            return Words(text, **{name: _unpacked(one) for name, one in filled.items()})
        case list():
            return [_unpacked(one) for one in kept]
    return kept
