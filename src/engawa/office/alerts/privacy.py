"""What alerts keep: names and numbers, never what was said."""

from engawa.kernel.privacy import Keeping
from engawa.office.alerts.models import Alert

ALERT = Keeping(
    Alert,
    personal={"title": ""},
    plain=frozenset({"id", "staff", "kind", "path", "number", "made_at", "read_at"}),
    kept="読んでから90日",
)
