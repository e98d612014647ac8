"""The only writers of who is who, by noun. Merging, splitting and renaming reach every case of a person."""

from engawa.office.casework.identity.actions.inquiries import answer_inquiry, ask_elsewhere
from engawa.office.casework.identity.actions.merges import merge_with, split
from engawa.office.casework.identity.actions.people import (
    drop_other,
    edit_person,
    keep_address,
    keep_name,
    keep_reach,
)
from engawa.office.casework.identity.actions.steps import (
    give_name,
    give_name_again,
    join_talk,
    note_naming,
    open_named,
    part_talk,
    take_name_back,
)

__all__ = [
    "answer_inquiry",
    "ask_elsewhere",
    "drop_other",
    "edit_person",
    "give_name",
    "give_name_again",
    "join_talk",
    "keep_address",
    "keep_name",
    "keep_reach",
    "merge_with",
    "note_naming",
    "open_named",
    "part_talk",
    "split",
    "take_name_back",
]
