"""What is kept about support teams（支援チーム）and ties（つながり）."""

from engawa.kernel.privacy import Keeping, filled
from engawa.office.casework.maps.models import Agency, Tie

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
