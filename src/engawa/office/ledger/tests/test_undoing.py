"""An import is undone as a whole, or not at all when somebody has worked with it since."""

import datetime as dt
from collections.abc import Callable

import pytest

from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.actors import COMMAND
from engawa.office.access.models import Grant, Organisation
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case
from engawa.office.casework.maps.actions.family import add_member
from engawa.office.casework.plans.actions.writing import Content, draft_plan
from engawa.office.casework.timeline.actions import record_contact
from engawa.office.directory.models import Desk
from engawa.office.ledger.actions.receiving import Handed, WrongStage, import_files
from engawa.office.ledger.actions.undoing import NotUndoable, undo
from engawa.office.ledger.models import Import
from engawa.office.questionnaires.models import Questionnaire

pytestmark = pytest.mark.django_db
Book = Callable[..., Source]


def take(*sources: Source) -> Import:
    import_files(by=COMMAND, ledger=Handed(sources))
    with acting_as(COMMAND):
        return Import.objects.latest("made_at")


def take_back(entry: Import) -> None:
    with acting_as(COMMAND):
        undo(by=COMMAND, entry=entry)


def test_undoing_leaves_nothing_behind(demo_ledger: list[Source]) -> None:
    entry = take(*demo_ledger)
    take_back(entry)
    with acting_as(COMMAND):
        left = [Case, Grant, Desk, Organisation]
        assert [model.objects.count() for model in left] == [0, 0, 0, 0]
        assert not Questionnaire.objects.filter(kind=Questionnaire.Kind.SURVEY).exists()
        assert Import.objects.get().stage == Import.Stage.UNDONE


def test_an_import_on_which_work_hangs_is_not_undone(book: Book) -> None:
    entry = take(book(相談ケース=[("K1", "R2.9.4", "窓口", "本人")]))
    with acting_as(COMMAND):
        record_contact(by=COMMAND, case=Case.objects.get(), on=dt.date(2020, 9, 5), method="phone", counterpart="self")
    with pytest.raises(NotUndoable, match="対応 1件"):
        take_back(entry)
    with acting_as(COMMAND):
        assert Case.objects.count() == 1


def test_an_import_with_a_plan_or_a_family_written_since_is_not_undone(book: Book) -> None:
    entry = take(book(相談ケース=[("K1", "R2.9.4", "窓口", "本人")]))
    with acting_as(COMMAND):
        case = Case.objects.get()
        draft_plan(by=COMMAND, case=case, content=Content(), hope="家で働きたい")
        add_member(by=COMMAND, case=case, as_="mother", called="母")
    with pytest.raises(NotUndoable, match="計画 1件、担当や本人・世帯を記録したケース 1件"):
        take_back(entry)


def test_an_import_that_a_later_import_builds_on_is_not_undone(book: Book) -> None:
    first = take(book(相談ケース=[("K1", "R2.9.4", "窓口", "本人")]))
    second = take(book(状態=[("K1", "R2.9.5", "終結", "", "")]))
    with pytest.raises(NotUndoable, match="状態 1件"):
        take_back(first)
    take_back(second)
    take_back(first)


def test_what_is_undone_cannot_be_undone_again(book: Book) -> None:
    entry = take(book(相談ケース=[("K1", "R2.9.4", "窓口", "本人")]))
    take_back(entry)
    with pytest.raises(WrongStage, match="取り消し済み"):
        take_back(entry)


def test_a_desk_that_is_used_by_others_stays(book: Book) -> None:
    first = take(book(相談ケース=[("K1", "R2.9.4", "窓口", "本人")]))
    take(book(相談ケース=[("K2", "R2.9.4", "窓口", "本人")]))
    take_back(first)
    with acting_as(COMMAND):
        assert list(Case.objects.values_list("number", flat=True)) == ["K2"]
        assert Desk.objects.count() == 1
