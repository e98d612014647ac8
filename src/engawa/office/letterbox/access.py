"""Fetching what was set aside: the row, or not found."""

import uuid

from django.http import Http404

from engawa.office.access.actors import Actor
from engawa.office.letterbox import queries
from engawa.office.letterbox.models import OutgoingLetter, SetAside


def envelope_for(actor: Actor, envelope_id: uuid.UUID) -> SetAside:
    """An envelope that waits for a decision of this actor."""
    envelope = queries.envelopes_aside(actor).filter(id=envelope_id).first()
    if envelope is None:
        raise Http404
    return envelope


def letter_for(actor: Actor, letter_id: uuid.UUID) -> OutgoingLetter:
    """A letter that waits for a decision of this actor."""
    letter = next((one for one in queries.letters_aside(actor) if one.id == letter_id), None)
    if letter is None:
        raise Http404
    return letter
