"""What ``./engawa`` runs: read the words, choose the home, hand over to the sub-command's module."""

import os
from importlib import import_module

from engawa.engine.command.parser import make_parser
from engawa.engine.command.terminal import err, tell_trouble
from engawa.engine.home import Home
from engawa.engine.opening import set_up_django
from engawa.engine.trouble import Trouble


def main(words: list[str] | None = None) -> int:
    """Run the sub-command named in ``words`` (the command line unless given); the exit status is for the shell."""
    args = make_parser().parse_args(words)
    home = Home.chosen(args.home)
    os.environ["ENGAWA_HOME"] = str(home.path)
    try:
        if args.django:
            set_up_django()
        # Only the module that is asked for: others need parts that are not set up, such as Django's models.
        return int(import_module(f"engawa.engine.command.{args.module}").run(args, home))
    except Trouble as trouble:
        tell_trouble(trouble)
        return 1
    except KeyboardInterrupt:
        err.print()
        return 130
