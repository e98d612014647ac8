"""Codes of local governments（全国地方公共団体コード）: five digits and a check digit (standards.md §5.1)."""

import re
import unicodedata

from engawa.kernel.words import Words


class NotACode(ValueError):
    """The text is no code; the message says why."""


def check_digit(five: str) -> int:
    """The sixth digit for five given ones: last digit of (11 - (6a+5b+4c+3d+2e) mod 11)."""
    weighted = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True))
    return (11 - weighted % 11) % 10


def read_code(text: str) -> str:
    """The six-digit code meant by ``text``; mends what spreadsheets break.

    A missing check digit (13101 for 131016) and a lost leading zero (92011 for 092011) are recognised.

    Raises:
        NotACode: not digits, a check digit that does not fit, or two codes that could both be meant.
    """
    digits = unicodedata.normalize("NFKC", text).strip()
    if not re.fullmatch(r"\d{4,6}", digits):
        raise NotACode(Words("「%(text)s」は団体コードではありません。6けたの数字です", text=text))
    if len(digits) == 6 and _is_complete(digits):
        return digits
    meant = sorted(code for code in _readings(digits) if _is_complete(code) and _could_exist(code))
    if not meant:
        right = f"{digits[:5]}{check_digit(digits.zfill(5)[:5])}"
        raise NotACode(Words("「%(text)s」は検査数字が合いません。%(right)s ではありませんか", text=text, right=right))
    prefectures = [code for code in meant if code[2:5] == "000"]
    if len(meant) > 1 and len(prefectures) != 1:
        raise NotACode(
            Words("「%(text)s」は %(meant)s とも読めます。6けたで書いてください", text=text, meant=" / ".join(meant))
        )
    return (prefectures or meant)[0]


def _readings(digits: str) -> set[str]:
    zero_back = digits.zfill(5)
    unchecked = {f"{zero_back}{check_digit(zero_back)}"} if len(digits) < 6 else set()
    return unchecked | {digits.zfill(6)}


def _is_complete(code: str) -> bool:
    return int(code[5]) == check_digit(code[:5])


def _could_exist(code: str) -> bool:
    """Prefectures are 01 to 47; a municipality's own number is 000 (the prefecture itself) or 100 and more."""
    return 1 <= int(code[:2]) <= 47 and (code[2:5] == "000" or int(code[2:5]) >= 100)
