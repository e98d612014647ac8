"""What is kept about assessments（アセスメント）: which question was answered how is personal, that it was is not."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.assessments.models import Assessment, AssessmentAnswer, OutingRule, Stage, StageStep

_KEPT = "ケースとともに"

ASSESSMENT = Keeping(
    Assessment,
    personal={"writer": ""},
    plain=frozenset({"id", "case", "questionnaire", "on", "based_on", "begun_at", "begun_by", "finished_at"})
    | {"finished_by"},
    kept=_KEPT,
)
ANSWER = Keeping(
    AssessmentAnswer,
    personal={"chosen": [], "primary": "", "note": ""},
    plain=frozenset({"id", "case", "assessment", "question", "professional", "kind", "source", "version", "by"})
    | {"said_at"},
    kept=_KEPT,
)
STAGE_STEP = Keeping(
    StageStep,
    personal={"note": "", "writer": ""},
    plain=frozenset({"id", "case", "stage", "on", "by", "recorded_at", "import_id"}),
    kept=_KEPT,
)
STAGE = Keeping(
    Stage,
    personal={},
    plain=frozenset({"code", "line", "label", "position", "source", "starts_on", "ends_on"}),
    kept="選択肢として残す",
)
OUTING_RULE = Keeping(
    OutingRule,
    personal={},
    plain=frozenset({"code", "survey", "youngest", "oldest", "semi", "narrow", "months", "excluded"})
    | {"housework_needs_silence", "source", "starts_on"},
    kept="調査の定義として残す",
)
