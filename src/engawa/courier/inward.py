"""From the porch to the office."""

import logging
import uuid
from collections import Counter

from django.db import connection

from engawa.courier.porch_side import PorchSide
from engawa.office.letterbox.actions import TRY_LATER, receive, receive_passing, set_aside, why_not
from engawa.post.letters import Unreadable
from engawa.post.parcels import SealedEnvelope
from engawa.post.sealing import Cover

_log = logging.getLogger(__name__)
# Times that the database may say "not now" to one envelope while it answers everything else.
_TRIES = 5


class Inward:
    """Carries envelopes in, in order.

    What was collected together arrives in one transaction of the office, because a commit costs more than a word.
    Where one of them is not as it should be, each arrives in its own, so that only that one is kept from it.

    An envelope is let go at the porch with the next collection, after the office has it for good. Where the
    courier falls in between, it comes again and is recognised.
    """

    def __init__(self, porch: PorchSide) -> None:
        self.porch = porch
        self._settled: list[Cover] = []
        self._tries: Counter[uuid.UUID] = Counter()

    def round(self, wait: float) -> int:
        """Collect once and receive what came; the number of envelopes.

        An error leaves the present envelope and all behind it at the porch, in order.
        """
        collected = self.porch.collect(settled=tuple(self._settled), wait=wait)
        self._settled.clear()
        for content in collected.passing:
            self._let_pass(content)
        if collected.envelopes:
            self._receive_some(collected.envelopes)
        return len(collected.envelopes)

    def _receive_some(self, envelopes: tuple[SealedEnvelope, ...]) -> None:
        if self._received_together(envelopes):
            self._settled += [envelope.cover for envelope in envelopes]
            return
        for envelope in envelopes:
            self._receive(envelope)
            self._settled.append(envelope.cover)

    def _received_together(self, envelopes: tuple[SealedEnvelope, ...]) -> bool:
        """Whether all of them arrived; otherwise none did."""
        try:
            receive(envelopes=envelopes)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is met again with the envelope it belongs to
            _log.info("receiving %d envelopes one by one: %s", len(envelopes), type(error).__name__)
            return False
        return True

    def _receive(self, envelope: SealedEnvelope) -> None:
        try:
            reason = why_not(envelope)
        except TRY_LATER:
            if not self._tried_enough(envelope):
                raise
            reason = "the database refused it again and again"
        if reason:
            set_aside(envelope=envelope, reason=reason)
            _log.warning("envelope %s set aside: %s", envelope.id, reason)
        self._tries.pop(envelope.id, None)

    def _tried_enough(self, envelope: SealedEnvelope) -> bool:
        """Count a try, but only while the database answers: an envelope is not to blame for its absence."""
        connection.close()
        connection.ensure_connection()
        self._tries[envelope.id] += 1
        return self._tries[envelope.id] >= _TRIES

    def _let_pass(self, content: bytes) -> None:
        try:
            receive_passing(content=content)
        except TRY_LATER:
            raise
        except Unreadable as error:
            _log.info("passing letter forgotten: %s", error)
        except Exception as error:  # noqa: BLE001 - a passing word is not worth stopping for
            _log.warning("passing letter forgotten: %s", type(error).__name__)
