"""What is written about the ledger's sheets is what is read, and every word that goes out can be read again."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from engawa.office.access.models import Grant
from engawa.office.access.parts import Part
from engawa.office.casework.consents.models import Consent, Way
from engawa.office.casework.gatherings.models import Gathering
from engawa.office.casework.households.models import Relation
from engawa.office.casework.identity.models import Step
from engawa.office.casework.maps.models import Agency, Tie
from engawa.office.casework.people.models import OtherAddress, OtherName, OtherReach, Person
from engawa.office.casework.plans.models.evaluations import Evaluation, GoalOutcome
from engawa.office.casework.plans.models.plans import Plan, PlanStep
from engawa.office.casework.plans.models.staying import QuietContact
from engawa.office.casework.referrals.models import Referral
from engawa.office.casework.timeline.models import Method
from engawa.office.ledger.rules import SHEETS, TOLD, SheetKind, kind_of
from engawa.office.questionnaires.models import GivenAnswer

# What a row knows and its sheet does not say.
ELSEWHERE = {"別の名": {"address", "reach", "message"}, "別の住所": {"name", "reading", "reach", "message"}}
ELSEWHERE |= {"別の連絡先": {"name", "reading", "address"}, "世帯員": {"nth"}}
ELSEWHERE |= dict.fromkeys(("家族の集まり", "集まりの回", "集まりの出席"), frozenset({"case"}))
ELSEWHERE |= {
    name: {"signed"}
    for name in ("計画の評価", "計画のモニタリング", "アセスメント", "同意", "つなぎ", "つながり続ける")
}
ELSEWHERE |= {"世帯の課題": {"signed"}, "世帯の出来事": {"signed"}, "計画": {"signed", "assigned"}}
DOCUMENT = Path(__file__).parents[5] / "docs" / "ledger.md"


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: str(SHEETS.index(kind)))
def test_every_sheet_is_written_down_with_its_columns(kind: SheetKind) -> None:
    columns = ", ".join(column.name + "*" * column.required for column in kind.columns)
    assert f"| {kind.name} | {columns} |" in DOCUMENT.read_text()


@pytest.mark.parametrize("kind", TOLD, ids=lambda kind: kind.row.__name__)
def test_every_field_of_a_row_has_its_column(kind: Any) -> None:
    known = {field.name for field in fields(kind.row)} - {"notes"}
    assert known - set(kind.titles) <= ELSEWHERE.get(kind.name, set())
    assert set(kind.titles) <= known


@pytest.mark.parametrize(
    ("sheet", "column", "choices", "never"),
    [
        ("本人", "性別", Person.Sex, set()),
        ("別の名", "種類", OtherName.Kind, {"secret"}),
        ("別の住所", "種類", OtherAddress.Kind, {"secret"}),
        ("別の連絡先", "種類", OtherReach.Kind, {"secret"}),
        ("別の連絡先", "伝言", OtherReach.Message, set()),
        ("名前の歩み", "だれが同意したか", Step.AgreedBy, set()),
        ("名前の歩み", "確かめ方", Method, set()),
        ("世帯の関係", "関係", Relation.Kind, set()),
        ("世帯の関係", "いまは", Relation.Ending, set()),
        ("同意", "同意した人", Consent.Giver, set()),
        ("同意", "方法", Way, set()),
        ("同意", "取りやめの方法", Way, set()),
        ("つなぎ", "伝えた根拠", Grant.Basis, set()),
        ("つなぎ", "返事", Referral.Answer, set()),
        ("家族の集まり", "種類", Gathering.Kind, set()),
        ("アセスメント", "答えの種類", GivenAnswer.Kind, set()),
        ("アセスメント", "出どころ", GivenAnswer.Source, set()),
        ("計画", "状態", Plan.State, set()),
        ("計画", "同意の方法", Plan.Agreed, set()),
        ("計画", "支援決定", Plan.Decision, set()),
        ("計画の評価", "結果", Evaluation.Result, set()),
        ("計画の目標", "目標の達成", GoalOutcome.Reached, set()),
        ("計画の取組", "段階", PlanStep.Level, set()),
        ("計画の取組", "だれが", PlanStep.Who, set()),
        ("静かな便り", "方法", QuietContact.Way, set()),
        ("支援チーム", "役割", Agency.Role, set()),
        ("つながり", "強さ", Tie.Strength, set()),
        ("つながり", "向き", Tie.Flow, set()),
    ],
)
def test_every_word_that_goes_out_can_be_read_again(sheet: str, column: str, choices: Any, never: set[str]) -> None:
    """A secret one is never read: it does not travel."""
    told = next(one for kind in TOLD if kind.name == sheet for one in kind.columns if one.name == column)
    assert {value: told.read(told.tell(value)) for value in choices.values if value not in never} == {
        value: value for value in choices.values if value not in never
    }


@pytest.mark.parametrize(("sheet", "column"), [("同意", "共有する範囲"), ("つなぎ", "伝えた範囲")])
def test_every_part_of_a_case_that_goes_out_can_be_read_again(sheet: str, column: str) -> None:
    told = next(one for kind in TOLD if kind.name == sheet for one in kind.columns if one.name == column)
    assert told.read(told.tell(Part.values)) == tuple(Part.values)


def test_every_rhythm_can_be_read_again() -> None:
    told = next(one for kind in TOLD if kind.name == "静かな便り" for one in kind.columns if one.field == "rhythm")
    rhythms = dict(QuietContact._meta.get_field("rhythm").choices or [])
    assert {value: told.read(str(label)) for value, label in rhythms.items()} == {value: value for value in rhythms}


@pytest.mark.parametrize(
    ("title", "name"),
    [("03_計画の目標", "計画の目標"), ("支援計画", "計画"), ("計画と状態", None), ("本人一覧", "本人")],
)
def test_a_sheet_is_the_longest_name_that_its_title_contains(title: str, name: str | None) -> None:
    found = kind_of(title)
    assert (found and found.name) == name
