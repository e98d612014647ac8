"""The open house: clusters running, tables in shape, roles in their bounds."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import connections

from engawa.engine.command.terminal import busy, say
from engawa.engine.databases import OFFICE
from engawa.engine.home import Home
from engawa.engine.migrating import migrate, pending, refuse_a_mighty_role, refuse_an_old_server
from engawa.engine.opening import aliases, embedded_zones, open_cluster
from engawa.engine.postgres.cluster import Cluster
from engawa.engine.trouble import Trouble
from engawa.engine.zones import chosen_zones


@contextmanager
def open_house(home: Home) -> Iterator[Cluster | None]:
    """Have all databases of this machine's zones ready; our own are migrated, others are only checked.

    Raises:
        Trouble: what is missing, and the one line that mends it.
    """
    with busy("opening the house"), open_cluster(home) as cluster:
        for alias, zone in aliases():
            refuse_an_old_server(alias)
            lacking = pending(alias)
            if lacking and zone not in embedded_zones((zone,)):
                raise Trouble(f"The {zone.name} database lacks {lacking} migrations.", "./engawa migrate")
            if lacking:
                migrate(alias, zone)
            refuse_a_mighty_role(alias)
        _destroy_again()
        try:
            yield cluster
        finally:
            # Our PostgreSQL may stop now; a connection kept beyond that would fail whoever opens the house next.
            connections.close_all()


def _destroy_again() -> None:
    """Nobody meets here what was destroyed after the backup that this house was restored from."""
    if OFFICE not in chosen_zones():
        return
    # By name: a porch alone has none of the office's models.
    try:
        count = import_module("engawa.office.casework.retention.actions").destroy_again()
    except ValueError as error:
        raise Trouble(f"{error}. Nothing was opened.", "put a good copy of keys/destroyed.list in its place") from error
    if count:
        say(f"Destroyed again what a backup brought back: {count} lists, each noted on its certificate.")
