"""The data folder (``ENGAWA_HOME``): where everything that must survive is kept, and nothing else."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from engawa.engine.trouble import Trouble

# A Unix socket's name has at most 107 bytes; PostgreSQL calls its own ".s.PGSQL.5432".
_SOCKET_NAME_BYTES = 107
_SOCKET_NAME = ".s.PGSQL.5432"


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
        """The folder of the embedded PostgreSQL."""
        return self.path / "postgres"

    @property
    def socket(self) -> Path:
        """The folder of PostgreSQL's socket: in the home, or a short private one if the name is too long."""
        inside = self.path / "socket"
        if len(os.fsencode(inside / _SOCKET_NAME)) <= _SOCKET_NAME_BYTES:
            return inside
        digest = hashlib.blake2b(os.fsencode(self.path), digest_size=6).hexdigest()
        return Path("/tmp") / f"engawa-{os.geteuid()}-{digest}"  # noqa: S108 (made 0700, and refused if another's)

    @property
    def demo(self) -> bool:
        """Whether this home holds the demo city, and no real people."""
        return (self.path / "demo").exists()

    @property
    def inhabited(self) -> bool:
        """Whether a house is kept here; of one whose databases are elsewhere, the keys that open its letters."""
        return self.cluster.exists() or any(self.keys.glob("*.key"))

    def make(self) -> None:
        """Create the folder and its parts where they are missing; never widen what exists.

        Raises:
            Trouble: the place cannot hold a folder of ours.
        """
        try:
            for folder in (self.path, self.keys, self.run):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Trouble(
                f"The data folder {self.path} cannot be made: {error.strerror}. Nothing was changed.",
                "name a folder of yours: --home FOLDER",
            ) from error

    def former_secrets(self, name: str) -> list[str]:
        """Secrets in use before the present one: the lines of ``keys/NAME.former``, the newest first."""
        file = self.keys / f"{name}.former"
        return file.read_text().split() if file.exists() else []

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
