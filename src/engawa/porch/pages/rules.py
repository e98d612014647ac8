"""What may honestly be promised to a visitor at this moment, and which version of the promises they agreed to."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from engawa.kernel.hours import Opening

# Changes whenever the meaning of pages/terms.html changes. Kept with each talk that was begun under it.
TERMS_VERSION = "2026-11"
FIVE, HOUR = 5, 60
# A desk of which nothing fresh is known: more than a desk known to be empty, less than one counsellor.
_MAYBE = 0.5


class DeskNow(Protocol):
    """A desk as far as a welcome needs to know it."""

    @property
    def open_until(self) -> dt.datetime | None: ...
    @property
    def opens_next(self) -> Opening | None: ...
    @property
    def present(self) -> int | None: ...
    @property
    def waiting(self) -> int | None: ...
    @property
    def minutes(self) -> int | None: ...


@dataclass(frozen=True)
class Welcome:
    """Who is there now. ``present`` None: nothing fresh is known, so nothing is claimed beyond the hours."""

    until: dt.datetime | None = None
    opens_next: dt.datetime | None = None
    present: int | None = None
    waiting: int = 0
    minutes: int | None = None

    @property
    def somebody_is_here(self) -> bool:
        return self.until is not None and bool(self.present)

    @property
    def nobody_is_here(self) -> bool:
        """Open by the hours, yet known to be empty at this moment."""
        return self.until is not None and self.present == 0


def welcome_from(desks: Iterable[DeskNow]) -> Welcome:
    """One honest sentence's worth from the desks that take talks: the best of what is open, else what opens first."""
    every = list(desks)
    is_open = [desk for desk in every if desk.open_until]
    if not is_open:
        following = [desk.opens_next.opens for desk in every if desk.opens_next]
        return Welcome(opens_next=min(following, default=None))
    best = max(is_open, key=lambda desk: _MAYBE if desk.present is None else desk.present)
    return Welcome(best.open_until, None, best.present, best.waiting or 0, best.minutes)


def rounded_up(minutes: int) -> int:
    """Minutes as one says them: never less than measured, in fives up to an hour, in half hours beyond."""
    step = FIVE if minutes <= HOUR else HOUR // 2
    return max(FIVE, -(-minutes // step) * step)
