"""The sheet of assessments: one answer a row."""

from engawa.office.casework.intake import rules as intake
from engawa.office.ledger.rules.people import CASE
from engawa.office.ledger.rules.told import Part, Told, choice, count, day, text

KINDS = {"答え": "given", "不明": "unknown", "答えたくない": "refused"}
SOURCES = {
    "本人": "self",
    "家族・親族": "family",
    "家族": "family",
    "親族": "family",
    "関係機関": "agency",
    "見立て": "judgement",
}

ASSESSMENTS = (
    Told(
        "アセスメント",
        (
            CASE,
            text("質問票", "questionnaire", required=True),
            count("版", "version"),
            day("日付", "on", required=True, happened=True),
            count("回", "nth"),
            day("確定日", "finished_on", happened=True),
            text("設問", "question", required=True),
            choice("答えの種類", "kind", KINDS, unknown=None),
            text("回答", "answer"),
            text("最も困っていること", "primary"),
            text("補足", "note"),
            choice("出どころ", "source", SOURCES),
            text("記入者", "writer"),
        ),
        intake.AnswerRow,
        Part.ASSESSMENTS,
        words="note",
    ),
)
