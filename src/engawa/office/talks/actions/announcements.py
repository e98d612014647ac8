"""What each change of a talk tells: counsellors' open pages, and the visitor's seat by letter."""

import uuid

from engawa.kernel import clock, kana
from engawa.kernel.ids import uuid7
from engawa.kernel.live import announce_all
from engawa.office.access.models import Staff
from engawa.office.letterbox.actions import write_letter
from engawa.office.talks.models import Message, Talk
from engawa.post.letters import CounsellorTyping, Letter, TalkClosed, TalkTaken, WordAnswered

# What a visitor sees of a counsellor who chose no name for talks.
NAMELESS = "相談員"


def tell(talk: Talk, event: str, ref: object = "") -> None:
    """Announce ``event`` to the talk's readers, and that the inbox of its desk has changed."""
    announce_all(news_of(talk, event, ref))


def news_of(talk: Talk, event: str, ref: object = "") -> list[tuple[str, str, str]]:
    """What ``tell`` announces, for whoever has several things to tell at once."""
    return [(f"talk:{talk.pk}", event, str(ref)), (f"desk:{talk.organisation_id}", "inbox", str(talk.pk))]


def persona_of(staff: Staff | None) -> str:
    """The name under which a counsellor speaks to visitors."""
    return (staff.persona if staff else "") or NAMELESS


def add_message(
    talk: Talk,
    direction: str,
    words: str,
    *,
    by: Staff | None = None,
    message_id: uuid.UUID | None = None,
    **columns: object,
) -> Message:
    """Write down something said in the talk."""
    message = new_message(talk, direction, words, by=by, message_id=message_id, **columns)
    message.save(force_insert=True)
    return message


def new_message(
    talk: Talk,
    direction: str,
    words: str,
    *,
    by: Staff | None = None,
    message_id: uuid.UUID | None = None,
    **columns: object,
) -> Message:
    """Something said in the talk, with its search form, not yet written down."""
    key = kana.search_key(f"{talk.handle} {words}")
    return Message(
        id=message_id or uuid7(),
        talk=talk,
        direction=direction,
        body=words,
        by=by,
        folded=key,
        pieces=sorted({*key, *kana.pieces(key)}),  # single characters too: 川 alone must be found
        **{"said_at": clock.now(), **columns},
    )


def send_words(talk: Talk, message: Message, *, automatic: bool = False) -> None:
    """Let the words leave for the visitor's seat, in the same transaction."""
    _send(
        talk,
        WordAnswered(
            talk_id=talk.pk,
            message_id=message.pk,
            words=message.body,
            persona=message.persona,
            said_at=message.said_at,
            automatic=automatic,
        ),
    )


def send_taken(talk: Talk, staff: Staff) -> None:
    """Tell the visitor that somebody is reading."""
    _send(talk, TalkTaken(talk_id=talk.pk, persona=persona_of(staff), at=clock.now()))


def send_typing(talk: Talk, staff: Staff) -> None:
    """Tell the visitor, if they are looking, that somebody is writing."""
    _send(talk, CounsellorTyping(talk_id=talk.pk, persona=persona_of(staff)))


def send_closed(talk: Talk) -> None:
    """Tell the visitor that the talk is closed and that a word opens it again."""
    _send(talk, TalkClosed(talk_id=talk.pk, at=clock.now()))


def _send(talk: Talk, letter: Letter) -> None:
    if talk.seat_id and talk.seat and talk.seat.left_at is None:
        write_letter(letter, seat_id=talk.seat_id)
