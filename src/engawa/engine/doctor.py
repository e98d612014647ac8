"""What is wrong with a house, and the one line that mends it."""

import os
import shlex
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from django.db import connections

from engawa.engine.backup.keeping import days_kept, folders_of, overdue
from engawa.engine.databases import OFFICE, Zone, doubts_about_role
from engawa.engine.home import Home
from engawa.engine.migrating import pending, refuse_an_old_server
from engawa.engine.opening import aliases, embedded_zones
from engawa.engine.postgres.binaries import Binaries
from engawa.engine.proxies import refuse_an_unnamed_proxy
from engawa.engine.trouble import Trouble
from engawa.engine.zones import chosen_zones
from engawa.kernel.clock import now

_LITTLE_SPACE = 2_000_000_000

_CLOSED_TABLES = """
SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  AND NOT has_table_privilege(current_user, c.oid, 'SELECT') ORDER BY 1
"""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``mend`` is the one line to type where it is not well."""

    about: str
    well: bool
    words: str
    mend: str = ""


Check = Callable[[], Iterator[Finding]]


def looked_at(check: Check, about: str) -> list[Finding]:
    """The findings of a check; a check that cannot even be made is a finding."""
    try:
        return list(check())
    except Trouble as trouble:
        return [Finding(about, well=False, words=trouble.what, mend=trouble.mend)]
    except Exception as error:  # noqa: BLE001 (whatever is wrong, the other checks go on)
        return [
            Finding(about, well=False, words=f"{type(error).__name__}: {error}", mend="./engawa serve (and see above)")
        ]


def check_folder(home: Home) -> Iterator[Finding]:
    """Rights, keys and space of the data folder."""
    programs = Binaries.chosen()
    yield Finding("PostgreSQL's programs", programs.present, str(programs.folder), "rm -rf .venv")
    if not home.path.exists():
        yield Finding("data folder", well=True, words=f"{home.path} is not made yet; the first command makes it")
        return
    loose = [path for path in (home.path, home.keys, *home.keys.glob("*")) if path.exists() and _is_open(path.stat())]
    names = " ".join(str(path) for path in loose)
    yield Finding(
        "data folder", not loose, f"private: {home.path}" if not loose else f"open: {names}", f"chmod -R go-rwx {names}"
    )
    free = shutil.disk_usage(home.path).free
    yield Finding(
        "disk", free > _LITTLE_SPACE, f"{free / 1e9:.1f} GB free", "free some space: PostgreSQL stops on a full disk"
    )


def check_backups(home: Home) -> Iterator[Finding]:
    """Backups in the folders where this house made some: what was destroyed lives on in those that are too old."""
    old = [str(made.file) for made in overdue(folders_of(home), now())]
    words = f"{len(old)} older than {days_kept()} days" if old else f"none older than {days_kept()} days"
    yield Finding("backups", not old, words, f"rm {shlex.join(old)}")


def _is_open(status: Any) -> bool:
    """Whether others may read or list it; passing through (0710) is what PostgreSQL's own user needs."""
    return bool(stat.S_IMODE(status.st_mode) & 0o067)


def check_proxies() -> Iterator[Finding]:
    """What stands in front of the pages."""
    refuse_an_unnamed_proxy()
    yield Finding("proxies", well=True, words="known" if os.environ.get("ENGAWA_PROXIES") else "none in front")


def check_database(alias: str, zone: Zone) -> Iterator[Finding]:
    """Version, migrations, rights and role of one zone's database."""
    about = f"{zone.name} database"
    refuse_an_old_server(alias)
    with connections[alias].cursor() as cursor:
        version = connections[alias].connection.info.server_version // 10_000
        yield Finding(about, well=True, words=f"PostgreSQL {version}")
        lacking = pending(alias)
        yield Finding(
            about, not lacking, f"{lacking} migrations are missing" if lacking else "in shape", "./engawa migrate"
        )
        doubts = doubts_about_role(connections[alias].connection)
        yield Finding(
            about,
            not doubts,
            "; ".join(doubts) or "the serving role is in its bounds",
            "docs/operations.md, “Another PostgreSQL”",
        )
        closed = names(cursor, _CLOSED_TABLES)
        yield Finding(
            about,
            not closed,
            f"no right to read {', '.join(closed)}" if closed else "rights are given",
            "./engawa migrate",
        )


def checks_of_databases(zones: Sequence[Zone]) -> Iterator[tuple[str, Check]]:
    """What can be looked at once the databases of these zones answer."""
    for alias, zone in aliases():
        if zone not in zones:
            continue
        yield f"{zone.name} database", partial(check_database, alias, zone)
        if zone is OFFICE:  # whose models are not there on a machine of the porch alone
            yield from import_module("engawa.engine.doctor_of_office").checks()


def made_zones(home: Home) -> list[Zone]:
    """The zones of this machine that have a database to look at: elsewhere, or here once somebody has worked here."""
    zones = chosen_zones()
    unmade = [] if home.cluster.exists() else embedded_zones(zones)
    return [zone for zone in zones if zone not in unmade]


def names(cursor: Any, query: str) -> list[str]:
    """The first column of what a query finds."""
    cursor.execute(query)
    return [str(row[0]) for row in cursor.fetchall()]
