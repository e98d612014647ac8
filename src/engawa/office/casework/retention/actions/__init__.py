"""The only writers of terms, holds and destruction lists, and of disclosures."""

from engawa.office.casework.retention.actions.again import destroy_again
from engawa.office.casework.retention.actions.disclosing import (
    Picked,
    approve_disclosure,
    begin_disclosure,
    end_disclosure,
    prepare_disclosure,
    return_disclosure,
    strike_words,
    submit_disclosure,
    unstrike_words,
)
from engawa.office.casework.retention.actions.keeping import (
    approve,
    draw_up,
    give_up,
    lift_hold,
    place_hold,
    set_term,
)

__all__ = [
    "Picked",
    "approve",
    "approve_disclosure",
    "begin_disclosure",
    "destroy_again",
    "draw_up",
    "end_disclosure",
    "give_up",
    "lift_hold",
    "place_hold",
    "prepare_disclosure",
    "return_disclosure",
    "set_term",
    "strike_words",
    "submit_disclosure",
    "unstrike_words",
]
