"""``engawa serve``: run the house."""

import socket
from argparse import Namespace
from dataclasses import replace

from engawa.engine.command.terminal import say
from engawa.engine.databases import OFFICE, PORCH, Zone
from engawa.engine.home import Home
from engawa.engine.house import open_house
from engawa.engine.proxies import refuse_an_unnamed_proxy
from engawa.engine.serving.plan import Address, couriers_settings, default_address, processes
from engawa.engine.serving.supervisor import Supervisor
from engawa.engine.trouble import Trouble
from engawa.engine.zones import chosen_zones


def run(args: Namespace, home: Home) -> int:
    serve(home, addresses_of(args))
    return 0


def addresses_of(args: Namespace) -> dict[Zone, Address]:
    """Where each zone is to be served, from the words of the command line."""
    given = {
        PORCH: (args.porch_port, args.porch_live_port, args.porch_live_url),
        OFFICE: (args.office_port, args.office_live_port, args.office_live_url),
    }
    return {
        zone: replace(
            default_address(zone),
            host=args.host,
            port=port,
            live_port=live_port or port + 1,
            live_url=live_url or "",
        )
        for zone, (port, live_port, live_url) in given.items()
    }


def serve(home: Home, addresses: dict[Zone, Address], *, greeting: str = "") -> None:
    """Open the house and keep it open until it is asked to stop.

    Args:
        home: the data folder.
        addresses: where each zone is served.
        greeting: what to say besides the addresses once everything has started.
    """
    zones = chosen_zones()
    refuse_an_unnamed_proxy()
    for zone in zones:
        refuse_taken_ports(addresses[zone])
    with open_house(home) as cluster:
        supervisor = Supervisor(processes(zones, addresses), cluster)
        supervisor.serve(
            lambda: all(accepts(addresses[zone]) for zone in zones), lambda: _greet(zones, addresses, greeting)
        )


def refuse_taken_ports(address: Address) -> None:
    """Better one sentence now than a process that dies every half second.

    Raises:
        Trouble: another program listens on a port that we need.
    """
    for port in (address.port, address.live_port):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((address.host, port))
            except OSError as error:
                raise Trouble(
                    f"Port {port} of {address.host} cannot be used: {error.strerror}. Nothing was started.",
                    "stop the other program, or choose ports: ./engawa serve --porch-port 8100 --office-port 8110",
                ) from error


def accepts(address: Address) -> bool:
    """Whether pages and live process let callers in."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address.host, address.host)  # noqa: S104 (a name, not a bind)
    for port in (address.port, address.live_port):
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            return False
    return True


def _greet(zones: tuple[Zone, ...], addresses: dict[Zone, Address], greeting: str) -> None:
    for zone in zones:
        say(f"{zone.name:<7} http://{_name(addresses[zone].host)}:{addresses[zone].port}/")
    if OFFICE in zones and not couriers_settings(zones):
        say("No courier: this office knows no porch (ENGAWA_PORCH_URL, see docs/operations.md).")
    if greeting:
        say(greeting)
    say("Stop with Ctrl-C.")


def _name(host: str) -> str:
    return "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1", "::") else host  # noqa: S104 (a name, not a bind)
