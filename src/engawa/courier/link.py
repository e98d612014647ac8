"""The link between a courier in the office and a porch elsewhere: every message is a sealed, numbered call.

Both sides hold an X25519 key pair and know the other's public key. Each message is a libsodium *box* made with
one's own private and the other's public key: only the two can make or read it. Inside stand

* for whom it is, so that a message cannot be sent back to whoever made it;
* a number that only grows, so that the porch takes each call once (see ``mailbox.actions.note_call``);
* in an answer, the number of its call, so that an old answer cannot stand in for a new one.

The link may run over plain HTTP without harm to secrecy; HTTPS hides besides who talks to whom.
"""

from dataclasses import dataclass
from typing import TypeVar

from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey

from engawa.post import fields
from engawa.post.fields import Short
from engawa.post.parcels import Refused
from engawa.post.sealing import Cover

_Body = TypeVar("_Body")
# The act of an answer to a call that was not done; see ``Behind``.
BEHIND = "behind"


class NotFromThere(Exception):
    """The message was not made by the other side for this one, or is not of the expected form."""


@dataclass(frozen=True)
class Call:
    """One message. ``act`` says what is asked or answered, ``body`` is its content as JSON."""

    to: Short
    act: Short
    number: int
    body: str


@dataclass(frozen=True)
class Collect:
    """Asks for what waits; see ``PorchSide.collect``. ``wait`` in milliseconds."""

    settled: tuple[Cover, ...]
    wait: int


@dataclass(frozen=True)
class Outcome:
    """Answers a delivery; see ``PorchSide.deliver``."""

    refused: tuple[Refused, ...]


@dataclass(frozen=True)
class Behind:
    """Answers a call whose number was not above ``number``: it may be a repetition, so it was not done."""

    number: int


@dataclass(frozen=True)
class Link:
    """One side's end of the link.

    Args:
        side: "office" or "porch": the side that this end belongs to.
        private_key: its own.
        other: the public key of the other side.
    """

    side: str
    private_key: bytes
    other: bytes

    def wrap(self, act: str, number: int, body: object) -> bytes:
        """A message to the other side."""
        to = {"office": "porch", "porch": "office"}[self.side]
        return bytes(self._box.encrypt(fields.dumps(Call(to, act, number, fields.dumps(body))).encode()))

    def unwrap(self, sealed: bytes) -> Call:
        """A message that the other side made for this one.

        Raises:
            NotFromThere: it did not.
        """
        try:
            call = fields.loads(self._box.decrypt(sealed), Call)
        except (CryptoError, *fields.MALFORMED) as error:
            raise NotFromThere("not a message of the other side") from error
        if call.to != self.side:
            raise NotFromThere("a message for the other side")
        return call

    @property
    def _box(self) -> Box:
        return Box(PrivateKey(self.private_key), PublicKey(self.other))


def body_of(call: Call, kind: type[_Body]) -> _Body:
    """The body of a message.

    Raises:
        NotFromThere: it is not of this kind.
    """
    try:
        return fields.loads(call.body, kind)
    except fields.MALFORMED as error:
        raise NotFromThere(f"not a {kind.__name__}") from error
