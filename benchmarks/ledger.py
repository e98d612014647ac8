"""Import of a large ledger, and the verification report over millions of contacts against hand-written SQL.

    PYTHONPATH=src python benchmarks/ledger.py --home /var/tmp/engawa-benchmark-ledger

Two scratch offices below the home (invented rows only). In the first a ledger of 100,000 contacts is taken in from
CSV, as ``engawa import`` does it. The second is loaded once with millions of contacts (a second run measures again);
there the report's tables are filled as the statistics actor behind row-level security, and the same figures are
asked for by hand-written SQL as the administrator of the cluster, whom no policy binds.
"""
# ruff: noqa: S608 - SQL put together from our own words only

import argparse
import csv
import datetime as dt
import io
import multiprocessing
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

TARGET_RATIO = 1.3
DAYS = 2300
FIRST = dt.date(2020, 4, 1)
DESK = "「よりそい・つなぐ」相談窓口"

BEFORE = """
SET session_replication_role = replica;
SET maintenance_work_mem = '1GB';
CREATE FUNCTION bench_id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $$ SELECT (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
DROP INDEX contact_by_case, contact_by_day, case_by_day, case_by_organisation
"""
AFTER = """
CREATE INDEX contact_by_case ON casework_contact (case_id, "on" DESC);
CREATE INDEX contact_by_day ON casework_contact ("on");
CREATE INDEX case_by_day ON casework_case (received_on, desk_id);
CREATE INDEX case_by_organisation ON casework_case (organisation_id, received_on DESC)
"""
# Tables grow with the product: a column that is not named here gets an empty value of its type.
EMPTY = {"text": "''", "boolean": "false", "jsonb": "'{}'", "smallint": "0", "integer": "0", "ARRAY": "'{}'"}
ROWS = {
    "access_organisation": (
        "generate_series(1, 1) AS n",
        {"id": "bench_id(1, 1)", "name": "'みやこ市'", "kind": "'city'"},
    ),
    "directory_desk": (
        "generate_series(1, 3) AS n",
        {
            "id": "bench_id(7, n)",
            "organisation_id": "bench_id(1, 1)",
            "name": "'窓口' || n",
            '"group"': "(ARRAY['all_age', 'ward_centre', 'former'])[n]",
        },
    ),
    "casework_case": (
        "generate_series(1::bigint, {cases}) AS n",
        {
            "id": "bench_id(4, n)",
            "number": "'K' || n",
            "organisation_id": "bench_id(1, 1)",
            "desk_id": "bench_id(7, 1 + (n % 10) / 7)",
            "received_on": "{first} + (n * {days} / {cases})::int",
            "requester": "(ARRAY['self', 'family', 'other'])[1 + n % 3]",
            "age_years": "CASE WHEN n % 6 <> 0 THEN 10 + n % 60 END",
            "sex": "'0'",
            "state": "'continuing'",
            "opened_at": "now()",
        },
    ),
    "conferences_conference": (
        "generate_series(1, 1999) AS n",
        {
            "id": "bench_id(2, n)",
            "number": "'M' || n",
            "held_on": "{first} + n * {days} / 2000",
            "agencies": """'["A", "B"]'""",
        },
    ),
    "conferences_agendaitem": (
        "generate_series(1, 11000) AS n",
        {
            "id": "bench_id(3, n)",
            "conference_id": "bench_id(2, 1 + n / 6)",
            "case_id": "bench_id(4, 1 + n)",
            "kind": "CASE n % 3 WHEN 0 THEN 'new' ELSE 'continued' END",
            "route": "'その他(関係機関等)'",
            "lead": "'よりそい支援員'",
        },
    ),
    "casework_contact": (
        "generate_series(1::bigint, {contacts}) AS n",
        {
            "id": "bench_id(5, n)",
            "case_id": "bench_id(4, 1 + n * {cases} / ({contacts} + 1))",
            "number": "'T' || n",
            '"on"': "{first} + (n * {days} / {contacts})::int",
            "method": "(ARRAY['phone', 'interview', 'mail', 'visit', 'other'])[1 + n % 5]",
            "counterpart": "(ARRAY['self', 'family', 'family', 'other'])[1 + n % 4]",
            "minutes": "30",
            "recorded_at": "now()",
        },
    ),
    "casework_casestate": (
        "generate_series(1::bigint, {cases}) AS n WHERE n % 4 <> 0",
        {
            "id": "bench_id(6, n)",
            "case_id": "bench_id(4, n)",
            "effective_on": "{first} + (n * {days} / {cases})::int + 60",
            "state": "CASE n % 20 WHEN 0 THEN 'handed_over' ELSE 'closed' END",
            "reason": "'転居'",
            "destination": "'北保健福祉センター'",
            "recorded_at": "now()",
        },
    ),
}

_DESK = "d.id = c.desk_id AND d.\"group\" = 'all_age'"
# What counts as a contact with somebody (decision 21).
_MET = """t.method <> 'staff_meeting' AND (t.method NOT IN ('coordination', 'support_meeting', 'agency_meeting')
        OR t.counterpart <> 'other' OR t.also_with && '{self,family}'::text[])"""
_RECEIVED = "c.received_on BETWEEN %(first)s AND %(last)s"
# The same figures as somebody would ask for them by hand, table by table.
BY_HAND = {
    "cases-by-age": f"""SELECT CASE WHEN c.age_years <= 39 THEN 1 WHEN c.age_years > 39 THEN 2 ELSE 3 END, count(*)
        FROM casework_case c JOIN directory_desk d ON {_DESK} WHERE {_RECEIVED} GROUP BY 1""",
    "cases-by-contact-count": f"""SELECT least(coalesce(k.n, 0), 2), count(*)
        FROM casework_case c JOIN directory_desk d ON {_DESK}
        LEFT JOIN (SELECT case_id, count(*) AS n FROM casework_contact t WHERE "on" BETWEEN %(first)s AND %(last)s
                   AND {_MET} GROUP BY case_id) k ON k.case_id = c.id WHERE {_RECEIVED} GROUP BY 1""",
    "contacts-by-method-and-counterpart": f"""SELECT t.method, t.counterpart, count(*) FROM casework_contact t
        JOIN casework_case c ON c.id = t.case_id JOIN directory_desk d ON {_DESK}
        WHERE t."on" BETWEEN %(first)s AND %(last)s AND {_MET} GROUP BY 1, 2""",
    "case-results": f"""SELECT s.state, count(*) FROM casework_case c JOIN directory_desk d ON {_DESK}
        LEFT JOIN LATERAL (SELECT state FROM casework_casestate WHERE case_id = c.id AND effective_on <= %(last)s
                           ORDER BY effective_on DESC, recorded_at DESC LIMIT 1) s ON true
        WHERE {_RECEIVED} GROUP BY 1""",
    "cases-by-month": f"""SELECT date_trunc('month', c.received_on), count(*) FROM casework_case c
        JOIN directory_desk d ON {_DESK} WHERE {_RECEIVED} GROUP BY 1""",
    "cases-by-requester": f"""SELECT c.requester, count(*) FROM casework_case c
        JOIN directory_desk d ON {_DESK} WHERE {_RECEIVED} GROUP BY 1""",
    "conference-summary": """SELECT count(DISTINCT s.id), count(DISTINCT i.case_id), count(DISTINCT i.id),
        count(DISTINCT a) FROM conferences_conference s LEFT JOIN conferences_agendaitem i ON i.conference_id = s.id
        LEFT JOIN LATERAL jsonb_array_elements_text(s.agencies) AS a ON true
        WHERE s.held_on BETWEEN %(first)s AND %(last)s""",
    "conference-routes": """SELECT i.route, count(*) FROM conferences_agendaitem i
        JOIN conferences_conference s ON s.id = i.conference_id
        WHERE i.kind = 'new' AND s.held_on BETWEEN %(first)s AND %(last)s GROUP BY 1""",
    "conference-results": """SELECT i.lead, count(*) FROM conferences_agendaitem i
        JOIN conferences_conference s ON s.id = i.conference_id
        WHERE i.kind = 'new' AND s.held_on BETWEEN %(first)s AND %(last)s GROUP BY 1""",
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="scratch folder; keeps the loaded office")
    parser.add_argument("--ledger-contacts", type=int, default=100_000, help="contacts of the imported ledger")
    parser.add_argument("--ledger-people", type=int, default=0, help="import this many cases with people and plans")
    parser.add_argument("--contacts", type=int, default=10_000_000, help="contacts below the report")
    parser.add_argument("--cases", type=int, default=1_000_000, help="cases below the report")
    parser.add_argument("--rounds", type=int, default=3, help="how often each table is filled")
    parser.add_argument("--only", choices=["import", "report"], help="measure one part")
    return parser.parse_args()


def csv_of(rows: Iterator[tuple[object, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def ledger(contacts: int) -> dict[str, bytes]:
    """The CSV files of an invented ledger with five contacts for each case."""
    cases = contacts // 5

    def day(n: int) -> dt.date:
        return FIRST + dt.timedelta(days=n * DAYS // contacts)

    def case_rows() -> Iterator[tuple[object, ...]]:
        yield ("ケース番号", "受付日", "受付窓口", "相談者", "本人の年齢", "性別")
        for n in range(cases):
            yield (f"K{n}", day(n * 5), DESK, "家族・親族", 15 + n % 60 if n % 6 else "不明", "不明")

    def contact_rows() -> Iterator[tuple[object, ...]]:
        yield ("対応番号", "ケース番号", "対応日", "手法", "対象", "所要分")
        for n in range(contacts):
            yield (f"T{n}", f"K{n // 5}", day(n), "電話", "家族・親族", 30)

    return {"相談ケース.csv": csv_of(case_rows()), "対応記録.csv": csv_of(contact_rows())}


def ledger_of_people(cases: int) -> dict[str, bytes]:
    """The CSV files of an invented ledger with twelve rows for each case: who it is about, the family, a plan."""
    numbers = [f"K{n}" for n in range(cases)]
    sheets: dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]] = {
        "相談ケース": (("受付日", "受付窓口", "相談者"), [("2021-04-01", DESK, "本人")]),
        "本人": (("氏名", "よみ", "生年月日"), [("山田{}", "ヤマダ", "1980-01-01")]),
        "別の名": (("種類", "名前"), [("旧姓", "田中{}")]),
        "世帯員": (("続柄", "氏名"), [("本人", ""), ("母", "山田{}母"), ("父", "山田{}父")]),
        "世帯の関係": (("ひとり（親子なら親）", "もうひとり（親子なら子）", "関係"), [("母", "本人", "親子")]),
        "計画": (("回", "状態", "作成日", "本人の目標"), [(1, "実施中", "2021-05-01", "散歩")]),
        "計画の目標": (("回", "目標番号", "本人のことば"), [(1, goal, "散歩") for goal in (1, 2)]),
        "計画の取組": (("回", "目標番号", "すること"), [(1, goal, "散歩") for goal in (1, 2)]),
    }
    return {
        f"{name}.csv": csv_of(
            iter(
                [
                    ("ケース番号", *header),
                    *((number, *(str(cell).format(number) for cell in row)) for number in numbers for row in rows),
                ]
            )
        )
        for name, (header, rows) in sheets.items()
    }


def measure_import(home: str, files: dict[str, bytes]) -> None:
    """In a process of its own, so that its memory is its own."""
    open_house = set_up(home)
    from engawa.engine.home import Home  # noqa: PLC0415 - settings read the environment at import
    from engawa.kernel.spreadsheets.reading import Source  # noqa: PLC0415
    from engawa.office.access.actors import COMMAND  # noqa: PLC0415
    from engawa.office.ledger.actions.receiving import Handed, import_files  # noqa: PLC0415

    sources = [Source(name, content) for name, content in files.items()]
    with open_house(Home.chosen()):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for turn in ("import", "the same again"):
            started, worked = time.monotonic(), work()
            made = import_files(by=COMMAND, ledger=Handed(sources)).made
            seconds, cores = time.monotonic() - started, work() - worked
            print(f"{turn}: {made:,} rows made in {seconds:.1f} s, of which {cores:.1f} s of work")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"  memory: {peak / 1024:.0f} MB at most, {(peak - before) / 1024:.0f} MB more than before")
    print(f"  load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def work() -> float:
    """Seconds of processor time that this process and its PostgreSQL backend have used so far (Linux)."""
    from django.db import connection  # noqa: PLC0415 - settings read the environment at import

    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    return time.process_time() + int(backend.split()[0]) / 1_000_000_000


def set_up(home: str) -> Callable[..., Any]:
    os.environ.update(ENGAWA_HOME=home, ENGAWA_ZONES="office")
    Path(home).mkdir(parents=True, exist_ok=True)
    from engawa.engine.opening import set_up_django  # noqa: PLC0415 - settings read the environment at import

    set_up_django()
    from engawa.engine.house import open_house  # noqa: PLC0415

    return open_house


def load(admin: Any, size: argparse.Namespace) -> None:
    started = time.monotonic()
    words = {"first": f"date '{FIRST}'", "days": str(DAYS), "cases": str(size.cases), "contacts": str(size.contacts)}
    admin.execute(BEFORE)
    for table, (rows, known) in ROWS.items():
        columns = {name: _filled(value, words) for name, value in known.items()}
        insert(admin, table, columns, _filled(rows, words))
    admin.execute(AFTER)
    admin.execute("VACUUM ANALYZE")
    print(f"loaded {size.contacts:,} contacts of {size.cases:,} cases in {time.monotonic() - started:.0f} s")


def _filled(sql: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        sql = sql.replace("{" + name + "}", value)
    return sql


def insert(admin: Any, table: str, known: dict[str, str], rows: str) -> None:
    columns = admin.execute(
        "SELECT quote_ident(column_name), data_type FROM information_schema.columns"
        " WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL",
        [table],
    ).fetchall()
    filled = {name: EMPTY.get(kind, "''") for name, kind in columns if name not in known} | known
    admin.execute(f"INSERT INTO {table} ({', '.join(filled)}) SELECT {', '.join(filled.values())} FROM {rows}")


def measure_report(size: argparse.Namespace) -> bool:
    """Whether the report keeps to the target in both windows."""
    open_house = set_up(str(size.home / "report"))
    from engawa.engine.home import Home  # noqa: PLC0415 - settings read the environment at import
    from engawa.kernel.fiscal import Period  # noqa: PLC0415

    last = FIRST + dt.timedelta(days=DAYS)
    windows = {"one year": Period(dt.date(2023, 4, 1), dt.date(2024, 3, 31)), "all years": Period(FIRST, last)}
    with open_house(Home.chosen()) as cluster, cluster.connect("office") as admin:
        if not admin.execute("SELECT EXISTS (SELECT 1 FROM casework_contact)").fetchone()[0]:
            load(admin, size)
        ratios = [measure_window(admin, name, window, size.rounds) for name, window in windows.items()]
    return max(ratios) <= TARGET_RATIO


def measure_window(admin: Any, name: str, window: Any, rounds: int) -> float:
    from engawa.office.statistics.queries import fill  # noqa: PLC0415 - settings read the environment at import
    from engawa.office.statistics.rules import Scope  # noqa: PLC0415
    from engawa.office.statistics.tables import VERIFICATION  # noqa: PLC0415

    scope = Scope(window)
    asked = {"first": window.first, "last": window.last}
    print(f"\n{name + ', seconds':<38}{'report':>9}{'by hand':>9}{'ratio':>7}")
    ours, theirs = 0.0, 0.0
    for table in VERIFICATION:
        by_hand = lambda table=table: admin.execute(BY_HAND[table.name], asked).fetchall()  # noqa: E731 - timed below
        mine, hand = alternately(lambda table=table: fill(table, scope), by_hand, rounds)
        ours, theirs = ours + mine, theirs + hand
        print(f"{table.name:<38}{mine:>9.3f}{hand:>9.3f}{mine / hand:>7.2f}")
    print(f"{'the whole report':<38}{ours:>9.3f}{theirs:>9.3f}{ours / theirs:>7.2f}   (target {TARGET_RATIO})")
    return ours / theirs


def alternately(one: Callable[[], Any], other: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """The median seconds of both, taken in turns, after one turn that warms up."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        for deed, kept in zip((one, other), times, strict=True):
            started = time.perf_counter()
            deed()
            if turn:
                kept.append(time.perf_counter() - started)
    return statistics.median(times[0]), statistics.median(times[1])


def main() -> None:
    size = arguments()
    if size.only != "report":
        files = ledger_of_people(size.ledger_people) if size.ledger_people else ledger(size.ledger_contacts)
        part = multiprocessing.get_context("spawn").Process(
            target=measure_import, args=(str(size.home / "import"), files)
        )
        part.start()
        part.join()
        if part.exitcode:
            sys.exit(part.exitcode)
    if size.only != "import":
        sys.exit(0 if measure_report(size) else 1)


if __name__ == "__main__":
    main()
