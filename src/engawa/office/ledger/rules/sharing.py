"""The sheets of what may be told to others."""

from engawa.office.casework.intake import rules as intake
from engawa.office.ledger.rules.people import CASE
from engawa.office.ledger.rules.told import Part, Told, choice, count, day, items, some, text

GIVERS = {"本人": "self", "家族・親族": "family", "家族": "family", "法定代理人": "guardian"}
WAYS = {"書面": "paper", "口頭": "word", "チャット・メール": "chat"}
PARTS = {
    "基本": "basics",
    "経過": "course",
    "アセスメント": "assessments",
    "計画": "plans",
    "家族": "family",
    "書類": "documents",
}

SHARING = (
    Told(
        "同意",
        (
            CASE,
            day("同意した日", "on", required=True, happened=True),
            choice("同意した人", "giver", GIVERS, required=True),
            text("名前・続柄", "giver_name"),
            choice("方法", "way", WAYS, required=True),
            text("文面", "text", required=True),
            count("版", "version"),
            items("目的", "purposes", required=True),
            some("共有する範囲", "parts", PARTS),
            items("共有する相手", "parties"),
            day("いつまで", "until", required=True),
            text("ことば・条件", "note"),
            day("取りやめた日", "withdrawn_on", happened=True),
            choice("取りやめの方法", "withdrawn_way", WAYS),
            text("取りやめのことば", "withdrawal_note"),
            text("聞いた人", "writer"),
        ),
        intake.ConsentRow,
        Part.PEOPLE,
        words="note",
    ),
)
