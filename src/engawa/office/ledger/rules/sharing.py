"""The sheets of what may be told to others, and to whom somebody was introduced."""

from engawa.office.casework.intake import rules as intake
from engawa.office.ledger.rules.people import CASE, OF_WHOM, WRITER
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

BASES = {
    "同意": "consent",
    "本人の同意": "consent",
    "支援会議（生活困窮者自立支援法第9条）": "conference_9",
    "支援会議（社会福祉法第106条の6）": "conference_106_6",
    "緊急": "urgent",
    "自機関のケース": "own",
    "引継ぎの打診": "handover",
    "緊急閲覧": "break_glass",
}
ANSWERS = {"返事待ち": "waiting", "受けた": "taken", "受けられない": "declined", "返事はいらない": "needless"}

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
    Told(
        "つなぎ",
        (
            CASE,
            day("つないだ日", "on", required=True, happened=True),
            OF_WHOM,
            text("つなぎ先", "to", required=True),
            text("先方の担当", "contact_person"),
            text("つなぎ方", "kind", required=True),
            text("望み・つないだわけ", "wish"),
            some("伝えた範囲", "parts", PARTS),
            text("伝えたこと・渡したもの", "handed"),
            choice("伝えた根拠", "basis", BASES),
            day("同意した日", "consented_on", happened=True),
            text("同意によらないわけ", "reason"),
            day("返事を確かめる日", "check_on"),
            choice("返事", "answer", ANSWERS, unknown="waiting"),
            day("返事の日", "answered_on", happened=True),
            text("返事のことば", "answer_words"),
            WRITER,
        ),
        intake.ReferralRow,
        Part.PEOPLE,
        words="wish",
    ),
)
