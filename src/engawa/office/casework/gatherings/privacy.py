"""What is kept about gatherings（家族教室・家族会）and who takes part. Figures stay when the words go."""

from engawa.kernel.privacy import Keeping, filled
from engawa.office.casework.gatherings.models import Attendance, Attendee, Gathering, Sitting

_OF_THE_HOUSE = "機関の事業の記録として残す"
GATHERING = Keeping(
    Gathering,
    {},
    frozenset({"id", "organisation", "kind", "name", "place", "leader", "about", "ended_on"}),
    _OF_THE_HOUSE,
)
SITTING = Keeping(Sitting, {}, frozenset({"id", "gathering", "on", "minutes", "theme", "nameless"}), _OF_THE_HOUSE)
ATTENDEE = Keeping(
    Attendee,
    personal={"called": filled("called")},
    plain=frozenset({"id", "gathering", "case", "member", "since", "until"}),
    kept="ケースとともに",
)
ATTENDANCE = Keeping(Attendance, {}, frozenset({"id", "sitting", "attendee", "present"}), "ケースとともに")
