"""What is kept about visitors（訪れた人）: their words, what they said of themselves, and nothing that names them.

Figures about waiting and answering stay when the words go.
"""

from engawa.kernel.privacy import Keeping
from engawa.office.talks.models import Message, Presence, ReplyDraft, Seat, Talk, Template

_KEPT = "最後のことばの年度のあと5年。ケースにつながったやりとりは、そのケースと同じ"

SEAT = Keeping(Seat, {"public_key": b""}, frozenset({"id", "opened_at", "left_at"}), _KEPT)
TALK = Keeping(
    Talk,
    # The visitor's page offers a choice for most of these; the letter carries words, and no figure needs them later.
    personal={"handle": "", "area": "", "age_band": "", "topic": "", "route": ""},
    plain=frozenset({"id", "kind", "seat", "desk", "organisation", "case_id", "requester"})
    | {"terms_version", "language", "answer_needed", "opened_at", "last_word_at", "waiting_since", "unread_since"}
    | {"answer_counts_from", "told_closed_until", "first_answer_at", "claimed_by", "claimed_at", "closed_at", "worry"},
    kept=_KEPT,
)
MESSAGE = Keeping(
    Message,
    personal={"body": "", "folded": "", "pieces": []},
    plain=frozenset({"id", "talk", "direction", "said_at", "by", "persona", "seen_at"}),
    kept=_KEPT,
)
DRAFT = Keeping(ReplyDraft, {"words": ""}, frozenset({"id", "talk", "staff", "saved_at"}), "最後に書いてから30日")
PRESENCE = Keeping(Presence, {}, frozenset({"id", "staff", "organisation", "seen_at"}), "1日")
TEMPLATE = Keeping(Template, {}, frozenset({"id", "desk", "title", "body", "position"}), "消すまで。人のことは書かない")
