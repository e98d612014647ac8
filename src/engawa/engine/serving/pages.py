"""The pages of one zone: WSGI under granian.

``python -m engawa.engine.serving.pages ZONE HOST PORT``
"""

import os
import sys
from importlib import import_module

import django
from django.core.management import call_command
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from engawa.engine.serving.leash import hold_the_leash

_THREADS = 4  # per worker; each has a database connection of its own


def main(zone: str, host: str, port: str) -> None:
    hold_the_leash()
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)  # before the application looks for its files
    import_module(f"engawa.engine.wsgi_{zone}")  # what is wrong is said once, not by each worker
    Server(
        f"engawa.engine.wsgi_{zone}:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=max(1, min(os.cpu_count() or 1, 8)),
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        log_access=False,  # nobody's address is written down
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
