"""What is kept about retention itself: numbers, days and names of staff; the reasons of holds go with the case."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.retention.models import Destruction, DestructionItem, Disclosure, Hold, RecordClass, Term

HOLD = Keeping(
    Hold,
    personal={"reason": "（保存年限により削除）", "lift_note": ""},
    plain=frozenset({"id", "case", "ends_on", "placed_by", "placed_at", "lifted_at", "lifted_by"}),
    kept="ケースとともに",
)
DISCLOSURE = Keeping(
    Disclosure,
    personal={"asker": "", "choices": {}, "struck": [], "content": {}, "returned": ""},
    plain=frozenset({"id", "case", "state", "prepared_by", "begun_at", "handed_in_at", "approved_by", "approved_at"}),
    kept="ケースとともに",
)
_PROOF = "消去の証明として、ずっと"
DESTRUCTION = Keeping(
    Destruction,
    {},
    frozenset({"id", "organisation", "made_by", "made_at", "approved_by", "approved_at", "given_up_at"}) | {"again_at"},
    _PROOF,
)
ITEM = Keeping(
    DestructionItem,
    {},
    frozenset({"id", "destruction", "case", "number", "record_class", "closed_on", "due_on", "outcome", "rows"})
    | {"settled_at"},
    _PROOF,
)
CLASS = Keeping(
    RecordClass, {}, frozenset({"code", "label", "source", "position", "starts_on", "ends_on"}), "選択肢として残す"
)
TERM = Keeping(Term, {}, frozenset({"id", "record_class", "years", "starts_on", "source"}), "選択肢として残す")
