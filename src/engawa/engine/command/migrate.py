"""``engawa migrate``: bring the tables to the shape this version needs."""

from argparse import Namespace

from engawa.engine.command.terminal import busy, say
from engawa.engine.home import Home
from engawa.engine.migrating import migrate, pending, refuse_a_mighty_role, refuse_an_old_server
from engawa.engine.opening import aliases, open_cluster


def run(_args: Namespace, home: Home) -> int:
    with open_cluster(home):
        for alias, zone in aliases():
            refuse_an_old_server(alias)
            lacking = pending(alias)
            with busy(f"migrating the {zone.name} database"):
                migrate(alias, zone)
            refuse_a_mighty_role(alias)
            say(f"{zone.name}: {lacking} migrations done" if lacking else f"{zone.name}: nothing to do")
    return 0
