"""Housekeeping of access, once a day and safe at any time."""

from django.core.management import call_command

from engawa.office.access.actions import purge_drafts, seal_factors
from engawa.office.access.shared_memory import SharedMemory


def keep_house() -> int:
    """Forget drafts and kept posts that nobody came back to; sweep sessions and counted tries that are over.

    Returns:
        How many drafts and posts there were.
    """
    seal_factors()
    call_command("clearsessions")
    SharedMemory("", {}).forget_what_is_over()
    return purge_drafts()
