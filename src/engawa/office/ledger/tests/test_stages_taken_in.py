"""Stages of support come in with the ledger, by the rules of every other sheet."""

from collections.abc import Callable

import pytest

from engawa.kernel.spreadsheets.reading import Source
from engawa.office.access.actors import COMMAND
from engawa.office.access.walls import acting_as
from engawa.office.casework.assessments.models import StageStep
from engawa.office.ledger.actions.receiving import Handed, import_files
from engawa.office.ledger.actions.taking_in import Outcome
from engawa.office.ledger.actions.undoing import undo
from engawa.office.ledger.models import Import

pytestmark = pytest.mark.django_db
CASE = ("K1", "R2.9.4", "窓口", "家族", "", "", "", "")
FAMILY, OWN = "A 家族支援の段階", "Ｂ　個人的支援の段階"
Book = Callable[..., Source]
TakeIn = Callable[..., Outcome]


def steps() -> list[tuple[str, str]]:
    with acting_as(COMMAND):
        return list(StageStep.objects.order_by("on").values_list("stage_id", "note"))


def test_stages_with_their_steps_back_are_taken_in_once(book: Book, take_in: TakeIn) -> None:
    """000-15: a step back is a step; every width of a word is the word."""
    rows = [("K1", "R2.10.1", FAMILY, "母と", "岡"), ("K1", "R3.4.1", OWN, "", ""), ("K1", "R3.9.1", FAMILY, "", "")]
    source = book(相談ケース=[CASE], 支援の段階=rows)
    first, second = take_in(source), take_in(source)
    with acting_as(COMMAND):
        assert StageStep.objects.earliest("on").shown_writer == "岡（台帳）"
    (other,) = take_in(book(支援の段階=[(*rows[0][:4], "森")])).set_aside
    assert other.fault.column == "記録者"
    assert first.set_aside == second.set_aside == []
    assert steps() == [("a", "母と"), ("b", ""), ("a", "")]
    assert second.counts["支援の段階"]["same"] == 3


def test_a_stage_that_nobody_knows_sets_its_row_aside_and_names_those_that_are_known(
    book: Book, take_in: TakeIn
) -> None:
    rows = [
        ("K1", "R2.10.1", "ひみつの段階", "", ""),
        ("K9", "R2.10.1", FAMILY, "", ""),
        ("K1", "R2.10.1", FAMILY, "", ""),
    ]
    outcome = take_in(book(相談ケース=[CASE], 支援の段階=rows))
    stage, case = [row.fault for row in outcome.set_aside]
    assert (stage.column, stage.value) == ("段階", "ひみつの段階")
    assert "早期発見" in stage.accepted
    assert (case.column, case.value) == ("ケース番号", "K9")
    assert steps() == [("a", "")]


def test_the_same_day_and_stage_with_other_words_is_set_aside_and_what_was_known_stays(
    book: Book, take_in: TakeIn
) -> None:
    take_in(book(相談ケース=[CASE], 支援の段階=[("K1", "R2.10.1", FAMILY, "母と", "")]))
    outcome = take_in(book(支援の段階=[("K1", "R2.10.1", FAMILY, "父と", "")]))
    assert outcome.set_aside[0].fault.column == "ようす"
    assert steps() == [("a", "母と")]


def test_undoing_takes_the_stages_back(book: Book, take_in: TakeIn) -> None:
    take_in(book(相談ケース=[CASE], 支援の段階=[("K1", "R2.10.1", FAMILY, "", "")]))
    import_files(by=COMMAND, ledger=Handed([book(支援の段階=[("K1", "R3.4.1", OWN, "", "")])]))
    with acting_as(COMMAND):
        undo(by=COMMAND, entry=Import.objects.latest("made_at"))
    assert steps() == [("a", "")]
