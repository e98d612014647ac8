"""How deeds are called in the log that auditors read; each package registers its own in ``apps.ready()``."""

import uuid
from collections.abc import Mapping

from django.utils.functional import Promise

_words: dict[str, str | Promise] = {}


def register(words: Mapping[str, str | Promise]) -> None:
    """Give deeds their words."""
    _words.update(words)


def word_for(deed: str) -> str:
    """The deed in words; as it is where nobody registered any."""
    return str(_words.get(deed, deed))


def reference(subject: str) -> str:
    """The subject as people can say and compare it: of a long id its last eight signs, everything else as it is."""
    try:
        uuid.UUID(subject)
    except ValueError:
        return subject
    end = subject[-8:].upper()
    return f"{end[:4]}-{end[4:]}"


def known_deeds() -> list[tuple[str, str]]:
    """Every deed that has words, for a list to choose from."""
    return sorted((deed, str(word)) for deed, word in _words.items())
