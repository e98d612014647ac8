"""Individual numbers（マイナンバー）, which nobody may keep who has no legal task with them（番号法第20条）.

Twelve digits, the last of which checks the others (行政手続における特定の個人を識別するための番号の利用等に関する法律に
規定する個人番号…に関する命令 第5条).
"""

import re
import unicodedata

_TWELVE = re.compile(r"(?<![\d.-])\d{4}[ -]?\d{4}[ -]?\d{4}(?![\d.-])")


def holds_my_number(text: str) -> bool:
    """Whether the text holds twelve digits, written together or in fours, that check out as an individual number."""
    plain = unicodedata.normalize("NFKC", text)
    return any(_checks_out(re.sub(r"\D", "", found[0])) for found in _TWELVE.finditer(plain))


def _checks_out(digits: str) -> bool:
    weights = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
    rest = sum(int(digit) * weight for digit, weight in zip(reversed(digits[:11]), weights, strict=True)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest) and len(set(digits)) > 1
