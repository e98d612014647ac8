"""What the letterbox keeps: words only while they are under way, or while nobody could read or deliver them."""

from engawa.kernel.privacy import Keeping
from engawa.office.letterbox.models import ArrivedEnvelope, OutgoingLetter, SeatAddress, SetAside

OUTGOING = Keeping(
    OutgoingLetter,
    personal={"body": b""},
    plain=frozenset({"id", "number", "kind", "seat_id", "written_at", "delivered_at", "set_aside", "settled_at"}),
    kept="ことばは届くまで、または処理を終えた日の夜まで。届いた印は30日",
)
ADDRESS = Keeping(
    SeatAddress,
    personal={},
    plain=frozenset({"seat_id", "public_key"}),
    kept="席の公開鍵として残す。同じ席を別の鍵で開けなくするため",
)
ARRIVED = Keeping(
    ArrivedEnvelope,
    personal={},
    plain=frozenset({"id", "kind", "arrived_at"}),
    kept="番号だけを残す。二度届いても一度とするため",
)
SET_ASIDE = Keeping(
    SetAside,
    personal={"sealed": b""},
    plain=frozenset({"id", "seat_id", "key_id", "reason", "arrived_at", "settled_at"}),
    kept="読めるようになって届くか、処理を終えた日の夜まで",
)
