"""What is kept about staff, and of what they typed."""

from engawa.kernel.privacy import Keeping
from engawa.office.access.models import Draft, Grant, KeptPost, Membership, Organisation, Remembered, Staff

STAFF = Keeping(
    Staff,
    personal={"email": "", "name": "", "reading": "", "persona": ""},
    plain=frozenset({"id", "password", "last_login", "language", "is_active", "date_joined"}),
    kept="最後の役割の終わりから、かかわったケースの記録が残るあいだ",
)
MEMBERSHIP = Keeping(
    Membership,
    personal={},
    plain=frozenset({"id", "staff", "organisation", "role", "starts_on", "ends_on"}),
    kept="職員の記録とともに",
)
GRANT = Keeping(
    Grant,
    personal={"reason": "（保存年限により削除）"},
    plain=frozenset({"id", "case_id", "staff", "organisation", "basis", "parts", "starts_at", "ends_at", "given_by"}),
    kept="ケースの記録とともに",
)
DRAFT = Keeping(
    Draft,
    personal={"fields": {}},
    plain=frozenset({"id", "staff", "path", "saved_at"}),
    kept="保存するまで。戻らなければ30日",
)
KEPT_POST = Keeping(
    KeptPost,
    personal={"fields": {}},
    plain=frozenset({"id", "staff", "path", "kept_at"}),
    kept="送りなおすまで。戻らなければ30日",
)
REMEMBERED = Keeping(Remembered, personal={"value": ""}, plain=frozenset({"key", "until"}), kept="数分、長くても一日")
ORGANISATION = Keeping(
    Organisation,
    personal={},
    plain=frozenset({"id", "name", "reading", "kind", "area_code", "ended_on"}),
    kept="記録の持ち主の名として残す",
)
