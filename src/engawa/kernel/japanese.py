"""What is kept or printed is said in Japanese, whoever is reading."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils.functional import Promise
from django.utils.translation import override

P = ParamSpec("P")
R = TypeVar("R")


def in_japanese(text: str | Promise) -> str:
    """A text of the catalogue as it is written into rows, tables and letters: never in the reader's language."""
    with override("ja"):
        return str(text)


def written_in_japanese(make: Callable[P, R]) -> Callable[P, R]:
    """Papers are made in Japanese: they go to people and agencies, not to whoever printed them."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        with override("ja"):
            return make(*args, **kwargs)

    return made
