"""``engawa doctor``: what is wrong, and the one line that mends it."""

import shutil
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import nullcontext

from engawa.engine.command.check import ROOT
from engawa.engine.command.terminal import busy, say
from engawa.engine.doctor import (
    Finding,
    check_backups,
    check_folder,
    check_proxies,
    checks_of_databases,
    looked_at,
    made_zones,
)
from engawa.engine.home import Home
from engawa.engine.opening import embedded_zones, open_cluster
from engawa.engine.trouble import Trouble


def run(_args: Namespace, home: Home) -> int:
    wrong = 0
    for finding in examine(home):
        say(f"{'ok   ' if finding.well else 'WRONG'} {finding.about}: {finding.words}")
        if not finding.well:
            wrong += 1
            say(f"      mend: {finding.mend}")
    say("Everything is well." if not wrong else f"{wrong} things to mend.")
    return 1 if wrong else 0


def examine(home: Home) -> Iterator[Finding]:
    """Everything, from the ground up."""
    yield Finding("Python", well=True, words=sys.version.split()[0])
    yield from looked_at(lambda: check_folder(home), "data folder")
    yield from looked_at(lambda: check_backups(home), "backups")
    yield from looked_at(check_proxies, "proxies")
    yield from _databases(home)
    if (ROOT / "pyproject.toml").exists() and not shutil.which("chromium"):
        yield Finding(
            "tests", well=True, words="the browser tests need Chromium; ./engawa test installs it or says how"
        )


def _databases(home: Home) -> Iterable[Finding]:
    zones = made_zones(home)
    here = open_cluster(home) if embedded_zones(tuple(zones)) else nullcontext()
    try:
        with busy("looking at the databases"), here:
            return [finding for about, check in checks_of_databases(zones) for finding in looked_at(check, about)]
    except Trouble as trouble:
        return [Finding("PostgreSQL", well=False, words=trouble.what, mend=trouble.mend)]
