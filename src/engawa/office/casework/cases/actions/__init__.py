"""The only writers of cases: opening, facts, talks, states and handovers.

Each is one transaction that checks, changes and records. A case is locked while its state changes, so that
two people who close it at once do not both succeed.
"""

from engawa.office.casework.cases.actions.closing import close_case, reopen_case
from engawa.office.casework.cases.actions.finding import found_by, index_case, index_household, index_person
from engawa.office.casework.cases.actions.handovers import (
    answer_handover,
    hand_on_secrets_of,
    offer_handover,
    withdraw_handover,
)
from engawa.office.casework.cases.actions.opening import edit_facts, know_age, link_talk, open_case

__all__ = [
    "answer_handover",
    "close_case",
    "edit_facts",
    "found_by",
    "hand_on_secrets_of",
    "index_case",
    "index_household",
    "index_person",
    "know_age",
    "link_talk",
    "offer_handover",
    "open_case",
    "reopen_case",
    "withdraw_handover",
]
