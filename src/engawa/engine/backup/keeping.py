"""For how long backups are kept: what was destroyed in the house lives on in those that were made before."""

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engawa.engine.backup.sealed import MAGIC
from engawa.engine.home import Home
from engawa.engine.trouble import Trouble

_DAYS = 90
# Where backups of this house were made, one folder in each line; in the data folder.
_FOLDERS = "backups.folders"


def days_kept() -> int:
    """For how many days a backup may be kept（``ENGAWA_BACKUP_DAYS``, 90 unless said).

    Raises:
        Trouble: that is no number of days.
    """
    said = os.environ.get("ENGAWA_BACKUP_DAYS") or str(_DAYS)
    if not said.isdecimal() or int(said) == 0:
        raise Trouble(f"ENGAWA_BACKUP_DAYS is “{said}”; it is a number of days.", "unset ENGAWA_BACKUP_DAYS")
    return int(said)


@dataclass(frozen=True)
class Made:
    """A backup in a folder, and when it was made."""

    file: Path
    at: dt.datetime

    def overdue(self, now: dt.datetime) -> bool:
        """Whether it should have been removed by now."""
        return now - self.at > dt.timedelta(days=days_kept())


def made_in(folder: Path) -> list[Made]:
    """The backups in a folder, the oldest first. What is no backup, or cannot be read, is left out."""
    return sorted(_made(folder), key=lambda made: made.at)


def _made(folder: Path) -> Iterator[Made]:
    for file in folder.iterdir() if folder.is_dir() else ():
        try:
            with file.open("rb") as content:
                if content.read(len(MAGIC)) == MAGIC:
                    yield Made(file, _moment(file, content.readline(1000)))
        except OSError:
            continue


def _moment(file: Path, recipe: bytes) -> dt.datetime:
    """When the backup says that it was made; one of a version that did not say so, when it was written last."""
    try:
        return dt.datetime.fromisoformat(json.loads(recipe)["made_at"])
    except (ValueError, TypeError, KeyError):
        return dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)


def remember_folder(home: Home, folder: Path) -> None:
    """Let ``doctor`` look here, too."""
    known = home.path / _FOLDERS
    before = known.read_text().splitlines() if known.exists() else []
    if str(folder) not in before:
        known.write_text("\n".join([*before, str(folder), ""]))
        known.chmod(0o600)


def folders_of(home: Home) -> list[Path]:
    """The folders in which backups of this house were made."""
    known = home.path / _FOLDERS
    return [Path(line) for line in known.read_text().splitlines()] if known.exists() else []


def overdue(folders: Iterable[Path], now: dt.datetime) -> list[Made]:
    """The backups that should have been removed by now."""
    return [made for folder in folders for made in made_in(folder) if made.overdue(now)]
