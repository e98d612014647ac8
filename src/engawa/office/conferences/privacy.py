"""What is kept about conferences: who sat together and what was on the list stays; other columns of a ledger go.

Route and lead（主担当）of an item are counted in figures. A value that the figures know stays: it tells of a kind of
agency, and of nobody. Anything else is what somebody typed, may name a person, and goes.
"""

from django.db.models import Case, F, TextField, Value, When

from engawa.kernel.privacy import Keeping
from engawa.office.conferences.models import AgendaItem, Conference
from engawa.office.conferences.rules import LEADS, OTHER_WORDS, ROUTES


def known_words(name: str, known: tuple[str, ...]) -> Case:
    """The field as it is where figures know its value, and ``OTHER_WORDS`` in place of any other."""
    stays = When(**{f"{name}__in": ["", *known]}, then=F(name))
    return Case(stays, default=Value(str(OTHER_WORDS)), output_field=TextField())


CONFERENCE = Keeping(
    Conference,
    personal={},
    plain=frozenset({"id", "number", "held_on", "ward", "basis", "agencies", "notes", "import_id"}),
    kept="会議の記録として、自治体の文書保存年限まで。人のことは案件に書く",
)
ITEM = Keeping(
    AgendaItem,
    personal={"notes": {}, "route": known_words("route", ROUTES), "lead": known_words("lead", LEADS)},
    plain=frozenset({"id", "conference", "case", "kind", "import_id"}),
    kept="ケースとともに",
)
