"""``engawa restore``: make an empty data folder what it was when a backup was made."""

import os
from argparse import Namespace
from pathlib import Path

from engawa.engine.backup.restoring import restore_backup
from engawa.engine.backup.sealed import Secret
from engawa.engine.command.terminal import ask_secret, bytes_progress, say
from engawa.engine.databases import OFFICE, PORCH
from engawa.engine.home import Home
from engawa.engine.trouble import Trouble


def run(args: Namespace, home: Home) -> int:
    for zone in (OFFICE, PORCH):
        if os.environ.get(zone.variable):
            raise Trouble(
                f"{zone.variable} is set; restore only fills the embedded PostgreSQL of a new data folder.",
                f"env -u {zone.variable} ./engawa restore {args.file} --home NEW_FOLDER",
            )
    secret = Secret.key_file(Path(args.key_file)) if args.key_file else Secret.passphrase(ask_secret("Passphrase"))
    with bytes_progress("putting back the databases") as count:
        about = restore_backup(Path(args.file).absolute(), secret, home, count)
    say(f"{home.path} is as it was at {about.get('made_at')}.")
    return 0
