"""What is kept about people who were promised a call or a meeting. What was talked about then stands in the case."""

from engawa.kernel.privacy import Keeping
from engawa.office.desk.models import Appointment

APPOINTMENT = Keeping(
    Appointment,
    personal={"handle": "", "phone": "", "place": "", "note": "", "said": ""},
    plain=frozenset({"id", "kind", "organisation", "case", "talk", "counterpart", "starts_at", "ends_at"})
    | {"promised_at", "promised_by", "claimed_at", "claimed_by", "tries", "tried_at"}
    | {"settled_at", "settled_by", "outcome"},
    kept="済んだ日、取りやめた日から1年",
)
