"""``python -m engawa.engine``: what ``./engawa`` runs."""

import sys

from engawa.engine.command.main import main

if __name__ == "__main__":
    sys.exit(main())
