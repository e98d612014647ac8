"""What casework does by the clock, part by part: the queue looks for jobs in each package's own module only."""

from engawa.office.casework.plans.jobs import remind
from engawa.office.casework.referrals.jobs import ask_after
from engawa.office.casework.timeline.jobs import tell_of_untaken

__all__ = ["ask_after", "remind", "tell_of_untaken"]
