"""What is kept about cases（ケース）, their states and handovers. The figures stay when the words go."""

from django.db.models import Case as Chosen
from django.db.models import Value, When

from engawa.kernel.privacy import Keeping
from engawa.office.casework.cases.models import Case, CaseCounter, CaseSearch, CaseState, CaseTalk, EndReason, Handover

# Statistics ask only whether a case went on to a public health and welfare centre: nothing else of its name stays.
_CENTRE = "保健福祉センター"
_DESTINATION = Chosen(When(destination__contains=_CENTRE, then=Value(_CENTRE)), default=Value(""))
_KEPT = "終結から、自治体の文書保存年限まで"

CASE = Keeping(
    Case,
    personal={"route": "", "complaint": "", "handle": "", "notes": {}},
    plain=frozenset(
        {"id", "number", "organisation", "desk", "lead", "received_on", "requester", "person", "age_years"}
        | {"household", "member", "age_band", "sex", "import_id", "opened_at", "state", "last_contact_on"}
    ),
    kept=_KEPT,
)
SEARCH = Keeping(CaseSearch, {"text": "", "family": "", "pieces": []}, frozenset({"case", "holders"}), _KEPT)
STATE = Keeping(
    CaseState,
    personal={"destination": _DESTINATION, "note": ""},
    plain=frozenset({"id", "case", "effective_on", "state", "reason", "reason_code"})
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
COUNTER = Keeping(CaseCounter, {}, frozenset({"fiscal_year", "last"}), "番号を二度使わないために残す")
END_REASON = Keeping(
    EndReason,
    {},
    frozenset({"code", "label", "source", "position", "starts_on", "ends_on"}),
    "選択肢として残す",
)
