"""The live process of one zone: ``engawa.engine.live`` under uvicorn.

``python -m engawa.engine.serving.listening HOST PORT``
"""

import resource
import sys
from contextlib import suppress

import django
import uvicorn
from django.db import connections

from engawa.engine.live import Live
from engawa.engine.serving.leash import hold_the_leash

_OPEN_FILES = 65_536  # each open page is one


def raise_open_files() -> None:
    """As many open connections as the system lets us have."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in (_OPEN_FILES, hard):
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, max(wanted, hard)))
            return


def main(host: str, port: str) -> None:
    hold_the_leash()
    raise_open_files()
    django.setup()
    parameters = connections["default"].get_connection_params()
    database = {key: value for key, value in parameters.items() if key not in ("cursor_factory", "context")}
    uvicorn.run(
        Live(database),
        host=host,
        port=int(port),
        backlog=4096,
        access_log=False,  # nobody's address is written down
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
        ws="none",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
