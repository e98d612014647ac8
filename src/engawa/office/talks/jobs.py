"""What talks do by the clock."""

from procrastinate.contrib.django import app

from engawa.office.access.actors import KEEPER
from engawa.office.access.walls import acting_as
from engawa.office.talks.actions import desks


@app.periodic(cron="* * * * *")
@app.task(name="talks.publish_expectations", queueing_lock="talks.publish_expectations")
def publish_expectations(timestamp: int) -> int:  # noqa: ARG001 -- periodic tasks are given their moment
    """Every minute: tell the porch what visitors may expect of each desk."""
    with acting_as(KEEPER):
        return desks.publish_expectations(by=KEEPER)


@app.periodic(cron="17 3 * * *")
@app.task(name="talks.forget_unsent", queueing_lock="talks.forget_unsent")
def forget_unsent(timestamp: int) -> int:  # noqa: ARG001 -- as above
    """Every night: drop drafts that were never sent."""
    with acting_as(KEEPER):
        return desks.forget_unsent(by=KEEPER)


@app.periodic(cron="27 3 * * *")
@app.task(name="talks.forget_words", queueing_lock="talks.forget_words")
def forget_words(timestamp: int) -> int:  # noqa: ARG001 -- as above
    """Every night: take out words whose years are over."""
    with acting_as(KEEPER):
        return desks.forget_words(by=KEEPER)
