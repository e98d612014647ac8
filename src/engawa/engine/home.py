"""The data folder (``ENGAWA_HOME``): where everything that must survive is kept, and nothing else."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


@dataclass(frozen=True)
class Home:
    """One data folder. ``path`` is private to its owner (mode 0700)."""

    path: Path

    @classmethod
    def chosen(cls, given: str | None = None) -> "Home":
        """The folder given, else ``ENGAWA_HOME``, else the user's data directory."""
        name = given or os.environ.get("ENGAWA_HOME")
        return cls(Path(name).expanduser().absolute() if name else user_data_path("engawa"))

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def cluster(self) -> Path:
        return self.path / "postgres"

    def make(self) -> None:
        """Create the folder and its parts where they are missing; never widen what exists."""
        for folder in (self.path, self.keys, self.run):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def secret(self, name: str) -> str:
        """A random secret of 256 bits, made at first use and kept in ``keys/`` (mode 0600)."""
        file = self.keys / f"{name}.secret"
        if not file.exists():
            self.make()
            draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(32))
            try:
                os.link(draft, file)
            except FileExistsError:
                pass  # another process was first: its secret stands
            finally:
                draft.unlink()
        return file.read_text()
