"""Letters from visitors that concern talks. Each handler runs in the courier's transaction."""

from collections.abc import Sequence

from engawa.office.access.actors import COURIER
from engawa.office.talks.actions import arrivals
from engawa.post.letters import SeatLeft, SeatOpened, TalkOpened, VisitorTyping, WordSaid


def seats_opened(letters: Sequence[SeatOpened]) -> None:
    """Seats have been opened on the porch."""
    for letter in letters:
        arrivals.receive_seat(by=COURIER, letter=letter)


def talks_opened(letters: Sequence[TalkOpened]) -> None:
    """Visitors have begun talks."""
    for letter in letters:
        arrivals.receive_talk(by=COURIER, letter=letter)


def words_said(letters: Sequence[WordSaid]) -> None:
    """Visitors have said something."""
    arrivals.receive_words(by=COURIER, letters=letters)


def visitors_typing(letters: Sequence[VisitorTyping]) -> None:
    """Visitors are writing."""
    for letter in letters:
        arrivals.receive_typing(by=COURIER, letter=letter)


def seats_left(letters: Sequence[SeatLeft]) -> None:
    """Visitors have left their seats for good."""
    for letter in letters:
        arrivals.receive_leaving(by=COURIER, letter=letter)
