"""What is kept about cases（ケース）, their states and handovers. The figures stay when the words go."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.cases.models import Case, CaseSearch, CaseState, CaseTalk, Handover

_KEPT = "終結から、自治体の文書保存年限まで"

CASE = Keeping(
    Case,
    personal={"complaint": "", "handle": "", "notes": {}},
    plain=frozenset(
        {"id", "number", "organisation", "desk", "lead", "received_on", "requester", "route", "person", "age_years"}
        | {"household", "member", "age_band", "sex", "import_id", "opened_at", "state", "last_contact_on"}
    ),
    kept=_KEPT,
)
SEARCH = Keeping(CaseSearch, {"text": "", "pieces": []}, frozenset({"case", "holders"}), _KEPT)
STATE = Keeping(
    CaseState,
    personal={"note": ""},
    plain=frozenset({"id", "case", "effective_on", "state", "reason", "reason_code", "destination"})
    | {"recorded_at", "by", "import_id"},
    kept=_KEPT,
)
TALK = Keeping(CaseTalk, {}, frozenset({"id", "case", "talk", "linked_at", "by"}), _KEPT)
HANDOVER = Keeping(
    Handover,
    personal={"package": "", "answer": ""},
    plain=frozenset({"id", "case", "giver", "taker", "offered_at", "offered_by", "answered_at", "answered_by"})
    | {"accepted"},
    kept=_KEPT,
)
