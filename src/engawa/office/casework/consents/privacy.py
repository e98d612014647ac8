"""What is kept about consents（同意）, shares and requests."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.consents.models import AccessRequest, Consent, ConsentParty, ConsentText, Purpose, Share

_KEPT = "ケースとともに"

CONSENT = Keeping(
    Consent,
    personal={"giver_name": "", "note": "", "withdrawal_note": "", "writer": ""},
    plain=frozenset({"id", "case", "text", "giver", "way", "given_on", "purposes", "parts", "ends_on", "recorded_by"})
    | {"paper", "recorded_at", "withdrawn_on", "withdrawn_way", "withdrawn_by"},
    kept=_KEPT,
)
PARTY = Keeping(
    ConsentParty,
    personal={"agency": "（保存年限により削除）"},
    plain=frozenset({"id", "consent", "organisation"}),
    kept=_KEPT,
)
SHARE = Keeping(Share, {}, frozenset({"id", "case", "grant", "consent"}), _KEPT)
REQUEST = Keeping(
    AccessRequest,
    personal={"reason": "", "answer": ""},
    plain=frozenset({"id", "case", "asked_by", "asked_at", "parts", "answered_at", "answered_by", "share"}),
    kept=_KEPT,
)
TEXT = Keeping(
    ConsentText,
    {},
    frozenset({"id", "code", "organisation", "version", "title", "body", "written_by", "written_at"}),
    "版が変わっても残す。人のことは書かない",
)
PURPOSE = Keeping(
    Purpose, {}, frozenset({"code", "label", "source", "position", "starts_on", "ends_on"}), "選択肢として残す"
)
