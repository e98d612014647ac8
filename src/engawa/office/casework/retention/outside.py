"""The list of what was destroyed, outside of the databases（廃棄の控え）: a restored older backup does not know it.

One line of JSON for each destruction, with ids and days and nothing about a person, in the folder of the keys: it is
copied wherever they are. Plain files and values: a house that is not open yet reads it, too.
"""

import datetime as dt
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

NAME = "destroyed.list"


@dataclass(frozen=True)
class Gone:
    """One class of record of one case that was erased."""

    case: UUID
    record_class: str
    closed_on: dt.date
    due_on: dt.date


@dataclass(frozen=True)
class Noted:
    """A destruction as the list has it: its reference, who decided it and when, and what it erased."""

    destruction: UUID
    organisation: UUID
    made_by: UUID | None
    made_at: dt.datetime
    approved_by: UUID
    approved_at: dt.datetime
    items: tuple[Gone, ...]


def note(keys: Path, noted: Noted) -> None:
    """Write one destruction down, and come back only when the disk has it."""
    _append(keys / NAME, [json.dumps(asdict(noted), default=str)])


def noted_in(file: Path) -> list[Noted]:
    """What the list holds, in the order in which it was destroyed; nothing where there is no list.

    Raises:
        ValueError: it is no such list, or is damaged.
    """
    try:
        found = [_read(json.loads(line)) for line in _lines(file)]
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{file} is no list of destructions, or is damaged") from error
    return sorted(found, key=lambda one: one.approved_at)


def bring_together(into: Path, other: Path) -> None:
    """Add to one copy of the list what another one knows beyond it; an empty list is made where there is none.

    Raises:
        ValueError: the other file is no such list, or is damaged.
    """
    noted_in(other)
    known = set(_lines(into))
    _append(into, [line for line in _lines(other) if line not in known])


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text().splitlines() if line] if file.exists() else []


def _append(file: Path, lines: Iterable[str]) -> None:
    """All or nothing: half a line would make the list unreadable."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as out:
        end = out.seek(0, os.SEEK_END)
        try:
            out.write("".join(f"{line}\n" for line in lines).encode())
            out.flush()
            os.fsync(out.fileno())
        except OSError:
            os.ftruncate(out.fileno(), end)
            raise


def _read(said: dict[str, Any]) -> Noted:
    made_by = UUID(said["made_by"]) if said["made_by"] else None
    made_at, approved_at = (dt.datetime.fromisoformat(said[name]) for name in ("made_at", "approved_at"))
    destruction, organisation, by = (UUID(said[name]) for name in ("destruction", "organisation", "approved_by"))
    items = tuple(_read_item(one) for one in said["items"])
    return Noted(destruction, organisation, made_by, made_at, by, approved_at, items)


def _read_item(said: dict[str, str]) -> Gone:
    closed_on, due_on = (dt.date.fromisoformat(said[name]) for name in ("closed_on", "due_on"))
    return Gone(UUID(said["case"]), said["record_class"], closed_on, due_on)
