"""What a cell can hold, and how text is made harmless on its way out."""

import datetime as dt
import unicodedata
from dataclasses import dataclass


class Refused(Exception):
    """The file is not read at all; the message says why and what to do, in the words of whoever sent it."""


@dataclass(frozen=True)
class Broken:
    """A cell that shows something but holds no value: an error such as #REF!, or a formula that was never computed."""

    shown: str
    problem: str

    def __str__(self) -> str:
        return self.shown


Cell = str | int | float | bool | dt.date | dt.time | dt.timedelta | Broken | None

# What a spreadsheet program would take for a formula (and tab or return, which would let one begin behind them).
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# Signs that stand alone for "none" or "not applicable" are figures, not formulas.
_HARMLESS = frozenset({"-", "－", "+", "＋"})
_SHIELD = "'"


def neutral(text: str) -> str:
    """``text`` so that no spreadsheet program computes it: behind an apostrophe when it begins like a formula."""
    begins = text.lstrip(_SHIELD).startswith(_STARTS_A_FORMULA)
    return _SHIELD + text if begins and text not in _HARMLESS else text


def unshielded(text: str) -> str:
    """The inverse of ``neutral``, for files of our own that come back."""
    inner = text.removeprefix(_SHIELD)
    return inner if inner != text and neutral(inner) == text else text


def shown(cell: Cell) -> str:
    """The cell as somebody would read it; whole numbers without a decimal point, an empty cell as nothing."""
    match cell:
        case None:
            return ""
        case dt.datetime():
            return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def is_empty(cell: Cell) -> bool:
    """Nothing, or nothing but blanks of any width."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def header_key(cell: Cell) -> str:
    """A column's name for comparison: one width, no blanks or line breaks, no mark of being required."""
    folded = unicodedata.normalize("NFKC", shown(cell))
    return "".join(folded.split()).rstrip("*※").removesuffix("(必須)")
