"""The office's worker: runs queued and scheduled jobs.

``python -m engawa.engine.serving.worker``
"""

import django
from django.core.management import call_command

from engawa.engine.serving.leash import hold_the_leash

if __name__ == "__main__":
    hold_the_leash()
    django.setup()
    call_command("procrastinate", "worker")
