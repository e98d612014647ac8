"""Reminding of reviews, once a day and safe at any time."""

from engawa.office.casework.load.actions import tell_of_reviews


def keep_house() -> int:
    """Tell leads of reviews that have come due; how many there were."""
    return tell_of_reviews()
