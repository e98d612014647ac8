"""What referrals do by the clock: remind of answers that are still to come, and nothing else."""

from procrastinate.contrib.django import app

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.referrals.actions import ask_after_referrals


@app.periodic(cron="45 22 * * *")
@app.task(name="casework.ask_after_referrals", queueing_lock="casework.ask_after_referrals")
def ask_after(timestamp: int) -> int:  # noqa: ARG001 -- periodic tasks are given their moment
    """Every morning at 7:45 in Japan: remind of answers that were to be looked after by now."""
    with acting_as(KEEPER):
        return ask_after_referrals()
