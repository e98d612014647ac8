"""What is kept about contacts（対応）: the figures stay when the words go."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.timeline.models import Contact

CONTACT = Keeping(
    Contact,
    personal={"content": "", "correction_reason": ""},
    plain=frozenset({"id", "case", "number", "on", "at", "method", "counterpart", "minutes", "by", "recorded_at"})
    | {"corrected_by", "corrected_at", "import_id"},
    kept="ケースとともに",
)
