"""What a case is found by, and its person recognised by."""

from uuid import UUID

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases import rules
from engawa.office.casework.cases.models import Case, CaseSearch
from engawa.office.casework.people.actions import keep_marks


def index_case(case: Case) -> None:
    """Write down anew what the case is found by. For actions that change names or numbers."""
    with acting_as(KEEPER):
        found = found_by(case)
        said = {"text": found.text, "family": found.family, "pieces": found.pieces}
        CaseSearch.objects.update_or_create(case=case, defaults=said)


def found_by(case: Case) -> CaseSearch:
    """What the case is found by, not written yet; with person, merged records and members at hand it asks nothing.

    Former and common names are found as well, and those of merged records; secret ones never. Of the household those
    who are nobody's 本人: whoever asks for the nameless is found by their own name.
    """
    people = [case.person, *case.person.merged.all()] if case.person else []
    names = [text for person in people for text in person.known().called]
    text, pieces = rules.index_of([case.number, case.handle, *names, case.organisation.name])
    members = case.household.members.all() if case.household else []
    theirs = [text for one in members if one.person_id is None for text in (one.name, one.reading)]
    family, of_family = rules.index_of(theirs)
    return CaseSearch(case=case, text=text, family=family, pieces=sorted({*pieces, *of_family}))


def index_household(household: UUID) -> None:
    """Write down anew what the cases of a household are found by. For actions that change who is in it."""
    with acting_as(KEEPER):
        for case in Case.objects.filter(household=household).select_related("organisation", "person"):
            index_case(case)


def index_person(case: Case) -> None:
    """Write down anew what the case, and every other case of its person, is found by, and the person recognised by."""
    if case.person is None:
        index_case(case)
        return
    keep_marks(case.person)
    with acting_as(KEEPER):
        for one in Case.objects.filter(person=case.person).select_related("organisation", "person"):
            index_case(one)
