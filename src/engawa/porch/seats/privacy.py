"""What is kept about seats（席）: keys and days, never who sits there."""

from engawa.kernel.privacy import Keeping
from engawa.porch.seats.models import Attempt, Seat

SEAT = Keeping(
    Seat,
    personal={},
    plain=frozenset({"id", "public_key", "locked_key", "opened_on", "last_here_on"}),
    kept="最後に来た日から、席で約束した期間。席を消したときは、すぐに消える",
)
ATTEMPT = Keeping(Attempt, personal={}, plain=frozenset({"tag", "day", "count"}), kept="その日のあいだ")
