"""The certificate of a destruction（廃棄証明書）as PDF/UA by Typst, with the fonts that come with the product."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from engawa.kernel import wareki
from engawa.kernel.clock import JAPAN
from engawa.kernel.japanese import written_in_japanese
from engawa.kernel.typesetting import typeset
from engawa.office.access.models import Staff
from engawa.office.casework.retention.models import Destruction, DestructionItem

_TEMPLATE = Path(__file__).parents[1] / "templates" / "casework" / "retention" / "certificate.typ"
_METHOD = (
    "記録の本文・氏名・連絡先・検索用の文字列を、過去の版を含めて上書きして消去し、封じて保管していたものは鍵を破棄した。"
    "件数などの集計に使う、個人を識別しない値は残した。監査記録は、番号と識別子だけを残した。"
    "消去より前に取ったバックアップには、処分するまで同じ記録が残る。バックアップを置くのは%(days)s日までと定めている。"
    "それより前にそこから復元するときは、データベースの外に控えた一覧により、使い始める前に再び消去する。"
)


@written_in_japanese
def certificate(destruction: Destruction, items: list[DestructionItem]) -> bytes:
    """Who destroyed what, when and how: references, counts, method and both names; nothing of what was written."""
    content = {
        "organisation": destruction.organisation.name,
        "reference": str(destruction.pk),
        "made": _said(destruction.made_by, destruction.made_at),
        "approved": _said(destruction.approved_by, destruction.approved_at),
        "again": _said(None, destruction.again_at) if destruction.again_at else "",
        "method": _METHOD % {"days": settings.BACKUP_DAYS},
        "rows": sum(item.rows for item in items),
        "items": [_line(item) for item in items],
    }
    return typeset(_TEMPLATE, content)


def _said(who: Staff | None, at: Any) -> str:
    name = who.name if who else ""
    if at is None:
        return name
    local = timezone.localtime(at, JAPAN)
    return f"{name}　{wareki.write_date(local.date())} {local:%H:%M}".strip()


def _line(item: DestructionItem) -> dict[str, str]:
    return {
        "number": item.number,
        "class": item.record_class.label,
        "closed": wareki.write_date(item.closed_on),
        "due": wareki.write_date(item.due_on),
        "outcome": item.get_outcome_display(),
        "rows": f"{item.rows:,}",
    }
