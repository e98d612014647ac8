"""An approved disclosure as files: a paper（PDF/UA by Typst）, and its data with a page for the screen."""

import datetime as dt
import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from engawa.kernel import wareki
from engawa.kernel.clock import JAPAN
from engawa.kernel.japanese import written_in_japanese
from engawa.kernel.typesetting import typeset
from engawa.office.casework.retention.models import Disclosure

_TEMPLATE = Path(__file__).parents[1] / "templates" / "casework" / "retention" / "disclosed.typ"


@written_in_japanese
def as_pdf(disclosure: Disclosure) -> bytes:
    """A sheet for staff, who read everything once more before it leaves the house, then the paper itself."""
    said = disclosure.content
    return typeset(
        _TEMPLATE,
        said
        | {
            "asker": disclosure.asker,
            "fixed_on": wareki.write_date(dt.date.fromisoformat(said["fixed_on"])),
            "prepared": _said(disclosure.prepared_by.name, disclosure.handed_in_at),
            "approved": _said(disclosure.approved_by.name if disclosure.approved_by else "", disclosure.approved_at),
            "withheld": _withheld(said),
        },
    )


@written_in_japanese
def as_archive(disclosure: Disclosure) -> bytes:
    """The same as data (JSON) and as a page that needs nothing from anywhere."""
    said = disclosure.content | {"asker": disclosure.asker, "withheld": _withheld(disclosure.content)}
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("disclosure.json", json.dumps(said, ensure_ascii=False, indent=1))
        packed.writestr("disclosure.html", render_to_string("casework/retention/disclosed.html", said))
    return stream.getvalue()


def _withheld(said: dict[str, Any]) -> int:
    return sum(one["withheld"] for one in said["records"])


def _said(name: str, at: dt.datetime | None) -> str:
    if at is None:
        return name
    local = timezone.localtime(at, JAPAN)
    return f"{name}　{wareki.write_date(local.date())} {local:%H:%M}"
