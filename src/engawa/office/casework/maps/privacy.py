"""What is kept about support teams（支援チーム）, ties（つながり）, and of households that became one."""

from engawa.kernel.privacy import Keeping, filled
from engawa.office.casework.maps.models import Agency, Joining, Tie

AGENCY = Keeping(
    Agency,
    personal={"name": filled("name"), "contact_person": "", "phone": "", "note": ""},
    plain=frozenset({"id", "case", "organisation", "role", "since", "until"}),
    kept="ケースとともに",
)
TIE = Keeping(
    Tie,
    personal={"name": filled("name"), "note": ""},
    plain=frozenset({"id", "case", "member", "agency", "resource", "strength", "flow", "drawn_at"}),
    kept="ケースとともに",
)
JOINING = Keeping(
    Joining,
    personal={"left_name": "", "left_note": "", "parted_reason": ""},
    plain=frozenset({"id", "case", "household", "left", "own", "member", "moved", "turned", "filled"})
    | {"joined_at", "by", "parted_at", "parted_by"},
    kept="ケースとともに",
)
