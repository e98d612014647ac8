"""What is given out when people ask for their own records, in which order, and what is not, with the reason."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engawa.office.access.models import Grant
from engawa.office.casework.assessments.models import Assessment, AssessmentAnswer, StageStep
from engawa.office.casework.cases.models import Case, CaseSearch, CaseState, Handover
from engawa.office.casework.consents.models import AccessRequest, Consent, ConsentParty
from engawa.office.casework.documents.models import Document, DocumentVersion
from engawa.office.casework.gatherings.models import Attendee
from engawa.office.casework.households.models import Household, LifeEvent, Member, Need, Relation, Secret
from engawa.office.casework.identity.models import Inquiry, Merge, Received, Reply, Step
from engawa.office.casework.intake.models import Brought
from engawa.office.casework.load.models import Intensity, Passing, Review
from engawa.office.casework.maps.models import Agency, Joining, Tie
from engawa.office.casework.people.models import Mark, OtherAddress, OtherName, OtherReach, Person
from engawa.office.casework.plans.models.evaluations import Evaluation, GoalOutcome
from engawa.office.casework.plans.models.plans import Goal, Plan, PlanReview, PlanStep, ServiceUse
from engawa.office.casework.plans.models.staying import QuietContact, Staying
from engawa.office.casework.referrals.models import Referral
from engawa.office.casework.retention.models import Disclosure, Hold
from engawa.office.casework.timeline.models import Contact
from engawa.office.talks.models import Message, ReplyDraft, Talk

Label = str | Promise


@dataclass(frozen=True)
class Given:
    """How a record is headed: what it is, its day, and what it is about where the model says so.

    ``of`` is the row that it is part of, where that decides whether it goes out.
    """

    label: Label
    day: str = ""
    about: str = ""
    of: str = ""

    def title(self, row: Any) -> str:
        """The heading of one record."""
        beside = [str(getattr(row, name) or "") for name in (self.day, self.about) if name]
        return " ".join(filter(None, [str(self.label), *beside]))


GIVEN: dict[type[Model], Given] = {
    Person: Given(_("本人")),
    OtherName: Given(_("ほかの名前")),
    OtherAddress: Given(_("ほかの住所")),
    OtherReach: Given(_("ほかの連絡先")),
    Case: Given(_("相談"), "received_on"),
    CaseState: Given(_("状態"), "effective_on"),
    Step: Given(_("名前の歩み"), "on"),
    Household: Given(_("世帯")),
    Member: Given(_("世帯員")),
    Secret: Given(_("世帯員の秘匿")),
    Relation: Given(_("家族の関係")),
    Need: Given(_("課題"), "noted_on"),
    LifeEvent: Given(_("出来事"), "on"),
    Agency: Given(_("支援チーム"), "since"),
    Tie: Given(_("つながり")),
    Referral: Given(_("つなぎ"), "on"),
    Attendee: Given(_("家族教室・家族会への参加"), "since"),
    Assessment: Given(_("アセスメント"), "on"),
    AssessmentAnswer: Given(_("アセスメントの答え"), about="question"),
    StageStep: Given(_("段階"), "on"),
    Plan: Given(_("計画"), "made_on"),
    Goal: Given(_("目標")),
    PlanStep: Given(_("取り組むこと")),
    ServiceUse: Given(_("使うサービス"), "starts_on"),
    PlanReview: Given(_("モニタリング"), "held_on"),
    Evaluation: Given(_("評価"), "on"),
    GoalOutcome: Given(_("目標の結果")),
    Staying: Given(_("つながり続ける"), "since"),
    QuietContact: Given(_("静かな便り")),
    Contact: Given(_("対応"), "on"),
    Talk: Given(_("やりとり")),
    Message: Given(_("やりとりのことば"), of="talk"),
    Intensity: Given(_("支援の濃さ"), "effective_on"),
    Review: Given(_("見直し"), "due_on"),
    Handover: Given(_("引継ぎ")),
    Document: Given(_("書類"), "dated_on"),
    Consent: Given(_("同意"), "given_on"),
    ConsentParty: Given(_("同意した相手")),
}
_SEARCH = (_("検索のための文字列"), _("ほかの記録の写しで、つけ加わることはありません"))
_STAFF = _("職員や機関どうしの事務の記録です。求めがあれば別に確かめます")
LEFT_OUT: dict[type[Model], tuple[Label, Label]] = {
    CaseSearch: _SEARCH,
    Brought: (_("台帳から取り込んだ行の控え"), _("ほかの記録の写しで、つけ加わることはありません")),
    Mark: _SEARCH,
    DocumentVersion: (_("書類の版"), _("中身は書類とともに確かめて渡します")),
    ReplyDraft: (_("書きかけの返事"), _("送られていません")),
    Grant: (_("ケースを見る権利"), _STAFF),
    AccessRequest: (_("閲覧の申請"), _STAFF),
    Passing: (_("担当の引き継ぎ"), _STAFF),
    Hold: (_("保全"), _STAFF),
    Disclosure: (_("前の開示の控え"), _("中身は前に渡したものです")),
    Merge: (_("同じ人とした記録"), _("ほかの記録のことを含みます。求めがあれば別に確かめます")),
    Joining: (_("世帯をまとめた記録"), _("ほかの世帯のことを含みます。求めがあれば別に確かめます")),
    Inquiry: (_("別の機関への照会"), _STAFF),
    Received: (_("届いた照会"), _STAFF),
    Reply: (_("照会への返事"), _STAFF),
}
# Fields that repeat what another field says, folded for searching.
SEARCHED = frozenset({"folded", "pieces"})
