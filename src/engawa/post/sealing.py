"""Sealing and opening what passes between porch and office.

Everything on its way is a *sealed box* of libsodium (X25519, XSalsa20-Poly1305): anybody can close it with the
receiver's public key, only the receiver's private key opens it, and not even the sender can open it again.
Two things are sealed in with the content:

* the *cover* (id and seat that stand on the outside), so that nobody can move a letter into another envelope;
* padding, so that the length of what is kept tells the length of the words only in steps of ``STEP`` bytes.
"""

import uuid
from dataclasses import dataclass
from hashlib import blake2b

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

STEP = 256
_COVER_BYTES = 32


class CannotOpen(Exception):
    """The seal is broken, was made for another key, or holds the content of another envelope."""


@dataclass(frozen=True)
class Cover:
    """What stands on the outside of an envelope or letter."""

    id: uuid.UUID
    seat_id: uuid.UUID

    def __bytes__(self) -> bytes:
        return self.id.bytes + self.seat_id.bytes


def new_private_key() -> bytes:
    """A fresh X25519 private key (32 bytes)."""
    return bytes(PrivateKey.generate())


def public_key_of(private_key: bytes) -> bytes:
    """The public key (32 bytes) that belongs to a private key."""
    return bytes(PrivateKey(private_key).public_key)


def key_id_of(public_key: bytes) -> str:
    """The short name of a public key: it follows from the key, so that the two can never be mixed up."""
    return blake2b(public_key, digest_size=8, person=b"engawa key id").hexdigest()


def seal(content: bytes, cover: Cover, public_key: bytes) -> bytes:
    """The content, its cover and padding, readable only with the private key that belongs to ``public_key``."""
    padded = bindings.sodium_pad(bytes(cover) + content, STEP)
    return bytes(SealedBox(PublicKey(public_key)).encrypt(padded))


def unseal(sealed: bytes, cover: Cover, private_key: bytes) -> bytes:
    """The content of a sealed letter that came under this cover.

    Raises:
        CannotOpen: for another key, damaged, or sealed under another cover.
    """
    try:
        padded = SealedBox(PrivateKey(private_key)).decrypt(sealed)
    except (CryptoError, ValueError) as error:
        raise CannotOpen("the seal does not open with this key") from error
    opened = bindings.sodium_unpad(padded, STEP)
    if opened[:_COVER_BYTES] != bytes(cover):
        raise CannotOpen("the content belongs to another envelope")
    return opened[_COVER_BYTES:]


def lock(secret: bytes, key: bytes) -> bytes:
    """Encrypt with a symmetric key of 32 bytes (XSalsa20-Poly1305)."""
    return bytes(SecretBox(key).encrypt(secret))


def unlock(locked: bytes, key: bytes) -> bytes:
    """What ``lock`` encrypted.

    Raises:
        CannotOpen: another key, or damaged.
    """
    try:
        return SecretBox(key).decrypt(locked)
    except (CryptoError, ValueError) as error:
        raise CannotOpen("this key does not open the lock") from error
