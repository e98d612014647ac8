"""Forms 1 and 2, and every other sheet on a question set: filled, or empty to be filled by hand."""

from engawa.kernel import clock
from engawa.kernel.japanese import written_in_japanese
from engawa.office.access.actors import AnyActor
from engawa.office.access.parts import Part
from engawa.office.access.permissions import Permission
from engawa.office.casework.access import may
from engawa.office.casework.assessments.models import Assessment
from engawa.office.casework.assessments.queries import Sheet, empty_sheet, sheet_of
from engawa.office.casework.cases.models import Case
from engawa.office.casework.consents.queries import ConsentLine, consents_of
from engawa.office.casework.papers.queries.heads import COMPARED, Head, person_head
from engawa.office.casework.papers.queries.lists import referral_sections
from engawa.office.casework.papers.rules import Paper, Section, day, joined
from engawa.office.questionnaires.models import Questionnaire

_ROOM = "\n\n"  # to write in by hand
# Form 1 ends with the application, which other sheets do not have.
RECEPTION = "相談受付・申込票"
# Form 2 ends with the screening, which names whereto somebody is introduced.
INTAKE = "インテーク・アセスメントシート"
APPLICATION = (
    "個人情報の取扱いについて説明を受けました。必要なときに関係機関と情報を共有することに同意し、"
    "相談・支援を申し込みます。"
)


@written_in_japanese
def sheet_paper(actor: AnyActor, assessment: Assessment) -> Paper:
    """An assessment as it was answered; who said what stands beside it."""
    case = assessment.case
    head = [*person_head(case, assessment.on), ("記入日", day(assessment.on)), ("記入者", assessment.shown_writer)]
    return _paper(actor, case, sheet_of(actor, assessment), head, room="")


@written_in_japanese
def empty_paper(actor: AnyActor, case: Case, questionnaire: Questionnaire) -> Paper:
    """A set to be filled by hand: what the house knows of the person is on it already."""
    head = [*person_head(case, clock.today()), ("記入日", ""), ("記入者", "")]
    return _paper(actor, case, empty_sheet(actor, case, questionnaire), head, room=_ROOM)


def _paper(actor: AnyActor, case: Case, sheet: Sheet, head: Head, *, room: str) -> Paper:
    sections = [
        Section(part.title, [(line.text, line.boxes or room, line.source) for line in part.lines], widths=(5, 12, 3))
        for part in sheet.sections
    ]
    agreement = ""
    if sheet.title.startswith(RECEPTION) and may(actor, Permission.CASEWORK_CASE_VIEW, case):
        consents = [_consent(line) for line in consents_of(case) if line.holds]
        sections += [Section("申込み・同意", consents)] if consents else []
        agreement = "" if consents else APPLICATION
    if sheet.title.startswith(INTAKE) and may(actor, Permission.CASEWORK_CASE_VIEW, case, Part.COURSE):
        sections += referral_sections(case)
    return Paper(sheet.title, head, sections, _origin(sheet), agreement)


def _origin(sheet: Sheet) -> str:
    """Where the shape of a set comes from, and who has compared it with what; a set of the house's own says nothing."""
    if not sheet.source:
        return ""
    checked = sheet.checked_on and COMPARED.format(day=day(sheet.checked_on), against=sheet.checked_against)
    return joined(sheet.source, checked or "再現版・未確認")


def _consent(line: ConsentLine) -> tuple[str, str]:
    """A consent in force, as the form has it: who agreed when and how, to what, until when."""
    consent = line.consent
    giver = joined(str(consent.get_giver_display()), consent.giver_name)
    said = [
        f"{giver}（{consent.get_way_display()}）　{consent.text.name}",
        f"目的：{'、'.join(line.purposes)}",
        f"共有する範囲：{'、'.join(consent.parts_named)}",
        f"共有する機関：{'、'.join(line.parties)}",
        f"期限：{day(consent.ends_on)}",
    ]
    return f"{day(consent.given_on)} 同意", "\n".join(said)
