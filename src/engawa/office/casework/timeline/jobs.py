"""What the timeline does by the clock."""

from procrastinate.contrib.django import app

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.casework.timeline.actions import tell_untaken


@app.periodic(cron="* * * * *")
@app.task(name="casework.tell_untaken", queueing_lock="casework.tell_untaken")
def tell_of_untaken(timestamp: int) -> int:  # noqa: ARG001 -- periodic tasks are given their moment
    """Every minute: an urgent contact that nobody has taken is told to more people (X-07)."""
    with acting_as(KEEPER):
        return tell_untaken()
