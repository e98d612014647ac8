"""What is kept about plans（支援計画）and staying connected. The figures stay when the words go."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.plans.models.evaluations import Evaluation, GoalOutcome
from engawa.office.casework.plans.models.lists import NoticedChange, PlanService, WorkMenu
from engawa.office.casework.plans.models.plans import Goal, Plan, PlanReview, PlanStep, ServiceUse
from engawa.office.casework.plans.models.staying import QuietContact, Staying

_KEPT = "ケースとともに"

PLAN = Keeping(
    Plan,
    personal={"concern": "", "hope": "", "aim": "", "revision_reason": ""}
    | {"agreement_note": "", "conference_note": "", "writer": "", "worker_name": ""},
    plain=frozenset(
        {"id", "case", "whose", "number", "revision", "follows", "state", "made_on", "by", "worker", "starts_on"}
    )
    | {"ends_on", "work_support", "written_at", "began_on", "ended_on", "agreed_on", "agreed_how"}
    | {"agreement_asked_by", "conference_on", "decision", "decided_on", "decided_by", "decided_for"},
    kept=_KEPT,
)
GOAL = Keeping(Goal, {"words": ""}, frozenset({"id", "plan", "position", "until"}), _KEPT)
STEP = Keeping(
    PlanStep,
    personal={"what": "", "who": "", "often": ""},
    plain=frozenset({"id", "goal", "position", "level", "who_kind", "staff", "until"}),
    kept=_KEPT,
)
USE = Keeping(
    ServiceUse,
    personal={"agency": "", "reason": ""},
    plain=frozenset({"id", "plan", "service", "starts_on", "ends_on"}),
    kept=_KEPT,
)
REVIEW = Keeping(
    PlanReview,
    personal={"note": "", "writer": ""},
    plain=frozenset({"id", "plan", "due_on", "held_on", "by", "reminded_on"}),
    kept=_KEPT,
)
EVALUATION = Keeping(
    Evaluation,
    personal={"other_change": "", "remaining": "", "wish": "", "view": "", "reason": ""}
    | {"follow_up": "", "writer": ""},
    plain=frozenset({"id", "plan", "on", "by", "changes", "result", "conference_on", "recorded_at"}),
    kept=_KEPT,
)
OUTCOME = Keeping(GoalOutcome, {"words": ""}, frozenset({"id", "evaluation", "goal", "reached"}), _KEPT)
STAYING = Keeping(
    Staying,
    personal={"words": "", "care": "", "end_reason": "", "writer": ""},
    plain=frozenset({"id", "case", "since", "by", "written_at", "ended_on"}),
    kept=_KEPT,
)
QUIET = Keeping(
    QuietContact,
    personal={"words": "", "waiting": ""},
    plain=frozenset({"id", "staying", "way", "rhythm", "next_on", "until", "last_on", "reminded_on", "stopped_on"}),
    kept=_KEPT,
)
_LISTED = frozenset({"code", "label", "source", "position", "starts_on", "ends_on", "group"})
SERVICE = Keeping(PlanService, {}, _LISTED | {"legal", "most_months", "pause_days"}, "選択肢として残す")
NOTICED_CHANGE = Keeping(NoticedChange, {}, _LISTED | {"begins_work"}, "選択肢として残す")
WORK_MENU = Keeping(WorkMenu, {}, _LISTED - {"group"}, "選択肢として残す")
