"""Inbox, today, case list, case page, search and who may be whom, with a million cases behind row-level security.

    PYTHONPATH=src python benchmarks/casework.py --home /var/tmp/engawa-benchmark

Loads a scratch office once (invented people only; a second run with the same home measures again), then asks for
whole pages as members of staff, in this process and through the real settings, and prints for each page the time on
the wall and the processor time of Python and its PostgreSQL backend together: what an idle machine would take,
whatever else this one is doing.
``without walls`` is the same pages for the administrator of the cluster, whom PostgreSQL's policies do not bind.
"""

import argparse
import datetime as dt
import logging
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TARGET_MILLISECONDS = 100
# A new case with a name: is it somebody who is known, here or elsewhere?
DUPLICATES, DUPLICATES_MILLISECONDS = "new case, who is it?", 150
SURNAMES = "佐藤サトウ 鈴木スズキ 高橋タカハシ 田中タナカ 伊藤イトウ 渡辺ワタナベ 山本ヤマモト 中村ナカムラ 小林コバヤシ 加藤カトウ 吉田ヨシダ 山田ヤマダ 佐々木ササキ 山口ヤマグチ 松本マツモト 井上イノウエ 木村キムラ 林ハヤシ 斎藤サイトウ 清水シミズ 勅使河原テシガワラ 鴨志田カモシダ 五十嵐イガラシ 小鳥遊タカナシ"  # noqa: E501
GIVEN = "翔太ショウタ 美咲ミサキ 健一ケンイチ 陽子ヨウコ 大輔ダイスケ 愛アイ 誠マコト 恵ケイ 拓也タクヤ 由美ユミ 直樹ナオキ 彩アヤ 和也カズヤ 智子トモコ 亮リョウ 久美子クミコ 蓮レン 凪ナギ 楓カエデ 樹イツキ"  # noqa: E501

FUNCTIONS = [
    # Every id is its number: the same run makes the same office, in an order like that of UUIDv7.
    """CREATE FUNCTION bench_id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
        SELECT (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$""",
    """CREATE FUNCTION bench_pieces(VARIADIC keys text[]) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
        SELECT array_agg(DISTINCT piece) FROM unnest(keys) AS key,
        LATERAL (SELECT substr(key, at, 2) AS piece FROM generate_series(1, length(key) - 1) AS at
                 UNION ALL SELECT left(key, 1)) AS cut WHERE key <> '' $$""",
]
ORGANISATION = "bench_id(1, 1 + n %% %(organisations)s)"
DESK = "bench_id(2, 1 + n %% %(organisations)s)"
NAME = (
    "(%({0})s::text[])[1 + n %% cardinality(%({0})s::text[])]"
    " || (%({1})s::text[])[1 + n / 24 %% cardinality(%({1})s::text[])]"
)
# Everybody has a second record in the same organisation, and shares a birth date with a few dozen others.
FIRST_BORN, TWIN, PRIME, DAYS = dt.date(1945, 4, 1), 480_000, 7919, 17_977
BORN = f"date '{FIRST_BORN}' + (n::bigint %% {TWIN} * {PRIME} %% {DAYS})::int"
MARK = "'名生 ' || " + NAME + f" || ' ' || ({BORN})"
CASE_KEYS = "translate(lower(c.number), '-', ''), coalesce(p.name, ''), coalesce(p.reading, ''), 'コトリ' || c.place"
CASES = """(SELECT id, number, person_id, right(number, 7)::int::text AS place FROM casework_case) AS c
    LEFT JOIN casework_person p ON p.id = c.person_id"""
HOLDERS = "(SELECT array_agg(coalesce(g.staff_id, g.organisation_id)) FROM access_grant g WHERE g.case_id = c.id)"
# Table, what is in each column, and the rows it is made from. Columns not named here get an empty value.
LOAD: list[tuple[str, dict[str, str], str]] = [
    (
        "access_organisation",
        {"id": "bench_id(1, n)", "name": "'第' || n || '相談センター'", "kind": "'ward_centre'"},
        "generate_series(1, %(organisations)s) AS n",
    ),
    (
        "directory_desk",
        {
            "id": "bench_id(2, n)",
            "organisation_id": "bench_id(1, n)",
            "name": "'第' || n || '窓口'",
            '"group"': "'all_age'",
            "takes_talks": "true",
        },
        "generate_series(1, %(organisations)s) AS n",
    ),
    (
        "access_staff",
        {
            "id": "bench_id(3, n)",
            "email": "'staff' || n || '@example.org'",
            "name": "'職員' || n",
            "is_active": "true",
            "date_joined": "now()",
        },
        "generate_series(1, %(staff)s) AS n",
    ),
    (
        "access_membership",
        {
            "id": "bench_id(4, n)",
            "staff_id": "bench_id(3, n)",
            "organisation_id": ORGANISATION,
            "role": "'counsellor'",
            "starts_on": "date '2020-04-01'",
        },
        "generate_series(1, %(staff)s) AS n",
    ),
    (
        "casework_person",
        {
            "id": "bench_id(5, n)",
            "name": NAME.format("surnames", "given"),
            "sex": "'0'",
            "reading": NAME.format("surname_readings", "given_readings"),
            "birth_date": BORN,
        },
        "generate_series(1, %(cases)s) AS n WHERE n / 1000 %% 10 < 7",
    ),
    (
        "casework_case",
        {
            "id": "bench_id(6, n)",
            "number": "'E-' || (2020 + n %% 7) || '-' || lpad(n::text, 7, '0')",
            "organisation_id": ORGANISATION,
            "desk_id": DESK,
            "requester": "'family'",
            "opened_at": "now()",
            "lead_id": "CASE WHEN n %% 4 = 0 THEN bench_id(3, 1 + n / 4 %% %(staff)s) END",
            "received_on": "date '2020-04-01' + (n::bigint * 2300 / %(cases)s)::int",
            "last_contact_on": "date '2020-04-01' + (n::bigint * 2300 / %(cases)s)::int + 90",
            "complaint": "'部屋から出られない日が続いています'",
            "handle": "'ことり' || n",
            "sex": "'0'",
            "person_id": "CASE WHEN n / 1000 %% 10 < 7 THEN bench_id(5, n) END",
            "state": "CASE WHEN n %% 3 = 0 THEN 'closed' ELSE 'continuing' END",
        },
        "generate_series(1, %(cases)s) AS n",
    ),
    *(
        (
            "casework_mark",
            {"person_id": "bench_id(5, n)", "mark": MARK.format(*keys)},
            "generate_series(1, %(cases)s) AS n WHERE n / 1000 %% 10 < 7",
        )
        for keys in (("surname_keys", "given_keys"), ("surname_reading_keys", "given_reading_keys"))
    ),
    (
        "access_grant",
        {
            "id": "bench_id(7, n)",
            "case_id": "bench_id(6, n)",
            "organisation_id": ORGANISATION,
            "basis": "'own'",
            "starts_at": "timestamptz '2020-04-01'",
        },
        "generate_series(1, %(cases)s) AS n",
    ),
    (
        "access_grant",
        {
            "id": "bench_id(8, n)",
            "case_id": "bench_id(6, n * 100)",
            "basis": "'consent'",
            "reason": "'同意'",
            "organisation_id": "bench_id(1, 1 + n * 7 %% %(organisations)s)",
            "starts_at": "timestamptz '2020-04-01'",
            "ends_at": "timestamptz '2099-03-31'",
        },
        "generate_series(1, %(cases)s / 100) AS n",
    ),
    (
        "casework_casestate",
        {
            "id": "bench_id(9, n)",
            "case_id": "bench_id(6, n)",
            "effective_on": "date '2026-06-01'",
            "state": "'closed'",
            "reason": "'転居'",
            "reason_code": "'moved'",
            "recorded_at": "now()",
        },
        "generate_series(3, %(cases)s, 3) AS n",
    ),
    (
        "casework_casesearch",
        {
            "case_id": "c.id",
            "holders": HOLDERS,
            "text": f"concat_ws(E'\\n', {CASE_KEYS})",
            "pieces": f"bench_pieces({CASE_KEYS})",
        },
        CASES,
    ),
    (
        "casework_contact",
        {
            "id": "bench_id(10, n)",
            "case_id": "bench_id(6, 1 + n %% %(cases)s)",
            "recorded_at": "now()",
            '"on"': "date '2020-04-01' + (n::bigint * 2300 / %(contacts)s)::int",
            "method": "CASE n %% 4 WHEN 0 THEN 'phone' WHEN 1 THEN 'interview' WHEN 2 THEN 'visit' ELSE 'chat' END",
            "counterpart": "CASE n %% 3 WHEN 0 THEN 'self' ELSE 'family' END",
            "minutes": "15 + n %% 4 * 15",
            "content": "'夜の川の話をゆっくり聞いた。眠れている。'",
            "by_id": "bench_id(3, 1 + n %% %(staff)s)",
        },
        "generate_series(1, %(contacts)s) AS n",
    ),
    # Cases that have been accompanied for years: one of each organisation has 2,000 contacts more.
    (
        "casework_contact",
        {
            "id": "bench_id(14, n)",
            "case_id": "bench_id(6, 1 + n %% %(organisations)s)",
            "recorded_at": "now()",
            '"on"': "date '2020-04-01' + (n / %(organisations)s)::int",
            "method": "CASE n %% 4 WHEN 0 THEN 'letter' WHEN 1 THEN 'newsletter' ELSE 'visit' END",
            "counterpart": "CASE n %% 3 WHEN 0 THEN 'self' ELSE 'family' END",
            "content": "'母「夜は起きているようです」' || E'\\n' || '庭で十分ほど話した。'",
            "hearsay": "'父は単身赴任と母から。'",
            "codes": "'{listening_there,family}'",
            "by_id": "bench_id(3, 1 + n %% %(staff)s)",
        },
        "generate_series(1, %(organisations)s * 2000) AS n",
    ),
    (
        "talks_seat",
        {"id": "bench_id(11, n)", "public_key": "'\\x00'", "opened_at": "now()"},
        "generate_series(1, %(talks)s) AS n",
    ),
    (
        "talks_talk",
        {
            "id": "bench_id(12, n)",
            "seat_id": "bench_id(11, n)",
            "desk_id": DESK,
            "organisation_id": ORGANISATION,
            "kind": "'web'",
            "handle": "'こもれび' || n",
            "language": "'ja'",
            "answer_needed": "true",
            "opened_at": "now() - n * interval '1 minute'",
            "last_word_at": "now() - n * interval '1 minute'",
            "waiting_since": "CASE WHEN n %% 50 = 0 THEN now() - n * interval '1 second' END",
            "closed_at": "CASE WHEN n %% 50 <> 0 THEN now() END",
        },
        "generate_series(1, %(talks)s) AS n",
    ),
    (
        "talks_message",
        {
            "id": "bench_id(13, n)",
            "talk_id": "bench_id(12, 1 + n / 3)",
            "body": "'夜しか起きていられなくて'",
            "direction": "CASE n %% 3 WHEN 1 THEN 'out' ELSE 'in' END",
            "said_at": "now() - n * interval '20 seconds'",
        },
        "generate_series(0, %(talks)s * 3 - 1) AS n",
    ),
]
# Built after loading.
INDEXES = ["contact_by_case", "contact_by_day", "case_search_pieces", "mark_of_person"]
INDEXES += ["case_by_day", "case_by_organisation"]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="scratch folder; keeps the loaded office")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--contacts", type=int, default=10_000_000)
    parser.add_argument("--staff", type=int, default=500)
    parser.add_argument("--organisations", type=int, default=50)
    parser.add_argument("--talks", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=60, help="requests per page")
    return parser.parse_args()


def words(text: str) -> tuple[list[str], list[str]]:
    """The written forms and the readings of a list of names in which one follows the other."""
    pairs = [(word.rstrip(KATAKANA), word[len(word.rstrip(KATAKANA)) :]) for word in text.split()]
    return [name for name, _ in pairs], [reading for _, reading in pairs]


KATAKANA = "".join(chr(code) for code in range(0x30A1, 0x30FD))


def load(admin: Any, size: argparse.Namespace, engine: "Engine") -> None:
    """Fill the office; triggers and foreign keys rest meanwhile, indexes of the largest table are built afterwards."""
    surnames, surname_readings = words(SURNAMES)
    given, given_readings = words(GIVEN)
    named = {"surname": surnames, "surname_reading": surname_readings, "given": given, "given_reading": given_readings}
    values = vars(size) | {
        "surnames": surnames,
        "surname_readings": surname_readings,
        "given": given,
        "given_readings": given_readings,
        **{f"{name}_keys": engine.keys(texts) for name, texts in named.items()},
    }
    admin.execute("SET session_replication_role = replica; SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'")
    for function in FUNCTIONS:
        admin.execute(function)
    known = "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY (%s)"
    indexes = admin.execute(known, [INDEXES]).fetchall()
    for name, _definition in indexes:
        admin.execute(f"DROP INDEX {name}")
    for table, columns, rows in LOAD:
        timed(table, lambda table=table, columns=columns, rows=rows: insert(admin, table, columns, rows, values))
    for name, definition in indexes:
        timed(name, lambda definition=definition: admin.execute(definition))
    timed("VACUUM ANALYZE", lambda: admin.execute("VACUUM ANALYZE"))


def insert(admin: Any, table: str, known: dict[str, str], rows: str, values: dict[str, Any]) -> None:
    """Insert ``known`` expressions; every other column that must have a value gets an empty one of its type."""
    columns = admin.execute(
        "SELECT quote_ident(column_name), data_type FROM information_schema.columns"
        " WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'",
        [table],
    ).fetchall()
    filled = {name: EMPTY[kind] for name, kind in columns if name not in known} | known
    admin.execute(f"INSERT INTO {table} ({', '.join(filled)}) SELECT {', '.join(filled.values())} FROM {rows}", values)  # noqa: S608 - our own words


EMPTY = {"text": "''", "character varying": "''", "boolean": "false", "jsonb": "'{}'", "smallint": "0", "integer": "0"}
EMPTY |= {"ARRAY": "'{}'", "bigint": "0", "date": "date '2020-04-01'", "timestamp with time zone": "now()"}


def timed(what: str, deed: Callable[[], Any]) -> None:
    started = time.monotonic()
    deed()
    print(f"  loaded {what:<28}{time.monotonic() - started:7.1f} s", flush=True)


Asked = tuple[str, dict[str, str] | None]


def pages(size: argparse.Namespace, place: random.Random) -> dict[str, Callable[[int], Asked]]:
    """What a member of staff asks for: page name → address and perhaps what they typed, given their number."""

    def case_of(staff: int) -> int:
        ours = 1 + staff % size.organisations
        return ours - 1 + size.organisations * place.randrange(1, size.cases // size.organisations - 1)

    def long_story_of(staff: int) -> str:
        return f"/cases/{number_of(staff % size.organisations or size.organisations)}/"

    def typed(staff: int) -> dict[str, str]:
        person = case_of(staff)
        while person // 1000 % 10 >= 7:  # three thousand in ten thousand have no name
            person = case_of(staff)
        return {
            "name": surnames[person % len(surnames)] + given[person // 24 % len(given)],
            "birth_date": f"{FIRST_BORN + dt.timedelta(person % TWIN * PRIME % DAYS)}",
            "agreed_by": "not_asked",
            "requester": "family",
            "received_on": "2026-04-01",
            "sex": "0",
            "desk": f"00000002-0000-7000-8000-{1 + staff % size.organisations:012x}",
        }

    (surnames, readings), (given, _given_readings) = words(SURNAMES), words(GIVEN)
    addresses: dict[str, Callable[[int], str]] = {
        "today": lambda _staff: "/",
        "inbox": lambda _staff: "/desk/",
        "case list": lambda _staff: "/cases/",
        "case list, quiet 60 days": lambda _staff: "/cases/?quiet=60&state=continuing&sort=contact",
        "case list, shared": lambda _staff: "/cases/?scope=shared",
        "case page": lambda staff: f"/cases/{number_of(case_of(staff))}/",
        "story of 2,000 contacts": long_story_of,
        "the same, a long page": lambda staff: f"{long_story_of(staff)}?most=60",
        "the same, narrowed": lambda staff: f"{long_story_of(staff)}?counterpart=self&until=2022-06-30",
        "search by number": lambda staff: f"/search/?q={number_of(case_of(staff))}",
        "search by reading, common": lambda _staff: f"/search/?q={place.choice(readings)}",
        "search by name, two words": lambda _staff: f"/search/?q={place.choice(surnames)}美咲",
        "search by handle, one": lambda staff: f"/search/?q=ことり{case_of(staff)}",
        "search, somebody else's": lambda staff: f"/search/?q=ことり{case_of(staff) + 1}",
        "search by one character": lambda _staff: f"/search/?q={place.choice('サタナハヤ')}",
    }
    asked: dict[str, Callable[[int], Asked]] = {
        name: lambda staff, address=address: (address(staff), None) for name, address in addresses.items()
    }
    return asked | {DUPLICATES: lambda staff: ("/cases/new/", typed(staff))}


def number_of(case: int) -> str:
    return f"E-{2020 + case % 7}-{case:07d}"


class Times:
    """Milliseconds of the requests for one page: on the wall, and of processors at work."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.work: list[float] = []


def measure(size: argparse.Namespace, engine: "Engine") -> dict[str, Times]:
    """Times of each request, page by page, as staff of changing organisations."""
    client_of = engine.client_of()
    place = random.Random(42)  # noqa: S311 - the same pages in every run
    times: dict[str, Times] = {}
    for name, address in pages(size, place).items():
        for turn in range(size.rounds + 5):
            staff = place.randrange(1, size.staff)
            client, (url, form) = client_of(staff), address(staff)
            worked, started = engine.work(), time.perf_counter()
            status = (client.post(url, form) if form else client.get(url)).status_code
            wall, work = (time.perf_counter() - started) * 1000, engine.work() - worked
            if status == 404 and name == "inbox":
                break
            if status != (422 if form else 200):  # somebody may be the same person: asked, and nothing made
                sys.exit(f"{name}: {url} answered {status}")
            if turn >= 5:
                times.setdefault(name, Times()).wall.append(wall)
                times[name].work.append(work)
    return times


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def report(behind: dict[str, Times], without: dict[str, Times]) -> bool:
    """Print the figures; whether every page keeps to the target."""
    print(f"\nload average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; milliseconds")
    print(f"{'page':<28}{'wall p50':>10}{'p95':>8}{'work p50':>10}{'p95':>8}{'without walls p50':>19}{'ratio':>7}")
    for name, times in behind.items():
        bare, work = statistics.median(without[name].work), statistics.median(times.work)
        wall = f"{statistics.median(times.wall):>10.1f}{p95(times.wall):>8.1f}"
        print(f"{name:<28}{wall}{work:>10.1f}{p95(times.work):>8.1f}{bare:>19.1f}{work / bare:>7.2f}")
    pages = {name: times for name, times in behind.items() if name != DUPLICATES}
    wall, work = (max(p95(getattr(times, kind)) for times in pages.values()) for kind in ("wall", "work"))
    print(f"\nworst p95: {wall:.1f} ms on the wall, {work:.1f} ms of work (target {TARGET_MILLISECONDS} ms)")
    who = p95(behind[DUPLICATES].wall)
    print(f"{DUPLICATES}: p95 {who:.1f} ms on the wall (target {DUPLICATES_MILLISECONDS} ms)")
    return wall <= TARGET_MILLISECONDS and who <= DUPLICATES_MILLISECONDS


def main() -> None:
    """Open the scratch office, load it where it is empty, measure behind and without the walls."""
    size = arguments()
    os.environ.update(ENGAWA_HOME=str(size.home), ENGAWA_ZONES="office")
    size.home.mkdir(parents=True, exist_ok=True)
    engine = Engine()
    logging.disable(logging.WARNING)  # a form that asks who somebody is answers 422
    with engine.open_house() as cluster, cluster.connect("office") as admin:
        if not admin.execute("SELECT EXISTS (SELECT 1 FROM access_staff)").fetchone()[0]:
            started = time.monotonic()
            load(admin, size, engine)
            print(f"  loaded in all {time.monotonic() - started:28.1f} s")
        engine.collect_static()
        behind = measure(size, engine)
        engine.serve_as("engawa_admin")
        without = measure(size, engine)
    sys.exit(0 if report(behind, without) else 1)


class Engine:
    """Our own code: imported once the environment says where the house is."""

    def open_house(self) -> Any:
        """Cluster, roles, migrations, settings: as ``engawa serve`` does it."""
        from engawa.engine.home import Home  # noqa: PLC0415 - settings read the environment at import
        from engawa.engine.house import open_house  # noqa: PLC0415
        from engawa.engine.opening import set_up_django  # noqa: PLC0415

        set_up_django()
        return open_house(Home.chosen())

    def keys(self, texts: list[str]) -> list[str]:
        """The folded forms of texts, as marks hold them."""
        from engawa.kernel.kana import search_key  # noqa: PLC0415

        return [search_key(text) for text in texts]

    def collect_static(self) -> None:
        """Style sheets by their names in service."""
        from django.core.management import call_command  # noqa: PLC0415

        call_command("collectstatic", interactive=False, verbosity=0)

    def work(self) -> float:
        """Milliseconds of processor time that this process and its backend have used so far (Linux)."""
        from django.db import connection  # noqa: PLC0415

        connection.ensure_connection()
        backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
        return time.process_time() * 1000 + int(backend.split()[0]) / 1_000_000

    def serve_as(self, role: str) -> None:
        """Connect as another role from now on."""
        from django.db import connection  # noqa: PLC0415

        connection.close()
        connection.settings_dict["USER"] = role

    def client_of(self) -> Callable[[int], Any]:
        """Signed-in browsers by number of the member of staff, kept for the run; one application answers them all."""
        import functools  # noqa: PLC0415

        from django.test.client import ClientHandler  # noqa: PLC0415

        return functools.cache(functools.partial(self._client, ClientHandler(enforce_csrf_checks=False)))

    def _client(self, application: Any, number: int) -> Any:
        from django.conf import settings  # noqa: PLC0415
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
        from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
        from django.test import Client  # noqa: PLC0415

        from engawa.office.access.models import Staff  # noqa: PLC0415

        staff = Staff.objects.get(email=f"staff{number}@example.org")
        session = SessionStore()
        session[SESSION_KEY] = str(staff.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
        methods = [{"method": "password", "at": time.time()}, {"method": "mfa", "type": "totp", "at": time.time()}]
        session["account_authentication_methods"] = methods
        session["account_authentication_methods_user"] = str(staff.pk)
        session.save()
        client = Client(SERVER_NAME="localhost")
        client.handler = application  # its own would look through all static files before the first answer
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client


if __name__ == "__main__":
    main()
