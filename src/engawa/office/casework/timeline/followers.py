"""Who wants to hear of a new contact: parts above the timeline register themselves in ``apps.ready()``."""

from collections.abc import Callable

from engawa.office.casework.timeline.models import Contact

Follower = Callable[[Contact], None]

_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Have ``follower`` called for each contact that is recorded, in the same transaction."""
    _followers.append(follower)


def tell_followers(contact: Contact) -> None:
    """Let everybody who follows hear of the contact."""
    for follower in _followers:
        follower(contact)
