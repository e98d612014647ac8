"""What is kept about referrals（つなぎ）."""

from engawa.kernel.privacy import Keeping, filled
from engawa.office.casework.referrals.models import Referral, ReferralKind

REFERRAL = Keeping(
    Referral,
    personal={
        "name": filled("name"),
        "contact_person": "",
        "wish": "",
        "handed": "",
        "writer": "",
        "reason": "",
        "answer_words": filled("answer_words"),
    },
    plain=frozenset({"id", "case", "member", "kind", "organisation", "resource", "on", "parts", "basis", "consent"})
    | {"check_on", "reminded_on", "answer", "answered_on", "introducer", "by", "recorded_at"},
    kept="ケースとともに",
)
REFERRAL_KIND = Keeping(
    ReferralKind,
    {},
    frozenset({"code", "label", "source", "position", "starts_on", "ends_on"}),
    "選択肢として残す",
)
