"""What the audit log keeps: who did what, never what was said."""

from engawa.kernel.privacy import Keeping
from engawa.office.audit.models import Entry, Seal

# Nothing of an entry can be scrubbed, by design: its seal would break.
ENTRY = Keeping(
    Entry,
    personal={},
    plain=frozenset({"id", "at", "actor", "actor_name", "reading", "deed", "subject", "case_id", "detail"}),
    kept="自治体の文書保存年限まで、書かれたまま",
)
SEAL = Keeping(Seal, personal={}, plain=frozenset({"entry_id", "lane", "number", "digest"}), kept="監査記録とともに")
