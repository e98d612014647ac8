"""Letters from visitors that concern talks. Each handler runs in the courier's transaction."""

from engawa.office.access.actors import COURIER
from engawa.office.talks.actions import arrivals
from engawa.post.letters import SeatLeft, SeatOpened, TalkOpened, VisitorTyping, WordSaid


def seat_opened(letter: SeatOpened) -> None:
    """A seat has been opened on the porch."""
    arrivals.receive_seat(by=COURIER, letter=letter)


def talk_opened(letter: TalkOpened) -> None:
    """A visitor has begun a talk."""
    arrivals.receive_talk(by=COURIER, letter=letter)


def word_said(letter: WordSaid) -> None:
    """A visitor has said something."""
    arrivals.receive_word(by=COURIER, letter=letter)


def visitor_typing(letter: VisitorTyping) -> None:
    """A visitor is writing."""
    arrivals.receive_typing(by=COURIER, letter=letter)


def seat_left(letter: SeatLeft) -> None:
    """A visitor has left their seat for good."""
    arrivals.receive_leaving(by=COURIER, letter=letter)
