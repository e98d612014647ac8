"""Private keys in files: the office's key ring, and each side's key of the courier's link.

A private key never enters a database. Its file is readable by its owner only (0600) and is on disk for good
before the key is used, because words sealed to a lost key are lost.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from engawa.kernel.ids import uuid7
from engawa.post.sealing import CannotOpen, Cover, key_id_of, new_private_key, public_key_of, unseal


@dataclass(frozen=True)
class KeyRing:
    """All private keys of one purpose, oldest first by file name; the newest is the present one.

    Files are named ``<purpose>.<UUIDv7 in hex>.key`` and hold the key in hexadecimal.
    """

    folder: Path
    purpose: str

    def private_keys(self) -> list[bytes]:
        """Every key of the ring, oldest first."""
        return [bytes.fromhex(file.read_text()) for file in sorted(self.folder.glob(f"{self.purpose}.*.key"))]

    def present(self) -> bytes:
        """The private key in use; made at the first call."""
        keys = self.private_keys()
        return keys[-1] if keys else self.rotate()

    def rotate(self) -> bytes:
        """Make a new key and put it in use. The older keys stay: they still open what was sealed to them."""
        key = new_private_key()
        _keep(self.folder / f"{self.purpose}.{uuid7().hex}.key", key.hex())
        return key

    def open(self, sealed: bytes, cover: Cover, key_id: str) -> bytes:
        """The content of an envelope sealed to the ring's key of that name.

        Raises:
            CannotOpen: the ring has no such key, or the seal does not open.
        """
        for key in reversed(self.private_keys()):
            if key_id_of(public_key_of(key)) == key_id:
                return unseal(sealed, cover, key)
        raise CannotOpen(f"key {key_id} is not on the ring")


def office_ring(folder: Path) -> KeyRing:
    """The keys that visitors' words are sealed to. Lives in the office zone's data folder only."""
    return KeyRing(folder, "office")


def document_ring(folder: Path) -> KeyRing:
    """The keys that the data keys of documents are sealed to. Lives in the office zone's data folder only."""
    return KeyRing(folder, "documents")


def link_ring(folder: Path, side: str) -> KeyRing:
    """The key by which one side of the courier's link ("office" or "porch") proves itself to the other."""
    return KeyRing(folder, f"link-{side}")


def _keep(file: Path, text: str) -> None:
    """Write a file that appears whole or not at all, and survives a power cut from then on."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
