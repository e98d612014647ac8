"""What is kept about contacts（対応）: the figures stay when the words go."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.timeline.models import Contact, ContactCode

CONTACT = Keeping(
    Contact,
    personal={"content": "", "own_words": "", "hearsay": "", "opinion": "", "place": "", "next_step": "", "writer": ""}
    | {"correction_reason": ""},
    plain=frozenset(
        {"id", "case", "number", "on", "at", "method", "counterpart", "also_with", "members", "minutes", "codes", "by"}
    )
    | {"next_on", "next_done_on", "urgent", "urgent_seen_at", "urgent_seen_by", "urgent_told_at", "recorded_at"}
    | {"corrected_by", "corrected_at", "import_id"},
    kept="ケースとともに",
)
CODE = Keeping(
    ContactCode,
    {},
    frozenset({"code", "label", "source", "position", "starts_on", "ends_on"}),
    "選択肢として残す",
)
