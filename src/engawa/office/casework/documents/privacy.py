"""What is kept of documents（書類）: when one is erased, that there was one stays, and nothing of what it said."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.documents.models import Document, DocumentKind, DocumentVersion

DOCUMENT = Keeping(
    Document,
    personal={"title": "", "dated_on": None, "note": "", "sealed_key": b""},
    plain=frozenset({"id", "case", "kind", "member", "key_id", "added_at", "shredded_at"}),
    kept="ケースとともに。鍵を壊した時点で、すべての版が読めなくなる",
)
VERSION = Keeping(
    DocumentVersion,
    personal={"name": "", "reason": "", "content": b"", "preview": b""},
    plain=frozenset({"id", "document", "case", "number", "media_type", "size", "pages", "cleaned", "added_at", "by"}),
    kept="書類とともに",
)
DOCUMENTS = [DOCUMENT, VERSION]
KIND = Keeping(
    DocumentKind,
    {},
    frozenset({"code", "label", "source", "position", "starts_on", "ends_on"}),
    "選択肢として残す",
)
