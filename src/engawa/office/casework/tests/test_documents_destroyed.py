"""The approved list of a destruction and documents: by their own class and term, and by their key."""

import datetime as dt
from collections.abc import Callable

import pytest

from engawa.office.access.actors import COMMAND, Actor
from engawa.office.access.models import Organisation, Staff
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.actions import close_case, open_case
from engawa.office.casework.documents.actions import File, add_document
from engawa.office.casework.documents.models import Document, DocumentKind, DocumentVersion
from engawa.office.casework.models import Term
from engawa.office.casework.people.models import Person
from engawa.office.casework.retention import actions
from engawa.office.directory.models import Desk

pytestmark = pytest.mark.django_db
LONG_AGO = dt.date(2019, 5, 10)


@pytest.fixture
def letter(desk_organisation: Organisation) -> Document:
    """Of a case that was closed long ago."""
    with acting_as(COMMAND):
        desk = Desk.objects.create(name="窓口", organisation=desk_organisation)
        case = open_case(by=COMMAND, desk=desk, requester="self", received_on=LONG_AGO, name="秘密 太郎")
        file, kind = File("x.txt", "秘密の手紙".encode()), DocumentKind.objects.get(code="letter")
        made = add_document(by=COMMAND, case=case, file=file, title="秘密の題", kind=kind)
        close_case(by=COMMAND, case=case, on=LONG_AGO, reason="moved")
    return made


def test_documents_outlive_their_case_by_their_own_term_and_then_lose_key_and_content(
    letter: Document, supervisor: Staff, manager: Staff, actor_of: Callable[[Staff], Actor]
) -> None:
    """Two people: one draws up the list, the other approves it."""

    def destroy(years: int) -> set[str]:
        with acting_as(COMMAND):
            Term.objects.filter(record_class="document").update(years=years)
        with acting_as(actor_of(supervisor)):
            made = actions.draw_up(by=actor_of(supervisor), organisation=letter.case.organisation)
        with acting_as(actor_of(manager)):
            actions.approve(by=actor_of(manager), destruction=made)
        with acting_as(COMMAND):
            return set(made.items.values_list("record_class", flat=True))

    first = destroy(years=10)
    assert "case" in first
    assert "document" not in first
    with acting_as(COMMAND):
        kept, version = Document.objects.get(), DocumentVersion.objects.get()
        assert "秘密" not in Person.objects.get().name
        assert kept.title == "秘密の題"
        assert bytes(kept.sealed_key)
        assert bytes(version.content)
    assert destroy(years=5) == {"document"}
    with acting_as(COMMAND):
        erased, version = Document.objects.get(), DocumentVersion.objects.get()
        assert (erased.title, bytes(erased.sealed_key), bytes(version.content)) == ("", b"", b"")
