"""The key that is forgotten daily: with it gone, no count of tries can be traced to an address any more.

It lives in the data folder's ``run`` part, which no backup takes, and never in a database.
"""

import datetime as dt
import os
import secrets
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

_PREFIX = "daily"


def tag(day: dt.date, *parts: str) -> str:
    """A name for these parts that only today's key could make again."""
    return blake2b("\n".join(parts).encode(), key=_key(day), digest_size=16).hexdigest()


def forget_before(day: dt.date) -> None:
    """Throw away the keys of earlier days."""
    for file in _folder().glob(f"{_PREFIX}-*.key"):
        if file.name < _file(day).name:
            file.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.HOME.run)


def _file(day: dt.date) -> Path:
    return _folder() / f"{_PREFIX}-{day.isoformat()}.key"


def _key(day: dt.date) -> bytes:
    file = _file(day)
    if not file.exists():
        _make(file)
        forget_before(day)
    return file.read_bytes()


def _make(file: Path) -> None:
    """Write a fresh key; where another process was first, its key stands."""
    settings.HOME.make()
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(secrets.token_bytes(32))
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
