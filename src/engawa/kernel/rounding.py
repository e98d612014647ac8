"""Rounding as published tables do it, on exact decimals: half up, and shares that add up to exactly 100.

Binary floats and bankers' rounding are wrong here: 9 of 16 is 56.25 %, which offices print as 56.3 (standards.md §8).
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

HUNDRED = 100


def half_up(value: Fraction | Decimal | int, places: int = 1) -> Decimal:
    """``value`` with ``places`` decimals; a half goes away from zero."""
    exact = Fraction(value)
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return _decimal(-whole if exact < 0 else whole, places)


def share(part: int, base: int, places: int = 1) -> Decimal | None:
    """``part`` of ``base`` in per cent, half up; None without a base, because nothing is no share of nothing."""
    return half_up(Fraction(part * HUNDRED, base), places) if base else None


def shares_to_hundred(parts: Sequence[int], places: int = 1) -> list[Decimal | None]:
    """Shares of the parts in their sum that add up to exactly 100, by the largest remainder（最大剰余法）.

    Equal remainders are served in the order of the parts. Without any count there is no share: every one is None.

    Raises:
        ValueError: a part is negative.
    """
    if any(part < 0 for part in parts):
        raise ValueError("shares are of counts, and no count is negative")
    base = sum(parts)
    if not base:
        return [None for _ in parts]
    units = HUNDRED * 10**places
    floors = [part * units // base for part in parts]
    remainders = [part * units % base for part in parts]
    order = sorted(range(len(parts)), key=lambda place: -remainders[place])
    for place in order[: units - sum(floors)]:
        floors[place] += 1
    return [_decimal(floor, places) for floor in floors]


def _decimal(units: int, places: int) -> Decimal:
    return Decimal(f"{units}E-{places}")
