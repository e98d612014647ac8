"""``engawa staff``: let the first administrator in."""

from argparse import Namespace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from engawa.engine.command.terminal import say
from engawa.engine.home import Home
from engawa.engine.house import open_house
from engawa.engine.trouble import Trouble
from engawa.engine.zones import chosen_zones
from engawa.office.access.actions.staff import first_administrator
from engawa.office.access.actors import COMMAND
from engawa.office.access.walls import acting_as


def run(args: Namespace, home: Home) -> int:
    if "office" not in [zone.name for zone in chosen_zones()]:
        raise Trouble("Staff live in the office; this machine carries the porch.", "run it on the office's machine")
    try:
        validate_email(args.email)
    except ValidationError as error:
        raise Trouble(f"“{args.email}” is no mail address to sign in with. Nothing was changed.") from error
    with open_house(home), acting_as(COMMAND):
        invitation = first_administrator(by=COMMAND, email=args.email, name=args.name, organisation=args.organisation)
    say(f"{args.name} <{invitation.staff.email}> is an administrator of {args.organisation}.")
    say("This address leads in, once; there a password is chosen and a second factor set up:")
    say(f"  {args.office_url.rstrip('/')}{invitation.path}")
    return 0
