"""What a reason means, in the words of whoever runs the system, and what to do about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_MEANINGS: tuple[tuple[str, str | Promise], ...] = (
    ("CannotOpen: key", _("この封を開ける鍵が事務所にありません。鍵を戻してから、もう一度試してください。")),
    (
        "CannotOpen",
        _(
            "封がこわれているか、別の封筒の中身です。もう一度試しても開きません。システム担当に知らせ、対応済みにしてください。"
        ),
    ),
    ("UnknownKind", _("事務所より新しい版の便りです。事務所を新しくしてから、もう一度試してください。")),
    (
        "Malformed",
        _("便りの形がこわれています。もう一度試しても読めません。システム担当に知らせ、対応済みにしてください。"),
    ),
    ("Misplaced", _("別の席のことを書いた便りです。受け取らないのが正しい便りです。そのまま対応済みにしてください。")),
    (
        "Unreadable: nobody",
        _("この種類の便りを受け取る機能が動いていません。機能を動かしてから、もう一度試してください。"),
    ),
    ("the database refused", _("データベースが何度も断りました。空き容量を確かめて、もう一度試してください。")),
    (
        "the office knows no key",
        _("席の鍵が事務所に届いていません。席の便りを先に受け取ってから、もう一度試してください。"),
    ),
)


def meaning_of(reason: str) -> str:
    """A sentence for the reason of a letter that was set aside."""
    known = next((meaning for start, meaning in _MEANINGS if reason.startswith(start)), None)
    return str(known or _("受け取る途中で失敗しました。直したあとで、もう一度試してください。"))
