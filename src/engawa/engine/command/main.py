"""What ``./engawa`` runs: read the words, choose the home, hand over to the sub-command's module."""

import os
from importlib import import_module

import psycopg

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
    except Exception as error:
        if (refused := _refusal_of_the_database(error)) is None:
            raise
        tell_trouble(refused)
        return 1
    except KeyboardInterrupt:
        err.print()
        return 130


def _refusal_of_the_database(error: BaseException) -> Trouble | None:
    """What PostgreSQL could not do, for somebody who only sees the terminal; None where it is another fault.

    Django wraps the driver's errors in its own, with the driver's as their cause.
    """
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    undone = "What the command had not finished was undone; all else is as it was."
    if isinstance(cause, psycopg.errors.DiskFull):
        return Trouble(f"The disk is full. {undone}", "free some space and run the command again")
    if isinstance(cause, psycopg.OperationalError):
        first_line = str(cause).strip().partition("\n")[0]
        return Trouble(f"The database did not go along: {first_line}. {undone}", "./engawa doctor")
    return None
