"""What is kept about support teams（支援チーム）and ties（つながり）."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.maps.models import Agency, Tie

AGENCY = Keeping(
    Agency,
    personal={"contact_person": "", "phone": "", "note": ""},
    plain=frozenset({"id", "case", "organisation", "name", "role", "since", "until"}),
    kept="ケースとともに",
)
TIE = Keeping(
    Tie,
    personal={"note": ""},
    plain=frozenset({"id", "case", "member", "agency", "resource", "name", "strength", "flow", "drawn_at"}),
    kept="ケースとともに",
)
