"""Every table, defined once. The verification report is a list of them; the table page offers all."""

from engawa.kernel.words import Words
from engawa.office.questionnaires.models import Question
from engawa.office.statistics.measures import (
    AGE,
    ANSWERS,
    CAME,
    CAME_AS,
    CASES,
    CASES_WITH_AGE,
    CASES_WITH_CONTACTS,
    CASES_WITH_RESULT,
    CONFERENCE_MEASURES,
    CONTACT_COUNT,
    CONTACTS,
    COUNTERPART,
    DATED_ANSWERS,
    DATED_RESPONDENTS,
    DESK,
    DISCUSSIONS,
    ENDED_CASES,
    EVERY_CASE,
    FAMILIES,
    FIRST_YEAR,
    GATHERING_KIND,
    GATHERING_MEASURES,
    GATHERINGS,
    GIVEN_ANSWERS,
    LEAD,
    MADE_CONTACTS,
    METHOD,
    MONTH,
    NEW_DISCUSSIONS,
    NEW_ITEMS,
    NEWNESS,
    PEOPLE,
    PRESENT,
    REACHED,
    REASON,
    RECEIVED,
    REQUESTER,
    RESPONDENTS,
    RESULT,
    ROUTE,
    SUPPORTED,
    WORK,
    options_axis,
)
from engawa.office.statistics.rules import Mean, Rounding, Table

_OF_THE_DESK = Words("全年齢の相談窓口が期間中に受け付けたケース")

CASES_BY_AGE = Table(
    "cases-by-age",
    "年齢別の相談件数",
    CASES_WITH_AGE,
    (RECEIVED,),
    rows=AGE,
    periods=True,
    definition=Words(
        "%(cases)s。比較期間は以前の相談窓口（保健福祉センターを除く）のケース。年齢は受付時。", cases=_OF_THE_DESK
    ),
)
CASES_BY_CONTACT_COUNT = Table(
    "cases-by-contact-count",
    "関わりの回数別のケース数",
    CASES_WITH_CONTACTS,
    (RECEIVED,),
    rows=CONTACT_COUNT,
    definition=Words("%(cases)sを、期間中の対応の回数で分けたもの。", cases=_OF_THE_DESK),
)
CONTACTS_BY_METHOD = Table(
    "contacts-by-method-and-counterpart",
    "手法・対象別の対応件数（延べ）",
    CONTACTS,
    (MADE_CONTACTS,),
    rows=METHOD,
    columns=COUNTERPART,
    mean=Mean.OF_EACH_ROW,
    definition="全年齢の相談窓口のケースについての、期間中の対応の延べ件数。会議は、本人か家族がいたものだけ。所内会議は数えない。",
)
CASE_RESULTS = Table(
    "case-results",
    "対応結果",
    CASES_WITH_RESULT,
    (RECEIVED,),
    rows=RESULT,
    definition=Words(
        "%(cases)sの、基準日の状態。再開したケースと状態の記録がないケースは継続対応中。", cases=_OF_THE_DESK
    ),
)
CASES_BY_MONTH = Table(
    "cases-by-month",
    "月別の相談件数",
    CASES,
    (RECEIVED,),
    rows=MONTH,
    mean=Mean.OF_ROWS,
    definition=Words("%(cases)s。", cases=_OF_THE_DESK),
)
CASES_BY_REQUESTER = Table(
    "cases-by-requester",
    "相談者別の相談件数",
    CASES,
    (RECEIVED,),
    rows=REQUESTER,
    definition=Words("%(cases)sを、最初に相談した人で分けたもの。", cases=_OF_THE_DESK),
)
CONFERENCE_SUMMARY = Table(
    "conference-summary",
    "支援調整会議の開催状況",
    DISCUSSIONS,
    CONFERENCE_MEASURES,
    definition="期間中に開かれた支援調整会議。検討ケース数は実数、のべ検討ケース数は会議案件の数、関係機関数は実数。",
)
CONFERENCE_ROUTES = Table(
    "conference-routes",
    "支援調整会議につながった経路",
    NEW_ITEMS,
    (NEW_DISCUSSIONS,),
    rows=ROUTE,
    definition="期間中の支援調整会議の、新規の会議案件。",
)
CONFERENCE_RESULTS = Table(
    "conference-results",
    "支援調整会議で決まった主担当",
    NEW_ITEMS,
    (NEW_DISCUSSIONS,),
    rows=LEAD,
    definition="期間中の支援調整会議の、新規の会議案件。",
)
CASES_BY_DESK = Table(
    "cases-by-desk",
    "受付窓口別の相談件数",
    EVERY_CASE,
    (RECEIVED,),
    rows=DESK,
    rounding=Rounding.TO_HUNDRED,
    definition="期間中に受け付けたすべてのケース。",
)
SHARES_BY_REQUESTER = Table(
    "case-shares-by-requester",
    "相談者別の割合（ケース）",
    CASES,
    (RECEIVED,),
    rows=REQUESTER,
    rounding=Rounding.TO_HUNDRED,
    definition=Words("%(cases)sに占める割合。対応に占める割合とは別のもの。", cases=_OF_THE_DESK),
)
SHARES_BY_COUNTERPART = Table(
    "contact-shares-by-counterpart",
    "対象別の割合（対応、延べ）",
    CONTACTS,
    (MADE_CONTACTS,),
    rows=COUNTERPART.without_total(),
    rounding=Rounding.TO_HUNDRED,
    definition="全年齢の相談窓口のケースについての、期間中の対応に占める割合。ケースに占める割合とは別のもの。",
)
END_REASONS = Table(
    "end-reasons",
    "終結の理由",
    ENDED_CASES,
    (RECEIVED,),
    rows=REASON,
    rounding=Rounding.TO_HUNDRED,
    definition=Words("%(cases)sのうち、基準日に終結しているもの。", cases=_OF_THE_DESK),
)
PEOPLE_ONCE = Table(
    "people-once",
    "支援した人（実人数）と、仕事につながった人",
    PEOPLE,
    (SUPPORTED,),
    rows=FIRST_YEAR,
    columns=WORK,
    definition="期間中に受け付けたか、対応のあったケースの本人。年度・区域・窓口がいくつあっても一度だけ数える。"
    "氏名（よみ）と生年月日が同じ記録、同じ世帯員の匿名のケースは同じ人、ほかの匿名のケースはそれぞれ一人とする。"
    "仕事につながった人は、期間中の評価に就労の開始（中間的・一般・在宅）があった人。"
    "二つの期間の人数を足すと、両方にいる人が二度数えられる。",
)

GATHERING_SUMMARY = Table(
    "family-gatherings",
    "家族教室・家族会の開催状況",
    GATHERINGS,
    GATHERING_MEASURES,
    definition="期間中に開いた家族教室・家族会。参加者は、名のらずに来た人をふくむ延べ人数。"
    "会場は場所の書かれた集まりの実数。家族は世帯ごとに一度だけ数え、名のらずに来た人をふくまない。",
)
GATHERING_FAMILIES = Table(
    "family-gathering-families",
    "家族教室・家族会に参加した家族",
    FAMILIES,
    (REACHED,),
    rows=NEWNESS,
    definition="期間中の家族教室・家族会に参加した家族。世帯ごとに一度だけ数え、名のらずに来た人をふくまない。"
    "ケースのない家族は、集まりの名簿の呼び名ごとに数える。どの集まりにも期間より前に来たことがなければ、はじめて。",
)
GATHERING_ATTENDANCE = Table(
    "family-gathering-attendance",
    "家族教室・家族会の参加者（延べ）",
    PRESENT,
    (CAME,),
    rows=GATHERING_KIND,
    columns=CAME_AS,
    definition="期間中の家族教室・家族会に来た人の延べ人数。取り消した出席は数えない。",
)

VERIFICATION = (
    CASES_BY_AGE,
    CASES_BY_CONTACT_COUNT,
    CONTACTS_BY_METHOD,
    CASE_RESULTS,
    CASES_BY_MONTH,
    CASES_BY_REQUESTER,
    CONFERENCE_SUMMARY,
    CONFERENCE_ROUTES,
    CONFERENCE_RESULTS,
)
TABLES = (
    *VERIFICATION,
    PEOPLE_ONCE,
    CASES_BY_DESK,
    SHARES_BY_REQUESTER,
    SHARES_BY_COUNTERPART,
    END_REASONS,
    GATHERING_SUMMARY,
    GATHERING_FAMILIES,
    GATHERING_ATTENDANCE,
)


def survey_table(question: Question, name: str, *, dated: bool) -> Table:
    """The table of one question: single answers add up to 100.0, multiple answers are shares of the respondents.

    Where responses of the survey are ``dated``, each counts in the window that holds its day.
    """
    single = question.form == Question.Form.SINGLE
    survey = question.questionnaire.name
    undated = Words("%(survey)s。回答日の記録がないため、期間によらずすべての回答。", survey=survey)
    said = "%(survey)s。回答日が期間の中にある回答。回答日の記録がない回答は、どの期間にも数える。"
    return Table(
        name,
        question.text,
        DATED_ANSWERS if dated else ANSWERS,
        (GIVEN_ANSWERS,),
        rows=options_axis(question.options),
        rounding=Rounding.TO_HUNDRED if single else Rounding.HALF_UP,
        share_base=DATED_RESPONDENTS if dated else RESPONDENTS,
        definition=Words(said, survey=survey) if dated else undated,
        arguments={"question": question.id},
    )
