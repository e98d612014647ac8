"""What is done by the clock: drafts that nobody came back to are forgotten, sessions that ended are swept."""

from django.core.management import call_command
from procrastinate.contrib.django import app

from engawa.office.access.actions import purge_drafts


@app.periodic(cron="40 3 * * *")
@app.task(pass_context=False)
def sweep(timestamp: int) -> None:
    """Every night."""
    del timestamp
    purge_drafts()
    call_command("clearsessions")
