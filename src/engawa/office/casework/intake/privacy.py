"""What is kept of what imports brought: where it went, for as long as the case."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.intake.models import Brought

BROUGHT = Keeping(
    Brought,
    personal={"number": "", "said": {}},
    plain=frozenset({"id", "import_id", "case", "kind", "row_id"}),
    kept="ケースとともに",
)
