"""The sheets of people and their households."""

from engawa.office.casework.intake import rules as intake
from engawa.office.ledger.rules.cells import read_number
from engawa.office.ledger.rules.lists import METHODS, SEXES
from engawa.office.ledger.rules.told import Part, Told, age, choice, count, day, flag, items, number, text, year

CASE = number("ケース番号", "case", required=True)
NAME_KINDS = {"前の名前": "former", "前の名前（旧姓など）": "former", "旧姓": "former", "通称": "common"}
ADDRESS_KINDS = {
    "前の住所": "former",
    "住民票の住所": "registered",
    "実家など連絡のつく住所": "home",
    "実家": "home",
}
REACH_KINDS = {
    "携帯電話": "mobile",
    "携帯": "mobile",
    "自宅の電話": "home",
    "自宅": "home",
    "固定電話": "home",
    "メールアドレス": "mail",
    "メール": "mail",
    "家族などの連絡先": "through",
    "家族": "through",
    "その他の連絡先": "other",
    "その他": "other",
}
MESSAGES = {"伝言してよい": "yes", "可": "yes", "伝言しない": "no", "不可": "no"}
RELATIONS = {
    "親子（実子）": "parent",
    "親子": "parent",
    "実子": "parent",
    "親子（養子）": "adoptive",
    "養子": "adoptive",
    "親子（里子）": "foster",
    "里子": "foster",
    "親子（継子）": "step",
    "継子": "step",
    "夫婦（婚姻）": "married",
    "夫婦": "married",
    "夫婦（内縁・事実婚）": "common_law",
    "内縁": "common_law",
    "事実婚": "common_law",
    "交際": "partner",
    "その他の親族": "relative",
    "親族": "relative",
}
ENDINGS = {"別居": "separated", "離婚・離別": "divorced", "離婚": "divorced", "離別": "divorced"}

AGREED_BY = {
    "本人": "self",
    "家族・親族": "family",
    "家族": "family",
    "紹介した機関": "agency",
    "まだ聞いていない": "not_asked",
}

MEMBERS = "世帯員"
OF_WHOM = text("だれ", "who")
WRITER = text("記録者", "writer")

PEOPLE = (
    Told(
        "本人",
        (
            CASE,
            text("氏名", "name"),
            text("よみ", "reading"),
            text("呼び名", "nickname"),
            choice("性別", "sex", SEXES, unknown="0"),
            day("生年月日", "birth_date", happened=True),
            age("年齢", "age"),
            day("年齢を聞いた日", "age_on", happened=True),
            text("電話", "phone"),
            text("住所", "address"),
            text("ケースの呼び名", "handle"),
            number("同じ人のケース", "same_as"),
        ),
        intake.PersonRow,
        Part.PEOPLE,
    ),
    Told(
        "別の名",
        (
            CASE,
            choice("種類", "kind", NAME_KINDS, required=True),
            text("名前", "name"),
            text("よみ", "reading"),
            day("いつから", "starts_on"),
            day("いつまで", "ends_on"),
            text("メモ", "note"),
        ),
        intake.OtherNameRow,
        Part.PEOPLE,
        words="note",
    ),
    Told(
        "別の住所",
        (
            CASE,
            choice("種類", "kind", ADDRESS_KINDS, required=True),
            text("住所", "address", required=True),
            day("いつから", "starts_on"),
            day("いつまで", "ends_on"),
            text("メモ", "note"),
        ),
        intake.OtherAddressRow,
        Part.PEOPLE,
        words="note",
    ),
    Told(
        "別の連絡先",
        (
            CASE,
            choice("種類", "kind", REACH_KINDS, required=True),
            text("連絡先", "reach", required=True),
            choice("伝言", "message", MESSAGES),
            day("いつから", "starts_on"),
            day("いつまで", "ends_on"),
            text("メモ", "note"),
        ),
        intake.OtherReachRow,
        Part.PEOPLE,
        words="note",
    ),
    Told(
        "名前の歩み",
        (
            CASE,
            day("日付", "on", required=True, happened=True),
            choice("だれが同意したか", "agreed_by", AGREED_BY, required=True),
            choice("確かめ方", "how", METHODS),
            text("メモ", "note"),
        ),
        intake.NameStepRow,
        Part.PEOPLE,
        words="note",
    ),
    Told(
        "世帯",
        (CASE, text("世帯の呼び名", "name"), text("世帯のようす", "note")),
        intake.HouseholdRow,
        Part.PEOPLE,
        words="note",
    ),
    Told(
        MEMBERS,
        (
            CASE,
            number("家族番号", "number"),
            text("続柄", "called"),
            items("本人であるケース", "own_of", read_item=read_number),
            text("氏名", "name"),
            text("よみ", "reading"),
            choice("性別", "sex", SEXES, unknown="0"),
            day("生年月日", "birth_date", happened=True),
            age("年齢", "age"),
            day("年齢を聞いた日", "age_on", happened=True),
            count("きょうだいの何番目", "birth_order", most=30),
            flag("同居", "lives_here", yes="同居", no="別居", default=True),
            text("いまいるところ", "whereabouts"),
            flag("亡くなっている", "deceased", yes="○", no="", default=False),
            day("亡くなった日", "died_on", happened=True),
            text("しごと・学校", "occupation"),
            text("メモ", "note"),
        ),
        intake.MemberRow,
        Part.PEOPLE,
        words="note",
    ),
    Told(
        "世帯の関係",
        (
            CASE,
            text("ひとり（親子なら親）", "one", required=True),
            text("もうひとり（親子なら子）", "other", required=True),
            choice("関係", "kind", RELATIONS, required=True),
            choice("いまは", "ending", ENDINGS),
            year("はじまりの年", "since_year"),
            year("おわりの年", "until_year"),
            text("どんな関係か", "words"),
        ),
        intake.RelationRow,
        Part.PEOPLE,
        words="words",
    ),
    Told(
        "世帯の課題",
        (
            CASE,
            OF_WHOM,
            text("課題", "kind"),
            text("本人・家族のことば", "words"),
            day("気づいた日", "noted_on", required=True, happened=True),
            day("落ち着いた日", "settled_on", happened=True),
            WRITER,
        ),
        intake.NeedRow,
        Part.PEOPLE,
        words="words",
    ),
    Told(
        "世帯の出来事",
        (
            CASE,
            day("日付", "on", required=True, happened=True),
            flag("おおよその日", "about", yes="○", no="", default=False),
            OF_WHOM,
            text("出来事", "kind", required=True),
            text("ようす", "words"),
            WRITER,
        ),
        intake.LifeEventRow,
        Part.PEOPLE,
        words="words",
    ),
)
