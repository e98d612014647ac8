"""The certificate of a destruction（廃棄証明書）as PDF/UA by Typst, with the fonts that come with the product."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from engawa.kernel import wareki
from engawa.kernel.clock import JAPAN
from engawa.kernel.japanese import written_in_japanese
from engawa.kernel.typesetting import typeset
from engawa.office.casework.retention.models import Destruction, DestructionItem

_TEMPLATE = Path(__file__).parents[1] / "templates" / "casework" / "retention" / "certificate.typ"
METHOD = (
    "記録の本文・氏名・連絡先・検索用の文字列を、過去の版を含めて上書きして消去し、封じて保管していたものは鍵を破棄した。"
    "件数などの集計に使う、個人を識別しない値は残した。監査記録は、番号と識別子だけを残した。"
    "消去より前に取ったバックアップは、この証明に含まない。"
)


@written_in_japanese
def certificate(destruction: Destruction, items: list[DestructionItem]) -> bytes:
    """Who destroyed what, when and how: references, counts, method and both names; nothing of what was written."""
    content = {
        "organisation": destruction.organisation.name,
        "reference": str(destruction.pk),
        "made": _said(destruction.made_by.name, destruction.made_at),
        "approved": _said(destruction.approved_by.name if destruction.approved_by else "", destruction.approved_at),
        "method": METHOD,
        "rows": sum(item.rows for item in items),
        "items": [_line(item) for item in items],
    }
    return typeset(_TEMPLATE, content)


def _said(name: str, at: Any) -> str:
    if at is None:
        return name
    local = timezone.localtime(at, JAPAN)
    return f"{name}　{wareki.write_date(local.date())} {local:%H:%M}"


def _line(item: DestructionItem) -> dict[str, str]:
    return {
        "number": item.number,
        "class": item.record_class.label,
        "closed": wareki.write_date(item.closed_on),
        "due": wareki.write_date(item.due_on),
        "outcome": item.get_outcome_display(),
        "rows": f"{item.rows:,}",
    }
