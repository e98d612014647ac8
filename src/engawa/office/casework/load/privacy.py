"""What is kept about loads: levels and days stay when the words go."""

from engawa.kernel.privacy import Keeping
from engawa.office.casework.load.models import Intensity, Level, Limit, Passing, Review, Weight

_KEPT = "ケースとともに"

INTENSITY = Keeping(
    Intensity, {"note": ""}, frozenset({"id", "case", "level", "effective_on", "by", "recorded_at"}), _KEPT
)
REVIEW = Keeping(
    Review, {"note": ""}, frozenset({"id", "case", "due_on", "set_by", "told_on", "done_on", "done_by"}), _KEPT
)
PASSING = Keeping(
    Passing, {"note": ""}, frozenset({"id", "case", "giver", "receiver", "plans", "steps", "by", "at"}), _KEPT
)
LEVEL = Keeping(
    Level,
    {},
    frozenset({"code", "label", "source", "position", "starts_on", "ends_on", "usual"}),
    "選択肢として残す",
)
WEIGHT = Keeping(Weight, {}, frozenset({"id", "level", "points", "starts_on", "source"}), "選択肢として残す")
LIMIT = Keeping(Limit, {}, frozenset({"id", "points", "starts_on", "source"}), "選択肢として残す")
