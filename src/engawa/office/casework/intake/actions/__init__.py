"""The only writers of what comes in by the thousand: cases and contacts, and rows about people, households, plans.

They run as a part of the system (second wall), on behalf of ``by``; each row carries the import that made it, or a
``Brought`` tells.
"""

from engawa.office.casework.intake.actions.cases import (
    CaseRow,
    StageRow,
    StateRow,
    check_may_take_in,
    take_in_cases,
    take_in_stages,
    take_in_states,
)
from engawa.office.casework.intake.actions.contacts import ContactRow, take_in_contacts
from engawa.office.casework.intake.actions.giving_back import give_back
from engawa.office.casework.intake.actions.members import complete_households
from engawa.office.casework.intake.actions.rows import take_in_rows
from engawa.office.casework.intake.rules import Verdict

__all__ = [
    "CaseRow",
    "ContactRow",
    "StageRow",
    "StateRow",
    "Verdict",
    "check_may_take_in",
    "complete_households",
    "give_back",
    "take_in_cases",
    "take_in_contacts",
    "take_in_rows",
    "take_in_stages",
    "take_in_states",
]
