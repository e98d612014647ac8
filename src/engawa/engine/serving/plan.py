"""Which processes a house runs, with their command lines and environments."""

import os
import sys
from dataclasses import dataclass, field

from engawa.engine.databases import OFFICE, PORCH, Zone
from engawa.engine.zones import settings_module


@dataclass(frozen=True)
class Address:
    """Where a zone is served.

    Args:
        host: the interface to listen on.
        port: of the pages.
        live_port: of the live process.
        live_url: where a proxy leads to the live process; empty where pages ask its own port.
    """

    host: str
    port: int
    live_port: int
    live_url: str = ""


# Owners migrate before anything is served; no process that serves needs them.
_OWNERS = frozenset({OFFICE.owner_variable, PORCH.owner_variable, "ENGAWA_OFFICE_BACKUP_DB", "ENGAWA_PORCH_BACKUP_DB"})
_MAIL = frozenset({"ENGAWA_MAIL", "ENGAWA_MAIL_FROM"})
_OF_THE_OFFICE = frozenset({OFFICE.variable, "ENGAWA_PORCH_URL", "ENGAWA_PORCH_CA"}) | _MAIL


def withheld(settings: str) -> frozenset[str]:
    """The environment variables that a process with these settings is not given: passwords and addresses of others."""
    if settings == settings_module((PORCH,)):
        return _OWNERS | _OF_THE_OFFICE
    return _OWNERS | {PORCH.variable} if settings == settings_module((OFFICE,)) else _OWNERS


@dataclass(frozen=True)
class Process:
    """One process: ``python -m engawa.engine.serving.<module> <words>``."""

    name: str
    module: str
    words: tuple[str, ...] = ()
    settings: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", f"engawa.engine.serving.{self.module}", *self.words]

    @property
    def surroundings(self) -> dict[str, str]:
        """Our own environment without what is another zone's, or an owner's."""
        ours = {name: value for name, value in os.environ.items() if name not in withheld(self.settings)}
        return ours | {"DJANGO_SETTINGS_MODULE": self.settings} | self.environment


def processes(zones: tuple[Zone, ...], addresses: dict[Zone, Address]) -> list[Process]:
    """Pages and live updates of each zone; the courier and the worker belong to the office.

    Args:
        zones: those of this machine.
        addresses: where each of them is served.
    """
    plan = [process for zone in zones for process in _of_zone(zone, addresses[zone])]
    if OFFICE in zones:
        plan.append(Process("worker", "worker", settings=settings_module((OFFICE,))))
    if settings := couriers_settings(zones):
        plan.append(Process("courier", "carrying", settings=settings))
    plan.append(Process("housekeeping", "keeping", settings=settings_module(zones)))
    return plan


def couriers_settings(zones: tuple[Zone, ...]) -> str:
    """The settings of the courier, who starts from the office; empty where there is none, or no way to a porch."""
    way_to_a_porch = PORCH in zones or os.environ.get(PORCH.variable) or os.environ.get("ENGAWA_PORCH_URL")
    return settings_module((OFFICE, PORCH)) if OFFICE in zones and way_to_a_porch else ""


def _of_zone(zone: Zone, address: Address) -> list[Process]:
    settings = settings_module((zone,))
    environment = {"ENGAWA_LIVE_PORT": str(address.live_port), "ENGAWA_LIVE_URL": address.live_url}
    return [
        Process(
            f"pages of the {zone.name}", "pages", (zone.name, address.host, str(address.port)), settings, environment
        ),
        Process(f"live of the {zone.name}", "listening", (address.host, str(address.live_port)), settings, environment),
    ]


def default_address(zone: Zone) -> Address:
    """The ports where nothing else is said."""
    return Address("127.0.0.1", 8000, 8001) if zone is PORCH else Address("127.0.0.1", 8010, 8011)
