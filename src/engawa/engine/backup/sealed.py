"""The encrypted file: named entries, streamed, of which not one byte can be read, changed, moved or cut unnoticed.

Layout: one line of magic, one line of JSON that says how the key is made and (unproven) when the file was, then
libsodium's *secretstream* (XChaCha20-Poly1305): its header and chunks, each preceded by its length in four bytes. A
chunk's first byte says what it is: ``N`` the name of the next entry, ``D`` a piece of its content. The last chunk
carries the tag FINAL; a file without it was cut.
"""

import hashlib
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
)
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.utils import random as random_bytes

from engawa.engine.trouble import Trouble
from engawa.kernel.clock import now

MAGIC = b"ENGAWA BACKUP 1\n"
_PIECE = 256 * 1024
_LONGEST_CHUNK = _PIECE + 1024
_LENGTH = struct.Struct(">I")


class Secret:
    """What opens a backup: a passphrase, or the content of a key file."""

    def __init__(self, words: bytes, *, kind: str) -> None:
        self._words = words
        self.kind = kind

    @classmethod
    def passphrase(cls, words: str) -> "Secret":
        return cls(words.encode(), kind="passphrase")

    @classmethod
    def key_file(cls, file: Path) -> "Secret":
        """The content of a file that holds at least 32 random bytes.

        Raises:
            Trouble: the file is missing or too short to be random.
        """
        advice = f"head -c 32 /dev/urandom | base64 > {file}   (and keep a copy away from this machine)"
        try:
            words = file.read_bytes()
        except OSError as error:
            raise Trouble(f"The key file {file} cannot be read: {error.strerror}.", advice) from error
        if len(words) < 32:
            raise Trouble(f"The key file {file} holds fewer than 32 bytes.", advice)
        return cls(words, kind="key file")

    def key(self, recipe: dict[str, str | int]) -> bytes:
        """The encryption key. Argon2id makes guessing a passphrase slow; a key file needs no slowing."""
        salt = bytes.fromhex(str(recipe["salt"]))
        if self.kind == "key file":
            return hashlib.blake2b(self._words, key=salt, digest_size=32).digest()
        return argon2id.kdf(32, self._words, salt, opslimit=int(recipe["ops"]), memlimit=int(recipe["memory"]))

    def new_recipe(self) -> dict[str, str | int]:
        return {
            "kind": self.kind,
            "made_at": now().isoformat(),
            "salt": random_bytes(argon2id.SALTBYTES).hex(),
            "ops": argon2id.OPSLIMIT_MODERATE,
            "memory": argon2id.MEMLIMIT_MODERATE,
        }


class Writer:
    """Writes entries into ``file``; nothing counts before ``finish``."""

    def __init__(self, file: BinaryIO, secret: Secret) -> None:
        self._file = file
        recipe = secret.new_recipe()
        self._state = crypto_secretstream_xchacha20poly1305_state()
        header = crypto_secretstream_xchacha20poly1305_init_push(self._state, secret.key(recipe))
        file.write(MAGIC + json.dumps(recipe).encode() + b"\n" + header)

    def entry(self, name: str, content: BinaryIO) -> None:
        """Add everything that ``content`` gives, under a name."""
        self._chunk(b"N" + name.encode())
        while piece := content.read(_PIECE):
            self._chunk(b"D" + piece)

    def finish(self) -> None:
        self._chunk(b"", crypto_secretstream_xchacha20poly1305_TAG_FINAL)

    def _chunk(self, plain: bytes, tag: int = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE) -> None:
        sealed = crypto_secretstream_xchacha20poly1305_push(self._state, plain, None, tag)
        self._file.write(_LENGTH.pack(len(sealed)) + sealed)


class Reader:
    """Reads the entries of ``file`` in order.

    Raises:
        Trouble: it is no backup, or is opened by a secret of the other kind.
    """

    def __init__(self, file: BinaryIO, secret: Secret) -> None:
        self._file = file
        if file.readline(len(MAGIC)) != MAGIC:
            raise Trouble("This file is no backup of Engawa, or of a version that this one does not know.")
        try:
            recipe = dict(json.loads(file.readline(1000)))
        except (ValueError, TypeError) as error:
            raise _damaged() from error
        if recipe.get("kind") != secret.kind:
            raise Trouble(f"This backup is opened by a {recipe.get('kind')}, not by a {secret.kind}.")
        header = file.read(crypto_secretstream_xchacha20poly1305_HEADERBYTES)
        if len(header) != crypto_secretstream_xchacha20poly1305_HEADERBYTES:
            raise _damaged()
        self._state = crypto_secretstream_xchacha20poly1305_state()
        try:
            crypto_secretstream_xchacha20poly1305_init_pull(self._state, header, secret.key(recipe))
        except (KeyError, ValueError, CryptoError) as error:
            raise _damaged() from error
        self._started = False

    def pieces(self) -> Iterator[tuple[str, bytes]]:
        """Pieces of content with the name of their entry; each entry begins with an empty piece.

        Raises:
            Trouble: the secret is wrong, or the file was changed or cut.
        """
        name = ""
        while True:
            plain, tag = self._chunk()
            if tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL:
                return
            if plain[:1] == b"N":
                name = plain[1:].decode()
                yield name, b""
            else:
                yield name, plain[1:]

    def _chunk(self) -> tuple[bytes, int]:
        length = self._file.read(_LENGTH.size)
        size = _LENGTH.unpack(length)[0] if len(length) == _LENGTH.size else 0
        sealed = self._file.read(size) if 0 < size <= _LONGEST_CHUNK else b""
        if not sealed or len(sealed) != size:
            raise _damaged()
        try:
            chunk = crypto_secretstream_xchacha20poly1305_pull(self._state, sealed, None)
        except (CryptoError, RuntimeError, ValueError) as error:
            raise (_damaged() if self._started else _wrong_secret()) from error
        self._started = True
        return chunk


def _damaged() -> Trouble:
    return Trouble("The backup file is damaged or was cut short: its end or a part of it is missing.")


def _wrong_secret() -> Trouble:
    return Trouble("The passphrase or key file does not open this backup (or its very first bytes are damaged).")
