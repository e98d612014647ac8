"""The sheets of plans, of staying connected, and of who supports a household."""

from engawa.office.casework.intake import rules as intake
from engawa.office.ledger.rules.cells import Column
from engawa.office.ledger.rules.people import CASE, OF_WHOM, WRITER
from engawa.office.ledger.rules.told import Part, Told, choice, count, day, flag, items, text

STATES = {"作成中": "draft", "実施中": "running", "改訂前": "replaced", "評価ずみ": "ended", "評価済み": "ended"}
AGREED = {
    "署名": "signed",
    "口頭": "spoken",
    "メール・手紙・チャット": "written",
    "家族を通して": "family",
    "その他": "other",
}
DECISIONS = {"支援決定": "decided", "確認": "confirmed", "不要": "not_required", "まだ": ""}
LEVELS = {"日常生活": "daily", "日常": "daily", "社会生活": "social", "社会": "social", "就労": "work"}
WHO = {
    "職員": "staff",
    "関係機関": "agency",
    "本人": "self",
    "家族・親族": "family",
    "家族": "family",
    "その他": "other",
}
REACHED = {"とどいた": "reached", "近づいた": "closer", "これから": "ahead", "望みが変わった": "changed"}
RESULTS = {"終結": "closed", "再プランして継続": "again", "再プラン": "again", "中断": "stopped"}
WAYS = {
    "手紙": "letter",
    "ひとことのたより": "note",
    "チラシ・お知らせ": "flyer",
    "会わない訪問": "visit",
    "メール": "mail",
    "SNS": "sns",
    "その他": "other",
}
RHYTHMS = {
    "毎週": "weekly",
    "2週に1度": "fortnightly",
    "毎月": "monthly",
    "2か月に1度": "bimonthly",
    "3か月に1度": "quarterly",
    "半年に1度": "half_yearly",
    "1年に1度": "yearly",
}
ROLES = {
    "協力": "cooperating",
    "主担当": "lead",
    "情報提供": "informing",
    "見守り": "watching",
    "助言": "advising",
    "その他": "other",
}
STRENGTHS = {
    "ふつう": "plain",
    "強い": "strong",
    "弱い": "weak",
    "ぎくしゃくしている": "strained",
    "切れている": "cut",
}
FLOWS = {"互いに": "both", "相手から": "in", "こちらから": "out", "わからない": "none"}

OF_PLAN: tuple[Column, ...] = (
    CASE,
    text("だれの計画か", "whose"),
    count("回", "number", required=True, 初回=1),
    count("改訂", "revision"),
)

PLANS = (
    Told(
        "計画",
        (
            *OF_PLAN,
            text("改訂の理由", "revision_reason"),
            count("もとの回", "follows", 初回=1),
            count("もとの改訂", "follows_revision"),
            choice("状態", "state", STATES, required=True),
            day("作成日", "made_on", required=True, happened=True),
            text("解決したい課題", "concern"),
            text("本人の目標", "hope"),
            text("達成目標", "aim"),
            day("はじめ", "starts_on"),
            day("おわり", "ends_on"),
            flag("就労支援対象者", "work_support", yes="○", no="", default=False),
            day("実施をはじめた日", "began_on", happened=True),
            day("評価した日", "ended_on", happened=True),
            day("同意の日", "agreed_on", happened=True),
            choice("同意の方法", "agreed_how", AGREED),
            text("同意についてのメモ", "agreement_note"),
            day("会議の日", "conference_on", happened=True),
            text("会議の結果", "conference_note"),
            choice("支援決定", "decision", DECISIONS),
            day("支援決定の日", "decided_on", happened=True),
            text("担当者", "worker"),
            text("作成者", "writer"),
        ),
        intake.PlanRow,
        Part.PLANS,
        words="concern",
    ),
    Told(
        "計画の評価",
        (
            *OF_PLAN,
            day("評価日", "on", required=True, happened=True),
            choice("結果", "result", RESULTS, required=True),
            items("見られた変化", "changes"),
            text("その他の変化", "other_change"),
            text("残された課題", "remaining"),
            text("本人の希望", "wish"),
            text("支援者の見立て", "view"),
            text("結果の理由", "reason"),
            text("フォローアップの予定", "follow_up"),
            day("会議の日", "conference_on", happened=True),
            text("評価した人", "writer"),
        ),
        intake.EvaluationRow,
        Part.PLANS,
        words="view",
    ),
    Told(
        "計画の目標",
        (
            *OF_PLAN,
            count("目標番号", "goal", required=True),
            text("本人のことば", "words", required=True),
            day("いつごろまでに", "until"),
            choice("目標の達成", "reached", REACHED),
            text("達成についてのことば", "said_of_it"),
        ),
        intake.GoalRow,
        Part.PLANS,
        words="words",
    ),
    Told(
        "計画の取組",
        (
            *OF_PLAN,
            count("目標番号", "goal", required=True),
            count("順", "step"),
            choice("段階", "level", LEVELS),
            text("すること", "what", required=True),
            choice("だれが", "who_kind", WHO),
            text("名前", "who"),
            text("頻度", "often"),
            day("いつまで", "until"),
        ),
        intake.StepRow,
        Part.PLANS,
        words="what",
    ),
    Told(
        "計画の事業",
        (
            *OF_PLAN,
            text("事業", "service", required=True),
            text("実施するところ", "agency"),
            day("利用のはじめ", "starts_on"),
            day("利用のおわり", "ends_on"),
            text("延長の理由", "reason"),
        ),
        intake.ServiceRow,
        Part.PLANS,
        words="reason",
    ),
    Told(
        "計画のモニタリング",
        (
            *OF_PLAN,
            day("予定日", "due_on", required=True),
            day("行った日", "held_on", happened=True),
            text("ようす", "note"),
            text("行った人", "writer"),
        ),
        intake.ReviewRow,
        Part.PLANS,
        words="note",
    ),
    Told(
        "つながり続ける",
        (
            CASE,
            day("はじめた日", "since", required=True, happened=True),
            text("望まれているつながり方", "words", required=True),
            text("気をつけること", "care"),
            day("おわりにした日", "ended_on", happened=True),
            text("おわりにした理由", "end_reason"),
            WRITER,
        ),
        intake.StayingRow,
        Part.PLANS,
        words="care",
    ),
    Told(
        "静かな便り",
        (
            CASE,
            day("はじめた日", "since", required=True, happened=True),
            choice("方法", "way", WAYS, required=True),
            choice("どのくらいごと", "rhythm", RHYTHMS, required=True),
            text("届けること", "words"),
            day("次のめやす", "next_on", required=True),
            day("いつまで", "until"),
            day("前に届けた日", "last_on", happened=True),
            text("待っているわけ", "waiting"),
            day("やめた日", "stopped_on", happened=True),
        ),
        intake.QuietContactRow,
        Part.PLANS,
        words="waiting",
    ),
    Told(
        "支援チーム",
        (
            CASE,
            text("機関", "name", required=True),
            choice("役割", "role", ROLES, unknown="cooperating"),
            text("担当の人", "contact_person"),
            text("連絡先", "phone"),
            day("いつから", "since", required=True, happened=True),
            day("いつまで", "until"),
            text("メモ", "note"),
        ),
        intake.AgencyRow,
        Part.PLANS,
        words="note",
    ),
    Told(
        "つながり",
        (
            CASE,
            OF_WHOM,
            text("相手", "name", required=True),
            choice("強さ", "strength", STRENGTHS, unknown="plain"),
            choice("向き", "flow", FLOWS, unknown="none"),
            text("メモ", "note"),
        ),
        intake.TieRow,
        Part.PEOPLE,
        words="note",
    ),
)
