"""``engawa backup``: everything that must survive, in one encrypted file."""

from argparse import Namespace
from pathlib import Path

from engawa.engine.backup.keeping import days_kept, overdue, remember_folder
from engawa.engine.backup.making import make_backup
from engawa.engine.backup.sealed import Secret
from engawa.engine.command.terminal import ask_secret, bytes_progress, say
from engawa.engine.home import Home
from engawa.engine.opening import open_cluster, refuse_an_unmade_home
from engawa.engine.trouble import Trouble
from engawa.kernel.clock import now
from engawa.office.casework.retention.outside import NAME, bring_together

_SHORTEST = 12


def run(args: Namespace, home: Home) -> int:
    refuse_an_unmade_home(home)
    file = Path(args.file).absolute()
    secret = Secret.key_file(Path(args.key_file)) if args.key_file else new_passphrase()
    with open_cluster(home) as cluster, bytes_progress("taking the databases") as count:
        make_backup(home, cluster, file, secret, count)
    say(f"{file}: {file.stat().st_size / 1_000_000:.1f} MB, complete and read back.")
    bring_together(file.parent / NAME, home.keys / NAME)
    say(f"{file.parent / NAME}: what was destroyed in this house, by numbers alone; restoring asks for it.")
    remember_folder(home, file.parent)
    for made in overdue([file.parent], now()):
        say(f"{made.file} is of {made.at:%Y-%m-%d}, older than {days_kept()} days: remove it.")
    return 0


def new_passphrase() -> Secret:
    """A passphrase, typed twice.

    Raises:
        Trouble: too short, or not the same twice.
    """
    words = ask_secret("Passphrase of the backup (at least 12 characters; without it nobody can open the file)")
    if len(words) < _SHORTEST:
        raise Trouble("A passphrase needs at least 12 characters. Nothing was written.")
    if ask_secret("Once more") != words:
        raise Trouble("The two passphrases are not the same. Nothing was written.")
    return Secret.passphrase(words)
