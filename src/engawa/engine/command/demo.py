"""``engawa demo``: the invented city みやこ市, to look around in."""

import base64
import hashlib
import hmac
import json
import os
import struct
import time
from argparse import Namespace

from engawa.engine.command.serve import addresses_of, refuse_taken_ports, serve
from engawa.engine.command.terminal import progress, say
from engawa.engine.databases import OFFICE, PORCH
from engawa.engine.demo import city
from engawa.engine.demo.build import PASSWORD, TOTP_SECRET, Builder, address_of
from engawa.engine.home import Home
from engawa.engine.house import open_house
from engawa.engine.postgres.cluster import Cluster
from engawa.engine.trouble import Trouble


def run(args: Namespace, home: Home) -> int:
    if args.code:
        say(six_digits(TOTP_SECRET, time.time()))
        return 0
    refuse_real_data(home)
    addresses = addresses_of(args)
    if not args.build_only:
        for address in addresses.values():
            refuse_taken_ports(address)
    if args.fresh:
        Cluster(home).destroy()
    if not is_built(home):
        build(home)
    if not args.build_only:
        serve(home, addresses, greeting=greeting(home))
    return 0


def refuse_real_data(home: Home) -> None:
    """The demo never touches a folder that somebody works in.

    Raises:
        Trouble: the folder holds a house that is no demo, or databases elsewhere are named.
    """
    for zone in (OFFICE, PORCH):
        if os.environ.get(zone.variable):
            raise Trouble(
                f"{zone.variable} is set; the demo only lives in the embedded PostgreSQL. Nothing was touched.",
                f"env -u {zone.variable} ./engawa demo",
            )
    if home.inhabited and not home.demo:
        raise Trouble(
            f"{home.path} holds real data; the demo is not put there. Nothing was touched.",
            "./engawa demo --home SOME_OTHER_FOLDER",
        )


def is_built(home: Home) -> bool:
    """Whether the city stands. A build that was interrupted does not count, and is cleared away."""
    if not home.cluster.exists():
        return False
    if json.loads((home.path / "demo").read_text() or "{}").get("built"):
        return True
    Cluster(home).destroy()
    return False


def build(home: Home) -> None:
    """Make the city in an empty folder."""
    home.make()
    marker = home.path / "demo"
    marker.write_text("{}")
    builder = Builder()
    with open_house(home), progress() as bar:
        steps = builder.steps
        task = bar.add_task("building みやこ市", total=len(steps))
        for name, step in steps:
            bar.update(task, description=f"building みやこ市: {name}")
            step()
            bar.advance(task)
    passphrases = {visitor: " ".join(words) for visitor, words in builder.passphrases.items()}
    marker.write_text(json.dumps({"built": True, "passphrases": passphrases}, ensure_ascii=False))


def greeting(home: Home) -> str:
    """How to come in, as whom."""
    passphrases = json.loads((home.path / "demo").read_text()).get("passphrases", {})
    return "\n".join(
        [
            f"\nStaff sign in with the password {PASSWORD} and six digits (./engawa demo --code), for example as:",
            *(f"  {address_of(person):<28} {person.role.label}  {person.name}" for person in city.STAFF),
            *(["Visitors come back to the porch with six words, for example:"] if passphrases else []),
            *(f"  {words}" for words in passphrases.values()),
            f"Everything here is invented. It is kept in {home.path}; --fresh builds it anew.\n",
        ]
    )


def six_digits(secret: str, moment: float) -> str:
    """The digits that an authenticator app shows at this moment (RFC 6238, 30 seconds, SHA-1, six digits)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(moment) // 30), hashlib.sha1)
    offset = digest[-1] & 0xF
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
