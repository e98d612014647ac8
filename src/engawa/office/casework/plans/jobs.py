"""What plans do by the clock: remind workers, and nothing else."""

from procrastinate.contrib.django import app

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.plans.actions.staying import remind_workers


@app.periodic(cron="40 22 * * *")
@app.task(name="casework.remind_workers", queueing_lock="casework.remind_workers")
def remind(timestamp: int) -> int:  # noqa: ARG001 -- periodic tasks are given their moment
    """Every morning at 7:40 in Japan: remind of quiet contacts and reviews."""
    with acting_as(KEEPER):
        return remind_workers()
