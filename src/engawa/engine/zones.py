"""Which of the two zones this machine carries (``ENGAWA_ZONES``): porch, office, or both."""

import os

from engawa.engine.databases import OFFICE, PORCH, Zone
from engawa.engine.trouble import Trouble

_CHOICES = {"both": (OFFICE, PORCH), "office": (OFFICE,), "porch": (PORCH,)}


def chosen_zones() -> tuple[Zone, ...]:
    """The zones named by ``ENGAWA_ZONES``; both where it is not set."""
    choice = os.environ.get("ENGAWA_ZONES") or "both"
    if choice not in _CHOICES:
        raise Trouble(f"ENGAWA_ZONES is “{choice}”; it can be porch, office or both.", "unset ENGAWA_ZONES")
    return _CHOICES[choice]


def settings_module(zones: tuple[Zone, ...]) -> str:
    """The Django settings that know the databases of these zones."""
    name = "courier" if len(zones) > 1 else zones[0].name
    return f"engawa.engine.settings.{name}"


def alias_of(zone: Zone, zones: tuple[Zone, ...]) -> str:
    """Django's name for the zone's database under those settings."""
    return "porch" if zone is PORCH and len(zones) > 1 else "default"
