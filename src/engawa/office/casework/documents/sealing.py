"""The document's own data key, sealed to the office: without it nobody reads the document."""

from django.conf import settings
from nacl.utils import random

from engawa.office.casework.documents.models import Document
from engawa.post.keys import document_ring
from engawa.post.sealing import Cover, key_id_of, public_key_of, seal

DATA_KEY_BYTES = 32


def give_key(document: Document) -> bytes:
    """Make the data key of a new document, and put it on the document, sealed."""
    settings.HOME.make()
    public = public_key_of(document_ring(settings.HOME.keys).present())
    key = random(DATA_KEY_BYTES)
    document.key_id, document.sealed_key = key_id_of(public), seal(key, _cover(document), public)
    return key


def key_of(document: Document) -> bytes:
    """The data key of a document.

    Raises:
        CannotOpen: it was destroyed, or the office has lost its own.
    """
    ring = document_ring(settings.HOME.keys)
    return ring.open(bytes(document.sealed_key), _cover(document), document.key_id)


def _cover(document: Document) -> Cover:
    """What the key belongs to: this document of this case, so that it opens no other."""
    return Cover(document.pk, document.case_id)
