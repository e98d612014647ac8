"""A porch elsewhere, as the courier in the office meets it: it dials out, and asks the gate there."""

import ssl
import time
from typing import TypeVar

import httpx
from django.conf import settings

from engawa.courier.introductions import NotIntroduced, link_of
from engawa.courier.link import BEHIND, Behind, Call, Collect, Link, NotFromThere, Outcome, body_of
from engawa.post.parcels import Collected, Delivery, Refused
from engawa.post.sealing import Cover

_Answer = TypeVar("_Answer")
_GRACE_SECONDS = 60.0


class LinkTrouble(Exception):
    """The porch cannot be reached or did not answer as it should. Try again later."""


class RemotePorch:
    """``PorchSide`` over HTTP. Calls of one kind are made one after another, each with a higher number."""

    def __init__(self, url: str, link: Link, client: httpx.Client | None = None) -> None:
        self._url = f"{url.rstrip('/')}/courier/"
        self._link = link
        self._client = client or httpx.Client()
        self._last: dict[str, int] = {}

    def collect(self, *, settled: tuple[Cover, ...], wait: float) -> Collected:
        return self._call("collect", Collect(settled, int(wait * 1000)), Collected, wait)

    def deliver(self, delivery: Delivery) -> tuple[Refused, ...]:
        return self._call("deliver", delivery, Outcome).refused

    def close(self) -> None:
        self._client.close()

    def knock(self) -> None:
        """Find out whether the porch answers, and do nothing there.

        Raises:
            LinkTrouble: it does not.
        """
        self.deliver(Delivery())

    def _call(self, act: str, body: object, kind: type[_Answer], wait: float = 0) -> _Answer:
        number = self._number(act)
        answer = self._sent(self._link.wrap(act, number, body), _GRACE_SECONDS + wait)
        if answer.number != number or answer.act not in {act, BEHIND}:
            raise LinkTrouble("an answer to another call")
        if answer.act == BEHIND:
            self._last[act] = body_of(answer, Behind).number
            raise LinkTrouble("the porch has seen a later call; numbers are set right")
        return body_of(answer, kind)

    def _sent(self, sealed: bytes, seconds: float) -> Call:
        try:
            response = self._client.post(self._url, content=sealed, timeout=seconds)
            if response.status_code != httpx.codes.OK:
                raise LinkTrouble(f"the porch answered {response.status_code}")
            return self._link.unwrap(response.content)
        except httpx.HTTPError as error:
            refused = "CERTIFICATE_VERIFY_FAILED" in str(error)
            why = "its certificate is not one that is trusted here" if refused else type(error).__name__
            raise LinkTrouble(f"no way to the porch: {why}") from error
        except NotFromThere as error:
            raise LinkTrouble(f"an answer from somebody else: {error}") from error

    def _number(self, act: str) -> int:
        """Microseconds since 1970, or one more than the last: a courier that starts anew is ahead of the one before."""
        number = max(time.time_ns() // 1000, self._last.get(act, 0) + 1)
        self._last[act] = number
        return number


def far_porch() -> RemotePorch:
    """The porch at ``settings.PORCH_URL``. Over HTTPS it proves who it is to those whom ``settings.PORCH_CA`` names.

    Without ``PORCH_CA`` these are the authorities that browsers trust, or those of OpenSSL's ``SSL_CERT_FILE``.

    Raises:
        NotIntroduced: its public key is not known here, or that file does not name anybody.
    """
    try:
        trusted = ssl.create_default_context(cafile=settings.PORCH_CA) if settings.PORCH_CA else True
    except OSError as error:
        raise NotIntroduced(f"ENGAWA_PORCH_CA: {settings.PORCH_CA} holds no certificate that can be read") from error
    return RemotePorch(settings.PORCH_URL, link_of("office"), httpx.Client(verify=trusted))
