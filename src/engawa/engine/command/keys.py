"""``engawa keys``: the office's keys, and what the two ends of the courier's way must know of each other."""

from argparse import Namespace

from engawa.courier.introductions import own_public_key
from engawa.engine.command.terminal import say
from engawa.engine.databases import OFFICE
from engawa.engine.home import Home
from engawa.engine.trouble import Trouble
from engawa.engine.zones import chosen_zones
from engawa.post.keys import office_ring
from engawa.post.sealing import key_id_of, public_key_of


def run(args: Namespace, home: Home) -> int:
    zones = chosen_zones()
    if OFFICE in zones:
        _office(home, rotate=args.rotate)
    elif args.rotate:
        raise Trouble("Only the office has keys that visitors' words are sealed to.", "run it on the office's machine")
    for zone in zones:
        say(f"the {zone.name}'s end of the courier's link: {own_public_key(zone.name)}")
    return 0


def _office(home: Home, *, rotate: bool) -> None:
    home.make()
    ring = office_ring(home.keys)
    if rotate:
        ring.rotate()
        say("A new key is in use; the courier tells the porch at once. The older keys still open what they sealed.")
    ring.present()
    *older, present = [key_id_of(public_key_of(key)) for key in ring.private_keys()]
    say(f"words are sealed to: {present}")
    for key in older:
        say(f"still opened by:     {key}")
    say(f"Without the private keys in {home.keys} no word can be read: ./engawa backup takes them along.")
