"""Housekeeping of access, once a day and safe at any time."""

from django.core.management import call_command

from engawa.office.access.actions import purge_drafts


def keep_house() -> int:
    """Forget drafts and kept posts that nobody came back to (how many they were), and sweep sessions that ended."""
    call_command("clearsessions")
    return purge_drafts()
