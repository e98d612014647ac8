"""Texts of code that knows no catalogue: said in Japanese by rules, in the reader's language by pages."""

from typing import Any, Self

from django.utils.translation import gettext


class Words(str):
    """A Japanese sentence that remembers its text in the catalogue and what was filled in.

    ``Words("%(years)s歳", years=8)`` is 8歳 wherever it is kept, compared or logged; see ``translated``.
    """

    __slots__ = ("filled", "text")
    text: str
    filled: dict[str, object]

    def __new__(cls, text: str, /, **filled: object) -> Self:
        words = super().__new__(cls, text % filled if filled else text)
        words.text, words.filled = text, filled
        return words

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.text,), self.filled


def translated(words: object) -> str:
    """Words of a rule, why something was refused, or the label of a row, in the language of whoever reads."""
    said = words.args[0] if isinstance(words, Exception) and words.args else words
    if isinstance(said, Words):
        filled = {name: translated(one) if isinstance(one, Words) else one for name, one in said.filled.items()}
        return gettext(said.text) % filled if filled else gettext(said.text)
    return gettext(str(said)) if said else ""
