"""The sheets that statistics count: cases, contacts, states, stages, conferences, surveys."""

from engawa.office.ledger.rules.cells import (
    Column,
    SheetKind,
    folded,
    one_of,
    read_age_cell,
    read_day,
    read_items,
    read_mark,
    read_minutes,
    read_number,
    read_text,
    read_time,
    some_of,
)
from engawa.office.ledger.rules.lists import METHODS, SEXES

_WHO = {"本人": "self", "家族・親族": "family", "家族": "family", "親族": "family", "その他": "other"}
# Whoever may ask first（相談者）: more than those whom a contact is counted with.
_ASKED = _WHO | {"支援する人・機関": "agency", "会社・お店・農家": "company"}

CASES = SheetKind(
    "相談ケース",
    (
        Column("ケース番号", read_number, required=True),
        Column("受付日", read_day, required=True, happened=True),
        Column("受付窓口", read_text, required=True),
        Column("相談者", one_of(_ASKED), required=True),
        Column("本人の年齢", read_age_cell),
        Column("性別", one_of(SEXES, unknown="0")),
        Column("相談経路", read_text),
        Column("主訴", read_text),
    ),
)
CONTACTS = SheetKind(
    "対応記録",
    (
        Column("対応番号", read_number, required=True),
        Column("ケース番号", read_number, required=True),
        Column("対応日", read_day, required=True, happened=True),
        Column("時刻", read_time),
        Column("手法", one_of(METHODS), required=True),
        Column("対象", one_of(_WHO), required=True),
        Column("ほかにいた人", some_of(_WHO)),
        Column("会った世帯員", read_items),
        Column("所要分", read_minutes),
        Column("概要", read_text),
        Column("本人・家族のことば", read_text),
        Column("伝聞", read_text),
        Column("見立て", read_text),
        Column("場所", read_text),
        Column("内容の区分", read_items),
        Column("至急", read_mark),
        Column("次にすること", read_text),
        Column("いつまでに", read_day),
        Column("済んだ日", read_day, happened=True),
        Column("記録者", read_text),
    ),
)
STATES = SheetKind(
    "状態",
    (
        Column("ケース番号", read_number, required=True),
        Column("日付", read_day, required=True, happened=True),
        Column(
            "状態",
            one_of({"終結": "closed", "引継ぎ": "handed_over", "引き継ぎ": "handed_over", "再開": "reopened"}),
            required=True,
        ),
        Column("理由", read_text),
        Column("引継ぎ先", read_text),
        Column("メモ", read_text),
    ),
)
STAGES = SheetKind(
    "支援の段階",
    (
        Column("ケース番号", read_number, required=True),
        Column("日付", read_day, required=True, happened=True),
        Column("段階", read_text, required=True),
        Column("ようす", read_text),
        Column("記録者", read_text),
    ),
)
CONFERENCES = SheetKind(
    "支援調整会議",
    (
        Column("会議番号", read_number, required=True),
        Column("開催日", read_day, required=True),
        Column("開催区", read_text, required=True),
        Column("根拠", read_text),
        Column("出席機関", read_items),
    ),
)
ITEMS = SheetKind(
    "会議案件",
    (
        Column("会議番号", read_number, required=True),
        Column("ケース番号", read_number, required=True),
        Column("区分", one_of({"新規": "new", "継続": "continued"}), required=True),
        Column("つながった経路", read_text),
        Column("主担当", read_text),
    ),
)
QUESTIONS = SheetKind(
    "設問",
    (
        Column("調査", read_text, required=True),
        Column("設問", read_text, required=True),
        Column("形式", one_of({"単一": "single", "複数": "multiple"}), required=True),
        Column("選択肢", read_items, required=True),
    ),
)
ANSWERS = SheetKind(
    "アンケート回答",
    (
        Column("調査", read_text, required=True),
        Column("回答番号", read_number, required=True),
        Column("設問", read_text, required=True),
        Column("回答", read_items),
        Column("回答日", read_day, happened=True),
    ),
)


def desk_group(name: str) -> str:
    """How the verification report counts a desk that the ledger names for the first time."""
    if folded(name) == "「よりそい・つなぐ」相談窓口":
        return "all_age"
    return "ward_centre" if "保健福祉センター" in name else "former"
