"""What hangs on the noticeboard（掲示）tells about desks and places, and about nobody who comes there."""

from engawa.kernel.privacy import Keeping
from engawa.porch.noticeboard.models import DeskNotice, Expectation, OfficeKey, ResourceNotice

_KEPT = "掲示をやめるまで"

DESK = Keeping(DeskNotice, personal={}, plain=frozenset({"id", "position", "letter"}), kept=_KEPT)
RESOURCE = Keeping(ResourceNotice, personal={}, plain=frozenset({"id", "position", "letter"}), kept=_KEPT)
EXPECTATION = Keeping(Expectation, personal={}, plain=frozenset({"desk_id", "letter"}), kept=_KEPT)
OFFICE_KEY = Keeping(
    OfficeKey, personal={}, plain=frozenset({"id", "public_key", "published_at"}), kept="公開鍵として残す"
)
