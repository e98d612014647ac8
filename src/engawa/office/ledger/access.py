"""Fetches imports for those who may see them."""

import uuid

from django.http import Http404

from engawa.office.access.actors import Actor
from engawa.office.ledger.models import Import
from engawa.office.ledger.queries import imports_for


def import_for(actor: Actor, import_id: uuid.UUID) -> Import:
    """The import, if one of the actor's organisations made it.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    found = imports_for(actor).filter(id=import_id).first()
    if found is None:
        raise Http404
    return found
