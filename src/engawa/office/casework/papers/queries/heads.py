"""What stands at the head of every paper of a case, and where the shape of a form comes from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from engawa.office.casework.cases.models import Case
from engawa.office.casework.papers import rules
from engawa.office.casework.papers.rules import Paper
from engawa.office.casework.people.models import OtherReach, Person
from engawa.office.questionnaires.models import NationalForm

Head = list[tuple[str, str]]
FORM = "自立相談支援機関 使用標準様式{number}を参考に再構成（再現版・未確認）"
COMPARED = "{day} {against}と照合"
CHECKED = f"自立相談支援機関 使用標準様式{{number}}を参考に再構成（{COMPARED}）"


def head_of(case: Case) -> Head:
    """Number and name, the reading where it is known."""
    return [("ID", case.number), ("氏名", f"{_name(case)}（{_reading(case)}）" if _reading(case) else _name(case))]


def person_head(case: Case, on: dt.date) -> Head:
    """What is typed once and carried to every sheet: who it is, how old, where they live; as far as it is known."""
    person = case.person or Person()
    heard = person if person.age_years is not None or person.age_band else case
    heard_on = person.age_on if heard is person else case.received_on
    sex = next((one for one in (person, case) if one.sex != Person.Sex.UNKNOWN), None)
    known = rules.age_on(on, person.birth_date, heard.age_years, heard.age_band, heard_on)
    return [
        ("ID", case.number),
        ("受付日", rules.day(case.received_on)),
        ("ふりがな", _reading(case)),
        ("氏名", _name(case)),
        ("性別", str(sex.get_sex_display()) if sex else ""),
        ("生年月日", rules.day(person.birth_date)),
        ("年齢", known),
        *_reached(person, on),
        ("住所", person.address),
        ("受付窓口", case.desk.name),
    ]


def _reached(person: Person, on: dt.date) -> Head:
    """Every phone number and mail address in use that is no secret, as far as the present actor may see it."""
    rows = OtherReach.objects.filter(person=person.pk).exclude(kind=OtherReach.Kind.SECRET).exclude(ends_on__lt=on)
    mails = [_beside(one) for one in rows if "@" in one.reach]
    phones = [_beside(one) for one in rows if "@" not in one.reach]
    return [("電話", "\n".join(filter(None, [person.phone, *phones]))), ("E-mail", "\n".join(mails))]


def _beside(one: OtherReach) -> str:
    kind = "" if one.kind == OtherReach.Kind.MAIL else str(one.get_kind_display())
    return rules.beside(one.reach, kind, one.get_message_display())


def compared(code: str, papers: Sequence[Paper]) -> list[Paper]:
    """Papers of one national form; once it was found to be like its original, they say so instead of 未確認."""
    form = NationalForm.objects.standing().get(pk=code)
    if form.reconstructed or form.found_on is None:
        return list(papers)
    note = CHECKED.format(number=form.number, day=rules.day(form.found_on), against=form.found_against)
    return [replace(paper, note=note) for paper in papers]


def _name(case: Case) -> str:
    return case.person.name if case.person and case.person.name else case.called


def _reading(case: Case) -> str:
    return case.person.reading if case.person else ""
