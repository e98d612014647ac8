"""What the desk does by the clock."""

from procrastinate.contrib.django import app

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.desk.actions import appointments


@app.periodic(cron="37 3 * * *")
@app.task(name="desk.forget_appointments", queueing_lock="desk.forget_appointments")
def forget_appointments(timestamp: int) -> int:  # noqa: ARG001 -- periodic tasks are given their moment
    """Every night: take out what settled appointments said about people, once their time is over."""
    with acting_as(KEEPER):
        return appointments.forget_settled(by=KEEPER)
