"""What is kept about desks, hours and resources: what is published, and about nobody who comes there."""

from engawa.kernel.privacy import Keeping
from engawa.office.directory.models import ClosedDay, Desk, OpeningHours, Resource

_KEPT = "窓口・社会資源の案内として残す"
_NAMES = frozenset({"id", "organisation", "name", "name_easy", "name_english", "reading", "published"})
_SUMMARIES = frozenset({"summary", "summary_easy", "summary_english"})

DESK = Keeping(
    Desk,
    personal={},
    plain=_NAMES | _SUMMARIES | {"group", "phone", "email", "address", "areas", "takes_talks", "position"},
    kept=_KEPT,
)
HOURS = Keeping(
    OpeningHours,
    personal={},
    plain=frozenset({"id", "desk", "weekday", "opens", "closes", "starts_on", "ends_on"}),
    kept=_KEPT,
)
CLOSED_DAY = Keeping(ClosedDay, personal={}, plain=frozenset({"id", "desk", "day", "reason"}), kept=_KEPT)
RESOURCE = Keeping(Resource, personal={}, plain=_NAMES | _SUMMARIES | {"kind", "times", "where", "online"}, kept=_KEPT)
