"""What a case is found by, and its person recognised by."""

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases import rules
from engawa.office.casework.cases.models import Case, CaseSearch
from engawa.office.casework.people.actions import keep_marks


def index_case(case: Case) -> None:
    """Write down anew what the case is found by. For actions that change names or numbers.

    Former and common names are found as well, and those of merged records; secret ones never.
    """
    people = [case.person, *case.person.merged.all()] if case.person else []
    names = [text for person in people for text in person.known().called]
    text, pieces = rules.index_of([case.number, case.handle, *names, case.organisation.name])
    CaseSearch.objects.update_or_create(case=case, defaults={"text": text, "pieces": pieces})


def index_person(case: Case) -> None:
    """Write down anew what the case, and every other case of its person, is found by, and the person recognised by."""
    if case.person is None:
        index_case(case)
        return
    keep_marks(case.person)
    with acting_as(KEEPER):
        for one in Case.objects.filter(person=case.person).select_related("organisation", "person"):
            index_case(one)
