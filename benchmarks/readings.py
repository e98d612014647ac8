"""What it costs to note that a list named fifty cases, in a log with a million entries.

    PYTHONPATH=src python benchmarks/readings.py --home /var/tmp/engawa-benchmark

Loads a scratch office's audit log once (a second run with the same home measures again), a quarter of it readings of
lists, and then notes readings of lists one after another, each in a transaction of its own, as pages do: with the
index by which a case finds who met it in lists, as it is made; with entries gathered outside of it for a while
(``fastupdate``, PostgreSQL's own choice); and without it, which a second run makes anew. Prints for each the processor
time of PostgreSQL's backend, which is what an idle machine would take. Ends with status 1 where the index as it is
made costs more than the target.
"""

import argparse
import os
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

TARGET_MILLISECONDS = 5
NAMED = 50
INDEX = "audit_entry_by_named_case"
CREATE = f"CREATE INDEX {INDEX} ON audit_entry USING gin ((detail -> 'cases') jsonb_path_ops)"
CREATE += " WITH (fastupdate = off) WHERE reading AND detail ? 'cases'"
# The index as it is made, as PostgreSQL would make it if nobody said anything, and none.
KINDS = {
    "as it is": f"ALTER INDEX {INDEX} SET (fastupdate = off)",
    "gathered": f"ALTER INDEX {INDEX} SET (fastupdate = on)",
    "no index": f"DROP INDEX {INDEX}",
}
NUMBERS = "'E-2026-' || lpad((random() * %(cases)s)::int::text, 7, '0')"
LOAD = f"""
    INSERT INTO audit_entry (id, at, actor, actor_name, reading, deed, subject, detail)
    SELECT (lpad(to_hex(n), 12, '0') || '70008000000000000000')::uuid, now() - n * interval '30 s', 'a' || n %% 400,
           '職員', true, CASE WHEN n %% 4 = 0 THEN 'casework.list' ELSE 'casework.read' END, '',
           CASE WHEN n %% 4 = 0 THEN jsonb_build_object('cases', (
               SELECT jsonb_agg({NUMBERS}) FROM generate_series(1, {NAMED}) WHERE n > 0)) ELSE '{{}}' END
    FROM generate_series(1, %(entries)s) AS n
"""  # noqa: S608 - our own words


def load(admin: Any, size: argparse.Namespace) -> None:
    """Fill the log past its triggers: what was written before needs no seal here."""
    begun = time.monotonic()
    admin.execute(f"DROP INDEX IF EXISTS {INDEX}")
    admin.execute("SET session_replication_role = replica")
    admin.execute(LOAD, {"entries": size.entries, "cases": size.cases})
    admin.execute("RESET session_replication_role")
    admin.execute(CREATE)
    admin.execute("VACUUM ANALYZE audit_entry")
    print(f"loaded {size.entries:,} entries in {time.monotonic() - begun:.0f} s")


def measure(readings: int, cases: int) -> list[float]:
    """Milliseconds of the backend's processor for each reading of a list."""
    from django.db import connection, transaction  # noqa: PLC0415 - settings read the environment at import

    from engawa.office.access.actors import COMMAND  # noqa: PLC0415
    from engawa.office.access.walls import acting_as  # noqa: PLC0415
    from engawa.office.audit.actions import note_listing  # noqa: PLC0415

    connection.ensure_connection()
    used = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    taken, chance = [], random.Random(1)  # noqa: S311 - invented numbers
    for _ in range(readings):
        numbers = [f"E-2026-{number:07d}" for number in chance.sample(range(cases), NAMED)]
        before = int(used.read_text().split()[0])
        with transaction.atomic(), acting_as(COMMAND):
            note_listing(by=COMMAND, deed="casework.list", numbers=numbers)
        taken.append((int(used.read_text().split()[0]) - before) / 1_000_000)
    return taken


def main() -> int:
    """Print the figures; status 1 where the index as it is made costs more than the target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--readings", type=int, default=10_000)
    size = parser.parse_args()
    home = size.home / "readings"
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(ENGAWA_HOME=str(home), ENGAWA_ZONES="office")
    from engawa.engine.opening import set_up_django  # noqa: PLC0415 - settings read the environment at import

    set_up_django()
    from engawa.engine.home import Home  # noqa: PLC0415
    from engawa.engine.house import open_house  # noqa: PLC0415

    means = {}
    with open_house(Home.chosen()) as cluster, cluster.connect("office") as admin:
        if not admin.execute("SELECT EXISTS (SELECT 1 FROM audit_entry)").fetchone()[0]:
            load(admin, size)
        admin.execute(CREATE.replace("INDEX", "INDEX IF NOT EXISTS", 1))
        for name, how in KINDS.items():
            admin.execute(how)
            taken = sorted(measure(size.readings, size.cases))
            means[name] = statistics.mean(taken)
            p50, p99 = (taken[int(len(taken) * share)] for share in (0.5, 0.99))
            print(f"{name:<9} mean {means[name]:5.2f} ms  p50 {p50:5.2f}  p99 {p99:6.2f}  longest {taken[-1]:7.1f}")
    return int(means["as it is"] - means["no index"] > TARGET_MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main())
