"""What waits on the porch: words that only their reader can open."""

from engawa.kernel.privacy import Keeping
from engawa.porch.mailbox.models import Envelope, LastCall, SeatLetter

ENVELOPE = Keeping(
    Envelope,
    personal={"sealed": b""},
    plain=frozenset({"seat_id", "id", "number", "key_id", "posted_at"}),
    kept="職員の側に届くまで",
)
SEAT_LETTER = Keeping(
    SeatLetter, personal={"sealed": b""}, plain=frozenset({"seat", "id", "number"}), kept="席とともに"
)
LAST_CALL = Keeping(LastCall, personal={}, plain=frozenset({"lane", "number"}), kept="通信の番号として残す")
