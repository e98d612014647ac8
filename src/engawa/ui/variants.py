"""The variants of the components; whoever asks for another one is refused."""

from typing import Literal, get_args

Tone = Literal["plain", "wait", "ok", "info"]
ButtonKind = Literal["plain", "go", "care", "quiet"]
ButtonSize = Literal["normal", "small", "wide"]
Width = Literal["full", "medium", "short"]
Picture = Literal["tea", "mat", "lamp", "letter"]


class UnknownVariantError(ValueError):
    """A template asked for a variant that the design system does not have."""


def chosen(value: str, variants: object, *, of: str) -> str:
    """``value``, if ``variants`` (a ``Literal``) knows it.

    Raises:
        UnknownVariantError: the message names the component and what it offers.
    """
    known = get_args(variants)
    if value not in known:
        raise UnknownVariantError(f"{of}: {value!r} is none of {', '.join(known)}")
    return value
