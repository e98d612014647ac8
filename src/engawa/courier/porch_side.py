"""What the courier asks of the porch, near or far."""

from typing import Protocol

from engawa.post.parcels import Collected, Delivery, Refused
from engawa.post.sealing import Cover

# Waiting longer is cut by proxies; asking more often costs more than it brings.
LONGEST_WAIT_SECONDS = 20


class PorchSide(Protocol):
    """The porch as the courier meets it. Both calls may be repeated at will after any failure."""

    def collect(self, *, settled: tuple[Cover, ...], wait: float) -> Collected:
        """Let go of envelopes that the office has for good, then hand out those that wait, oldest first.

        Where nothing waits, stay for up to ``wait`` seconds until something comes.
        """

    def deliver(self, delivery: Delivery) -> tuple[Refused, ...]:
        """Lay letters at their seats, in order, and pin notices; name those that cannot be taken, and why."""

    def close(self) -> None:
        """Let go of connections; the next call makes new ones."""
