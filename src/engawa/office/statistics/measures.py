"""What is counted: fact rows as SQL relations, measures, and the axes along which they are laid out.

Age classes, methods and the like are data with their source, in the order in which offices print them.
"""

from dataclasses import dataclass, replace
from typing import Any

from engawa.kernel.age import NotAnAge, read_age
from engawa.kernel.fiscal import write_fiscal_year
from engawa.kernel.japanese import in_japanese
from engawa.kernel.words import Words
from engawa.office.casework.cases.models import Requester
from engawa.office.casework.gatherings.models import Gathering
from engawa.office.casework.timeline.models import Counterpart, Method
from engawa.office.conferences.rules import LEADS, ROUTES
from engawa.office.statistics.rules import NO_ANSWER, Axis, Category, Facts, Measure, Scope

ALL_AGE_DESK = "desk_group = 'all_age'"
# The report sets the all-age desk beside the desks that were there before it; ward centres are counted nowhere.
FORMER_DESKS = "desk_group NOT IN ('all_age', 'ward_centre')"

CASES = Facts(
    """
    SELECT c.received_on AS day, d."group" AS desk_group, d.name AS desk, c.requester
    FROM statistics_case c
    JOIN directory_desk d ON d.id = c.desk_id
    """,
    ALL_AGE_DESK,
    FORMER_DESKS,
)
CASES_WITH_AGE = Facts(
    """
    SELECT c.received_on AS day, d."group" AS desk_group,
           coalesce(c.age_years::text, nullif(c.age_band, ''),
                    date_part('year', age(c.received_on, p.birth_date))::int::text) AS age
    FROM statistics_case c
    JOIN directory_desk d ON d.id = c.desk_id
    LEFT JOIN statistics_person p ON p.id = c.person_id
    """,
    ALL_AGE_DESK,
    FORMER_DESKS,
)
EVERY_CASE = Facts(CASES.relation)

CASES_WITH_CONTACTS = Facts(
    """
    SELECT c.received_on AS day, d."group" AS desk_group, coalesce(k.contacts, 0) AS contacts
    FROM statistics_case c
    JOIN directory_desk d ON d.id = c.desk_id
    LEFT JOIN (SELECT case_id, count(*) AS contacts FROM statistics_contact
               WHERE "on" BETWEEN %(first)s AND %(last)s GROUP BY case_id) k ON k.case_id = c.id
    """,
    ALL_AGE_DESK,
    FORMER_DESKS,
)

CASES_WITH_RESULT = Facts(
    """
    SELECT c.received_on AS day, d."group" AS desk_group, s.reason,
           CASE WHEN s.state = 'handed_over' AND strpos(s.destination, '保健福祉センター') > 0
                     THEN '保健福祉センターへ引継ぎ'
                WHEN s.state = 'handed_over' THEN 'その他の機関へ引継ぎ'
                WHEN s.state = 'closed' THEN '終結'
                ELSE '継続対応中' END AS result
    FROM statistics_case c
    JOIN directory_desk d ON d.id = c.desk_id
    LEFT JOIN LATERAL (SELECT state, destination, reason FROM statistics_state
                       WHERE case_id = c.id AND effective_on <= %(as_of)s
                       ORDER BY effective_on DESC, recorded_at DESC, id DESC LIMIT 1) s ON true
    """,
    ALL_AGE_DESK,
    FORMER_DESKS,
)
ENDED_CASES = Facts(
    CASES_WITH_RESULT.relation, ALL_AGE_DESK + " AND result = '終結'", FORMER_DESKS + " AND result = '終結'"
)

CONTACTS = Facts(
    """
    SELECT t."on" AS day, d."group" AS desk_group, t.method, t.counterpart
    FROM statistics_contact t
    JOIN statistics_case c ON c.id = t.case_id
    JOIN directory_desk d ON d.id = c.desk_id
    """,
    ALL_AGE_DESK,
    FORMER_DESKS,
)

# People, not cases: each once, however many years, areas and cases they came through. Records of several organisations
# with the same name (or reading) and birth date are one person; so are nameless cases of one member of a household.
# Any other nameless case is a person of its own. The day is the first in the window on which a case of theirs was
# received or somebody was in contact about it.
PEOPLE = Facts(
    """
    WITH RECURSIVE shared AS (
        SELECT person_id, mark FROM statistics_mark
        WHERE two_facts AND mark IN (SELECT mark FROM statistics_mark GROUP BY mark HAVING count(*) > 1)
    ), alike (person_id, other_id) AS (
        SELECT person_id, person_id FROM shared
        UNION
        SELECT a.person_id, theirs.person_id FROM alike a
        JOIN shared mine ON mine.person_id = a.other_id JOIN shared theirs ON theirs.mark = mine.mark
    ), one AS (
        SELECT person_id, min(other_id::text) AS key FROM alike GROUP BY person_id
    ), who AS (
        SELECT c.id AS case_id, c.received_on,
               coalesce(o.key, coalesce(c.person_id, m.person_id, c.member_id, c.id)::text) AS person
        FROM statistics_case c
        LEFT JOIN statistics_member m ON m.id = c.member_id
        LEFT JOIN one o ON o.person_id = coalesce(c.person_id, m.person_id)
    ), days AS (
        SELECT case_id, received_on AS day FROM who WHERE received_on BETWEEN %(first)s AND %(last)s
        UNION ALL
        SELECT case_id, min("on") FROM statistics_contact
        WHERE "on" BETWEEN %(first)s AND %(last)s GROUP BY case_id
    ), at_work AS (
        SELECT p.case_id FROM statistics_plan p JOIN statistics_evaluation e ON e.plan_id = p.id
        WHERE p.own AND e."on" BETWEEN %(first)s AND %(last)s
          AND e.changes && (SELECT array_agg(code) FROM casework_noticedchange WHERE begins_work)
    )
    SELECT min(d.day) AS day, bool_or(w.case_id IN (SELECT case_id FROM at_work)) AS works
    FROM days d JOIN who w ON w.case_id = d.case_id GROUP BY w.person
    """
)

DISCUSSIONS = Facts(
    """
    SELECT s.held_on AS day, s.id AS sitting, i.id AS item, i.case_id, i.kind, i.route, i.lead, a.agency
    FROM conferences_conference s
    LEFT JOIN conferences_agendaitem i ON i.conference_id = s.id
    LEFT JOIN LATERAL jsonb_array_elements_text(s.agencies) AS a(agency) ON true
    """,
    narrows=False,
)
NEW_ITEMS = Facts(
    """
    SELECT s.held_on AS day, i.route, i.lead
    FROM conferences_agendaitem i JOIN conferences_conference s ON s.id = i.conference_id
    WHERE i.kind = 'new'
    """,
    narrows=False,
)

# A family is a household, however many of its cases and members take part; without a case, whoever is on the list by
# what they want to be called. It is new to the window in which it came for the first time to any gathering
# that is counted. Every sitting has a row of its own for the nameless, also where there were none.
GATHERINGS = Facts(
    """
    WITH came AS (
        SELECT t.sitting_id, s."on" AS day, a.known, a.family
        FROM statistics_attendance t
        JOIN statistics_sitting s ON s.id = t.sitting_id
        JOIN statistics_gathering g ON g.id = s.gathering_id
        JOIN statistics_attendee a ON a.id = t.attendee_id
        WHERE t.present
    ), heads AS (
        SELECT sitting_id, family, CASE WHEN known THEN 'case' ELSE 'called' END AS who, 1 AS heads FROM came
        UNION ALL
        SELECT id, NULL, 'nameless', nameless FROM statistics_sitting
    )
    SELECT s."on" AS day, s.id AS sitting, g.kind, g.place, h.family, h.who, h.heads, f.first_day >= %(first)s AS is_new
    FROM statistics_sitting s
    JOIN statistics_gathering g ON g.id = s.gathering_id
    JOIN heads h ON h.sitting_id = s.id
    LEFT JOIN (SELECT family, min(day) AS first_day FROM came GROUP BY family) f ON f.family = h.family
    """
)
FAMILIES = replace(GATHERINGS, base="family IS NOT NULL", base_before="family IS NOT NULL")
PRESENT = replace(GATHERINGS, base="heads > 0", base_before="heads > 0")

ANSWERS = Facts(
    """
    SELECT o.chosen FROM questionnaires_answer a
    LEFT JOIN LATERAL jsonb_array_elements_text(a.chosen) AS o(chosen) ON true
    WHERE a.question_id = %(question)s
    """,
    dated=False,
    narrows=False,
)
# Of a survey whose responses have a day at least in part.
DATED_ANSWERS = Facts(
    """
    SELECT r.answered_on AS day, o.chosen FROM questionnaires_answer a
    JOIN questionnaires_response r ON r.id = a.response_id
    LEFT JOIN LATERAL jsonb_array_elements_text(a.chosen) AS o(chosen) ON true
    WHERE a.question_id = %(question)s
    """,
    maybe_undated=True,
    narrows=False,
)
DATED_RESPONDENTS = """(
    SELECT count(*) FROM questionnaires_answer a JOIN questionnaires_response r ON r.id = a.response_id
    WHERE a.question_id = %(question)s AND (r.answered_on IS NULL OR r.answered_on BETWEEN %(first)s AND %(last)s))"""
RESPONDENTS = "(SELECT count(*) FROM questionnaires_answer a WHERE a.question_id = %(question)s)"

RECEIVED = Measure("相談件数（実数）", "ケース数")
SUPPORTED = Measure("支援した人（実人数）", "人数")
MADE_CONTACTS = Measure("対応件数（延べ）", "件数")
NEW_DISCUSSIONS = Measure("新規の検討ケース（実数）", "件数")
GIVEN_ANSWERS = Measure("回答（延べ）", "回答数")
CONFERENCE_MEASURES = (
    Measure("開催回数", "件数", "count(DISTINCT sitting)", of_lives=False),
    Measure("検討ケース数", "件数", "count(DISTINCT case_id)"),
    Measure("のべ検討ケース数", "件数", "count(DISTINCT item)"),
    Measure("参画した関係機関数", "件数", "count(DISTINCT agency)", of_lives=False),
)
REACHED = Measure("参加した家族（実数）", "家族数", "count(DISTINCT family)")
CAME = Measure("参加者（延べ）", "人数", "coalesce(sum(heads), 0)::bigint")
GATHERING_MEASURES = (
    Measure("開催回数", "数", "count(DISTINCT sitting)", of_lives=False),
    Measure("会場（実数）", "数", "count(DISTINCT place)", of_lives=False),
    replace(CAME, unit="数"),
    replace(REACHED, unit="数"),
)


@dataclass(frozen=True)
class AgeClasses:
    """Age classes of one report: upper bounds with their labels, the label above them, and for the unknown."""

    source: str
    up_to: tuple[tuple[int, str], ...]
    above: str
    unknown: str = Words("不明等")

    def class_of(self, age: str | None) -> str:
        """The class of an age in years or as a band; a band that two classes share is unknown."""
        try:
            known = read_age(age or "")
        except NotAnAge:
            return self.unknown
        if known.lowest is None:
            return self.unknown
        highest = known.lowest if known.years is not None else known.lowest + 9
        low, high = self._class(known.lowest), self._class(highest)
        return low if low == high else self.unknown

    def _class(self, years: int) -> str:
        return next((label for bound, label in self.up_to if years <= bound), self.above)

    @property
    def categories(self) -> tuple[Category, ...]:
        """In the order to print; the desks of before had no class for the unknown."""
        return (*(Category(label) for _, label in self.up_to), Category(self.above), Category(self.unknown, new=True))


TWO_AGES = AgeClasses("京都市「ひきこもり支援の検証」相談件数（年齢別）", ((39, Words("39歳以下")),), Words("40歳以上"))


def _labels_of(choices: type[Any], *always: str) -> tuple[Category, ...]:
    return tuple(Category(in_japanese(label), always=value in always) for value, label in choices.choices)


def _months(scope: Scope) -> tuple[Category, ...]:
    return tuple(Category(f"{month:%Y-%m}") for month in scope.window.months)


def _contact_count(contacts: int) -> str:
    return ("対応の記録なし", "初回相談のみで終結")[contacts] if contacts < 2 else "継続相談(2回以上の関わり)"


def _written(text: str | None) -> str:
    return text or Words("記載なし")


AGE = Axis("年齢", "age", TWO_AGES.categories, TWO_AGES.class_of, total=True)
CONTACT_COUNT = Axis(
    "関わりの回数",
    "contacts",
    (Category("初回相談のみで終結"), Category("継続相談(2回以上の関わり)"), Category("対応の記録なし", always=False)),
    _contact_count,
)
# The five of the report are always printed; the newer methods as soon as somebody uses them. Meetings come as far as
# ``statistics_contact`` shows them: those in which the person or their family was.
METHOD = Axis(
    "手法",
    "method",
    _labels_of(Method, Method.PHONE, Method.INTERVIEW, Method.MAIL, Method.VISIT, Method.OTHER),
    lambda method: in_japanese(Method(method).label),
    total=True,
)
COUNTERPART = Axis(
    "対象",
    "counterpart",
    _labels_of(Counterpart, *Counterpart.values),
    lambda counterpart: in_japanese(Counterpart(counterpart).label),
    total=True,
)
# The published tables know three; agencies and companies that asked first count as その他.
_ASKED_FIRST = (Requester.SELF, Requester.FAMILY, Requester.OTHER)
REQUESTER = Axis(
    "相談者",
    "requester",
    tuple(Category(in_japanese(requester.label)) for requester in _ASKED_FIRST),
    lambda said: in_japanese(Requester(said if said in _ASKED_FIRST else Requester.OTHER).label),
)
RESULT = Axis(
    "対応結果",
    "result",
    (
        Category("保健福祉センターへ引継ぎ"),
        Category("その他の機関へ引継ぎ", always=False),
        Category("終結"),
        Category("継続対応中"),
    ),
)
MONTH = Axis("受付月", "date_trunc('month', day)", _months, lambda first: f"{first:%Y-%m}")
DESK = Axis("受付窓口", "desk")
FIRST_YEAR = Axis(
    "期間中にはじめてかかわった年度",
    "date_part('year', day - interval '3 months')::int",
    lambda scope: tuple(Category(write_fiscal_year(year)) for year in scope.window.fiscal_years),
    write_fiscal_year,
    total=True,
)
WORK = Axis(
    "就労",
    "works",
    (Category("仕事につながった人"), Category("そのほかの人")),
    lambda works: "仕事につながった人" if works else "そのほかの人",
    total=True,
)
GATHERING_KIND = Axis(
    "種類",
    "kind",
    _labels_of(Gathering.Kind, *Gathering.Kind.values),
    lambda kind: in_japanese(Gathering.Kind(kind).label),
    total=True,
)
_CAME_AS = {"case": "ケースのある家族", "called": "呼び名だけの家族", "nameless": "名のらずに来た人"}
CAME_AS = Axis(
    "参加のしかた",
    "who",
    (Category("ケースのある家族"), Category("呼び名だけの家族"), Category("名のらずに来た人")),
    lambda who: _CAME_AS[who],
    total=True,
)
NEWNESS = Axis(
    "はじめてか",
    "is_new",
    (Category("はじめて参加した家族"), Category("前にも参加した家族")),
    lambda new: "はじめて参加した家族" if new else "前にも参加した家族",
    total=True,
)
REASON = Axis("終結の理由", "reason", fold=_written, free_text=True)
ROUTE = Axis(
    "つながった経路",
    "route",
    tuple(Category(route) for route in ROUTES),
    _written,
    free_text=True,
)
LEAD = Axis(
    "主担当",
    "lead",
    tuple(Category(lead) for lead in LEADS),
    _written,
    free_text=True,
)


def options_axis(options: list[str]) -> Axis:
    """The options of a question in the order to print; 無回答 only where somebody gave no answer."""
    listed = (*(Category(option) for option in options), Category(NO_ANSWER, always=False))
    return Axis("回答", "chosen", listed, lambda chosen: NO_ANSWER if chosen is None else str(chosen), free_text=True)
