"""What is kept about who is who（名寄せ）."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.identity.models import Inquiry, Merge, Received, Reply, Step

_KEPT = "最後のケースの終結から、自治体の文書保存年限まで"

MERGE = Keeping(
    Merge,
    personal={"why": [], "reason": "", "split_reason": ""},
    plain=frozenset({"id", "kept", "gone", "moved", "filled", "merged_at", "by", "split_at", "split_by"}),
    kept=_KEPT,
)
STEP = Keeping(
    Step,
    personal={"note": ""},
    plain=frozenset({"id", "case", "kind", "agreed_by", "how", "on", "person", "talk", "recorded_at", "by"}),
    kept=_KEPT,
)
INQUIRY = Keeping(Inquiry, {"words": ""}, frozenset({"id", "case", "asked_at", "by"}), _KEPT)
RECEIVED = Keeping(
    Received,
    personal={"words": "", "said": ""},
    plain=frozenset({"id", "inquiry_id", "case", "asker", "asker_name", "received_at"})
    | {"answer", "answered_at", "answered_by"},
    kept=_KEPT,
)
REPLY = Keeping(
    Reply,
    personal={"said": ""},
    plain=frozenset({"id", "inquiry", "answer", "organisation", "replied_at"}),
    kept=_KEPT,
)
