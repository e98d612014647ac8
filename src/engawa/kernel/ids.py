"""Identifiers: UUID version 7 (RFC 9562), so that rows made later sort later."""

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """A new time-ordered identifier: 48 bits of milliseconds since 1970, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)
