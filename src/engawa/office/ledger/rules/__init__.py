"""The ledger's sheets and columns as data, and how one cell is read."""

from engawa.kernel.spreadsheets.cells import header_key
from engawa.office.ledger.rules.assessments import ASSESSMENTS
from engawa.office.ledger.rules.cells import (
    REPORT_MARK,
    Column,
    Fault,
    SetAside,
    SheetKind,
    Unreadable,
    Values,
    folded,
    read_row,
    with_notes,
)
from engawa.office.ledger.rules.counted import (
    ANSWERS,
    CASES,
    CONFERENCES,
    CONTACTS,
    ITEMS,
    QUESTIONS,
    STAGES,
    STATES,
    desk_group,
)
from engawa.office.ledger.rules.gatherings import GATHERINGS
from engawa.office.ledger.rules.people import MEMBERS, PEOPLE
from engawa.office.ledger.rules.plans import PLANS
from engawa.office.ledger.rules.sharing import SHARING
from engawa.office.ledger.rules.told import Part, Told

__all__ = [
    "ANSWERS",
    "CASES",
    "CONFERENCES",
    "CONTACTS",
    "ITEMS",
    "MEMBERS",
    "QUESTIONS",
    "REPORT_MARK",
    "SHEETS",
    "STAGES",
    "STATES",
    "TOLD",
    "Column",
    "Fault",
    "Part",
    "SetAside",
    "SheetKind",
    "Told",
    "Unreadable",
    "Values",
    "desk_group",
    "folded",
    "kind_of",
    "read_row",
    "with_notes",
]

TOLD = (*PEOPLE, *SHARING, *GATHERINGS, *ASSESSMENTS, *PLANS)
# In the order in which they build on each other.
SHEETS: tuple[SheetKind, ...] = (
    *(CASES, STATES),
    *PEOPLE,
    *(CONTACTS, STAGES, CONFERENCES, ITEMS, QUESTIONS, ANSWERS),
    *ASSESSMENTS,
    *PLANS,
    *SHARING,
    *GATHERINGS,
)


def kind_of(title: str) -> SheetKind | None:
    """The kind of sheet that a title or file name means: the one whose name it is, or the longest that it contains.

    Two names of the same length leave it open.
    """
    key = header_key(title)
    exact = [kind for kind in SHEETS if header_key(kind.name) == key]
    contained = [kind for kind in SHEETS if header_key(kind.name) in key]
    longest = max((len(header_key(kind.name)) for kind in contained), default=0)
    found = exact or [kind for kind in contained if len(header_key(kind.name)) == longest]
    return found[0] if len(found) == 1 else None
