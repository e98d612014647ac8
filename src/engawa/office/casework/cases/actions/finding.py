"""What a case is found by, and its person recognised by."""

from uuid import UUID

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases import rules
from engawa.office.casework.cases.models import Case, CaseSearch
from engawa.office.casework.households.models import Member
from engawa.office.casework.people.actions import keep_marks


def index_case(case: Case) -> None:
    """Write down anew what the case is found by. For actions that change names or numbers.

    Former and common names are found as well, and those of merged records and of the household; secret ones never.
    """
    with acting_as(KEEPER):
        people = [case.person, *case.person.merged.all()] if case.person else []
        names = [text for person in people for text in person.known().called]
        text, pieces = rules.index_of([case.number, case.handle, *names, case.organisation.name])
        family, of_family = rules.index_of(_names_in(case.household_id))
        found_by = {"text": text, "family": family, "pieces": sorted({*pieces, *of_family})}
        CaseSearch.objects.update_or_create(case=case, defaults=found_by)


def _names_in(household: UUID | None) -> list[str]:
    """Names of the members who have no case of their own: whoever asks for the nameless is found by theirs."""
    members = Member.objects.filter(household=household, person=None) if household else Member.objects.none()
    return [text for pair in members.values_list("name", "reading") for text in pair if text]


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
