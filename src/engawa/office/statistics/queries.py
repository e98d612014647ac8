"""Fills tables: one grouped query each, run as the statistics actor, which sees every row and returns only sums."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, LiteralString
from uuid import UUID

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext
from psycopg import sql

from engawa.kernel.clock import today
from engawa.kernel.fiscal import Period, fiscal_year, period_of
from engawa.kernel.words import Words
from engawa.office.access.actors import STATISTICS, Actor, AnyActor, NotAllowed
from engawa.office.access.permissions import Permission
from engawa.office.access.queries import acts_for_the_city
from engawa.office.access.walls import acting_as
from engawa.office.casework.cases.models import Case
from engawa.office.questionnaires.models import Question
from engawa.office.questionnaires.queries import surveys_with_days
from engawa.office.statistics.formats.printed import fiscal_year_printed
from engawa.office.statistics.models import Release, SmallCounts
from engawa.office.statistics.rules import Facts, Filled, Group, Scope, Table, filled
from engawa.office.statistics.suppression import Discretion, discreet, without_rare_words
from engawa.office.statistics.tables import TABLES, survey_table

_IN_WINDOW = "day BETWEEN %(first)s AND %(last)s"
_IN_WINDOW_OR_UNDATED = "day IS NULL OR day BETWEEN %(first)s AND %(last)s"
_IN_COMPARISON = "day BETWEEN %(first_before)s AND %(last_before)s"


def tables_for(actor: AnyActor) -> list[Table]:
    """The tables that the actor may ask for.

    Raises:
        NotAllowed: the actor may see no tables.
    """
    if not actor.may(Permission.STATISTICS_TABLE_VIEW):
        raise NotAllowed
    return [*TABLES, *survey_tables()]


def survey_tables() -> list[Table]:
    """One table per question of every survey, in the order to print.

    Two questionnaires with the same question are told apart by the questionnaire's name.
    """
    questions = list(Question.objects.of_surveys().in_print_order())
    asked = Counter(question.text for question in questions)
    with acting_as(STATISTICS):
        days = surveys_with_days()
    return [
        survey_table(question, _survey_name(question, asked[question.text]), dated=question.questionnaire_id in days)
        for question in questions
    ]


def _survey_name(question: Question, times: int) -> str:
    return f"survey/{question.text}" if times == 1 else f"survey/{question.questionnaire}/{question.text}"


def small_counts(day: dt.date) -> SmallCounts:
    """The rule of small counts in force on ``day``; for days before the first rule, the first."""
    rules = SmallCounts.objects
    return rules.filter(starts_on__lte=day).order_by("-starts_on").first() or rules.earliest("starts_on")


def discretion_for(actor: AnyActor, scope: Scope) -> Discretion | None:
    """How discreet tables for this actor have to be; None for those who may see small counts.

    What is narrowed to cases that the actor's own organisations hold tells them nothing that they may not read.
    """
    if sees_small_counts(actor) or (scope.organisations and {*scope.organisations} <= {*own_organisations(actor)}):
        return None
    rule = small_counts(today())
    if any(period.whole_months < rule.short_below for period in (scope.window, scope.comparison) if period):
        return Discretion(rule.least_when_short, rule.source_when_short)
    return Discretion(rule.least, rule.source)


def sees_small_counts(actor: AnyActor) -> bool:
    """Whether the actor sees every figure of the whole house: whoever answers for the city's report does."""
    return acts_for_the_city(actor, Permission.STATISTICS_REPORT_RELEASE)


def own_organisations(actor: AnyActor) -> tuple[UUID, ...]:
    """The organisations to whose cases the actor may narrow a table: there they see tables and the cases behind."""
    if not isinstance(actor, Actor):
        return ()
    cases = actor.organisations_with(Permission.CASEWORK_CASE_VIEW)
    return tuple(one for one in actor.organisations_with(Permission.STATISTICS_TABLE_VIEW) if one in cases)


def release_of(scope: Scope) -> Release | None:
    """The release of the report of exactly this scope."""
    return Release.objects.filter(**scope.as_asked).select_related("by").first()


def fill(table: Table, scope: Scope, discretion: Discretion | None = None) -> Filled:
    """The table with its figures for this scope, by one grouped query; with discretion, small counts are hidden."""
    with acting_as(STATISTICS), _counting(scope.organisations), connection.cursor() as cursor:
        cursor.execute(statement(table, scope), parameters(table, scope))
        found = cursor.fetchall()
    groups = [Group(row, column, tuple(counts)) for row, column, _, *counts in found]
    base = _base(table, [line[2] for line in found])
    if discretion is None:
        return filled(table, scope, groups, base)
    return discreet(filled(table, scope, without_rare_words(table, scope, groups, discretion), base), discretion)


@contextmanager
def _counting(organisations: Sequence[UUID]) -> Iterator[None]:
    """Name to the database whose cases are counted, where it is not those of the whole house."""
    if not organisations:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('engawa.counted', %s, true)", [",".join(map(str, organisations))])
        yield
        cursor.execute("SELECT set_config('engawa.counted', '', true)")


def fill_both(table: Table, scope: Scope, discretion: Discretion | None = None) -> list[Filled]:
    """The table for the window, and where it has no columns for the comparison window, the table of that besides."""
    if scope.comparison is None or table.periods or not table.facts.dated:
        return [fill(table, scope, discretion)]
    before = replace(table.of_former_desks(), title=Words("%(table)s（比較期間）", table=Words(table.title)))
    then = Scope(scope.comparison, organisations=scope.organisations)
    return [fill(table, scope, discretion), fill(before, then, discretion)]


@dataclass(frozen=True)
class Choice:
    """A window that somebody is likely to want."""

    label: str
    period: Period


def windows_to_choose(day: dt.date) -> list[Choice]:
    """The last twelve months for which there are records, the fiscal year of ``day``, and the one before."""
    year = fiscal_year(day)
    choices = [
        Choice(fiscal_year_printed(year), period_of(year)),
        Choice(fiscal_year_printed(year - 1), period_of(year - 1)),
    ]
    with acting_as(STATISTICS):
        last = Case.objects.aggregate(last=Max("received_on"))["last"]
    if last is None or last in period_of(year):
        return choices
    end = _month_after(last) - dt.timedelta(days=1)
    return [
        Choice(gettext("記録のある最後の12か月"), Period(_month_after(end.replace(year=end.year - 1)), end)),
        *choices,
    ]


def _month_after(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _base(table: Table, bases: list[int]) -> int | None:
    if table.share_base is None:
        return None
    return bases[0] if bases else 0


def statement(table: Table, scope: Scope) -> sql.Composed:
    """The grouped query: row, column, base of the shares, then what is counted."""
    facts, before = table.facts, scope.comparison is not None and table.periods
    in_window = sql.SQL("({}) AND ({})").format(sql.SQL(_when(facts)), sql.SQL(facts.base))
    in_comparison = sql.SQL("({}) AND ({})").format(sql.SQL(_IN_COMPARISON), sql.SQL(facts.base_before))
    return sql.SQL(
        "SELECT {row} AS row, {column} AS column, {base}::bigint AS base, {counts} FROM ({relation}) AS facts"
        " WHERE {condition} {grouped}"
    ).format(
        row=sql.SQL(table.rows.sql if table.rows else "NULL"),
        column=sql.SQL(table.columns.sql if table.columns else "NULL"),
        base=sql.SQL(table.share_base or "NULL"),
        counts=_period_counts(table, in_window, in_comparison, before=before) if table.periods else _counts(table),
        relation=sql.SQL(facts.narrowed if scope.organisations else facts.relation),
        condition=sql.SQL("({}) OR ({})").format(in_window, in_comparison) if before else in_window,
        # Without rows there is one group, which exists even when nothing was found.
        grouped=sql.SQL("GROUP BY 1, 2" if table.rows else ""),
    )


def _when(facts: Facts) -> LiteralString:
    if facts.maybe_undated:
        return _IN_WINDOW_OR_UNDATED
    return _IN_WINDOW if facts.dated else "true"


def _counts(table: Table) -> sql.Composed:
    return sql.SQL(", ").join(sql.SQL(measure.count) for measure in table.measures)


def _period_counts(table: Table, now: sql.Composed, then: sql.Composed, *, before: bool) -> sql.Composed:
    count = sql.SQL(table.measure.count)
    if not before:
        return sql.SQL("{}, 0").format(count)
    return sql.SQL("{count} FILTER (WHERE {now}), {count} FILTER (WHERE {then})").format(
        count=count, now=now, then=then
    )


def parameters(table: Table, scope: Scope) -> Mapping[str, Any]:
    """What the query is asked for. Nothing counts that had not happened by the as-of day."""
    before = scope.comparison or scope.window
    return {
        "first": scope.window.first,
        "last": min(scope.window.last, scope.day),
        "first_before": before.first,
        "last_before": min(before.last, scope.day),
        "as_of": scope.day,
        **table.arguments,
    }
