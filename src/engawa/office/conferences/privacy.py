"""What is kept about conferences: who sat together and what was on the list stays; other columns of a ledger go."""

from engawa.kernel.privacy import Keeping
from engawa.office.conferences.models import AgendaItem, Conference

CONFERENCE = Keeping(
    Conference,
    personal={},
    plain=frozenset({"id", "number", "held_on", "ward", "basis", "agencies", "notes", "import_id"}),
    kept="会議の記録として、自治体の文書保存年限まで。人のことは案件に書く",
)
ITEM = Keeping(
    AgendaItem,
    personal={"notes": {}},
    plain=frozenset({"id", "conference", "case", "kind", "route", "lead", "import_id"}),
    kept="ケースとともに",
)
