"""Who the two sides of the link are to each other.

Each side makes its own key pair; its public key is shown by ``engawa keys`` and given to the other side as
``ENGAWA_LINK_KEY``, or in the file ``keys/link-other.pub`` of the other's data folder.
"""

from pathlib import Path

from django.conf import settings

from engawa.courier.link import Link
from engawa.post.keys import link_ring
from engawa.post.sealing import public_key_of

_KEY_BYTES = 32


class NotIntroduced(Exception):
    """The other side's public key is missing or is no key."""


def own_public_key(side: str) -> str:
    """What the other side has to be told, in hexadecimal; the key pair is made at the first call."""
    return public_key_of(link_ring(settings.HOME.keys, side).present()).hex()


def link_of(side: str) -> Link:
    """This side's end of the link.

    Raises:
        NotIntroduced: nobody told this side the other's public key.
    """
    return Link(side, link_ring(settings.HOME.keys, side).present(), _other())


def _other() -> bytes:
    file = Path(settings.HOME.keys) / "link-other.pub"
    written = settings.LINK_KEY or (file.read_text() if file.exists() else "")
    try:
        key = bytes.fromhex(written.strip())
    except ValueError as error:
        raise NotIntroduced("the other side's public key is not hexadecimal") from error
    if len(key) != _KEY_BYTES:
        raise NotIntroduced("the other side's public key is not set (ENGAWA_LINK_KEY or keys/link-other.pub)")
    return key
