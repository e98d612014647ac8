"""Opening the house: everything that must stand before a command can work with the databases."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import django

from engawa.engine.databases import Zone, make_database, make_roles
from engawa.engine.home import Home
from engawa.engine.postgres.cluster import Cluster
from engawa.engine.trouble import Trouble
from engawa.engine.zones import alias_of, chosen_zones, settings_module


def embedded_zones(zones: tuple[Zone, ...]) -> list[Zone]:
    """The zones whose database is in our own cluster."""
    return [zone for zone in zones if not os.environ.get(zone.variable)]


@contextmanager
def open_cluster(home: Home) -> Iterator[Cluster | None]:
    """Our own PostgreSQL, with the roles and databases of its zones; None where all databases are elsewhere."""
    home.make()
    zones = embedded_zones(chosen_zones())
    with ExitStack() as stack:
        cluster = Cluster(home) if zones else None
        if cluster is not None:
            stack.enter_context(cluster.in_use())
            with cluster.connect() as admin:
                for zone in zones:
                    make_roles(admin, zone)
                    make_database(admin, zone)
        yield cluster


def set_up_django() -> None:
    """Load the settings of this machine's zones."""
    os.environ["DJANGO_SETTINGS_MODULE"] = settings_module(chosen_zones())
    django.setup()


def aliases() -> list[tuple[str, Zone]]:
    """Each zone of this machine with Django's name for its database."""
    zones = chosen_zones()
    return [(alias_of(zone, zones), zone) for zone in zones]


def refuse_an_unmade_home(home: Home) -> None:
    """For commands that only make sense where somebody has already worked.

    Raises:
        Trouble: there is no cluster in the home, and no other database is named.
    """
    if embedded_zones(chosen_zones()) and not home.cluster.exists():
        raise Trouble(f"There is nothing in {home.path} yet.", "./engawa demo, or ./engawa serve for real work")
