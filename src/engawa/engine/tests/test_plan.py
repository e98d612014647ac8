"""Each process is given what its own zone needs; the greeting waits until callers are let in."""

import socket

import pytest

from engawa.engine.command.serve import accepts
from engawa.engine.databases import OFFICE, PORCH
from engawa.engine.serving.plan import Address, default_address, processes

SECRETS = {
    "ENGAWA_OFFICE_DB": "postgresql://office",
    "ENGAWA_OFFICE_OWNER_DB": "postgresql://owner",
    "ENGAWA_OFFICE_BACKUP_DB": "postgresql://backup",
    "ENGAWA_PORCH_DB": "postgresql://porch",
    "ENGAWA_PORCH_OWNER_DB": "postgresql://porch-owner",
    "ENGAWA_MAIL": "smtp://user:password@mail.example",
    "ENGAWA_PORCH_URL": "https://porch.example",
    "ENGAWA_PORCH_CA": "/etc/city-ca.pem",
    "ENGAWA_HOSTS": "engawa.example",
}
COMMON = {"ENGAWA_HOSTS"}


def given(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    zones = (OFFICE, PORCH)
    plan = processes(zones, {zone: default_address(zone) for zone in zones})
    return {process.name: set(SECRETS) & set(process.surroundings) for process in plan}


def test_processes_of_the_porch_get_nothing_of_the_office(monkeypatch: pytest.MonkeyPatch) -> None:
    found = given(monkeypatch)
    assert found["pages of the porch"] == found["live of the porch"] == {"ENGAWA_PORCH_DB"} | COMMON


def test_pages_of_the_office_get_nothing_of_the_porchs_database_and_nobody_an_owner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = given(monkeypatch)
    ways = {"ENGAWA_PORCH_URL", "ENGAWA_PORCH_CA"}
    assert found["pages of the office"] == {"ENGAWA_OFFICE_DB", "ENGAWA_MAIL"} | ways | COMMON
    assert not [name for name, variables in found.items() if any("OWNER" in one for one in variables)]
    assert not [name for name, variables in found.items() if any("BACKUP" in one for one in variables)]
    assert {"ENGAWA_OFFICE_DB", "ENGAWA_PORCH_DB"} <= found["courier"]


def test_an_address_accepts_once_both_its_ports_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as pages, socket.create_server(("127.0.0.1", 0)) as live:
        address = Address("127.0.0.1", pages.getsockname()[1], live.getsockname()[1])
        assert accepts(address)
    assert not accepts(address)
