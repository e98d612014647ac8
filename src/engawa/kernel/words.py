"""Texts of code that knows no catalogue: said in Japanese by rules, in the reader's language by pages."""

from collections.abc import Sequence
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


_COMMA = Words("、")


def listed(words: Sequence[str], between: Words = _COMMA) -> Words:
    """Several words as one, with what stands between them in the reader's language."""
    places = "%(between)s".join(f"%(_{place})s" for place in range(len(words)))
    return Words(places, between=between, **{f"_{place}": one for place, one in enumerate(words)})


def said_by(error: Exception) -> Words:
    """Why something was refused, as it was raised."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, Words) else Words(str(said))


def translated(words: object) -> str:
    """Words of a rule, why something was refused, or the label of a row, in the language of whoever reads."""
    said = words.args[0] if isinstance(words, Exception) and words.args else words
    if isinstance(said, Words):
        filled = {name: translated(one) if isinstance(one, Words) else one for name, one in said.filled.items()}
        return gettext(said.text) % filled if filled else gettext(said.text)
    return gettext(str(said)) if said else ""
